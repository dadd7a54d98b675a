"""The spaCy component "kg_lemmatizer": the dictionary form of each word, from its form and part of speech."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

TABLE = "lemmas.tsv"
WHOLE = "^"  # begins an ending that is a whole word
OPEN = frozenset(("NOUN", "VERB", "ADJ", "ADV"))
AS_WRITTEN = frozenset(("PROPN", "X", "NUM", "SYM", "PUNCT", "SPACE", ""))
IRREGULAR: dict[str, dict[str, str]] = {
    "AUX": {
        **dict.fromkeys("am is are was were been being 's 're 'm s m re r ai".split(), "be"),
        **dict.fromkeys("has had having 've ve".split(), "have"),
        **dict.fromkeys("does did done doing".split(), "do"),
        **dict.fromkeys("wo 'll ll".split(), "will"),
        **{"ca": "can", "'d": "would", "d": "would", "sha": "shall", "got": "get", "gets": "get", "getting": "get"},
    },
    "PART": {"n't": "not", "nt": "not", "'": "'s", "s": "'s", "na": "to"},
    "DET": {"an": "a", "these": "this", "those": "that"},
    "PRON": {
        **{"i": "I", "me": "I", "us": "we", "'s": "us", "him": "he", "them": "they", "'em": "they"},
        **{"these": "this", "those": "that"},
    },
    "ADP": {"'s": "as"},
    "VERB": {"'s": "be", "'re": "be", "'m": "be", "'ve": "have", "'d": "have"},
    "ADJ": {"other": "other", "more": "more", "most": "most", "less": "less", "least": "least"},
    "ADV": {"more": "more", "most": "most", "less": "less", "least": "least", "n't": "not"},
    "NOUN": {},
}  # fmt: skip
"""What no ending tells, by part of speech, as Universal Dependencies has it in English."""


def set_lemmas(doc: Doc) -> Doc:
    """Sets ``token.lemma_`` from ``token.pos_``; a token without a part of speech keeps its text."""
    keys = doc.to_array(["ORTH", "POS"])
    found: dict[tuple[int, int], int] = {}
    lemmas = np.empty(len(doc), np.uint64)
    for number, key in enumerate(zip(keys[:, 0].tolist(), keys[:, 1].tolist(), strict=True)):
        if key not in found:
            token = doc[number]
            found[key] = doc.vocab.strings.add(find_lemma(token.text, token.pos_))
        lemmas[number] = found[key]
    if len(doc):
        doc.from_array(["LEMMA"], lemmas.reshape(-1, 1))  # type: ignore[arg-type]  # the stub means thinc's arrays
    return doc


@lru_cache(maxsize=100_000)
def find_lemma(word: str, tag: str) -> str:
    """The lemma of a word with a part of speech of Universal Dependencies.

    Names, numbers and signs stay as they are written; all else is in small letters.
    """
    if tag in AS_WRITTEN:
        return word
    small = word.lower().replace("’", "'")
    if (known := IRREGULAR.get(tag, {}).get(small)) is not None:
        return known
    if tag not in OPEN or not small[-1:].isalpha() or any(map(str.isdigit, small)):
        return small
    return _change_ending(small, _load_table().get(tag, {}))


def _change_ending(word: str, endings: dict[str, tuple[int, str]]) -> str:
    whole = WHOLE + word
    for start in range(max(0, len(whole) - 24), len(whole)):
        if (change := endings.get(whole[start:])) is not None:
            cut, added = change
            return (word[: len(word) - cut] + added) if cut < len(word) or added else word
    return word


@cache
def _load_table() -> dict[str, dict[str, tuple[int, str]]]:
    """The changes of endings by part of speech."""
    table: dict[str, dict[str, tuple[int, str]]] = {}
    for line in (files("kg.read") / TABLE).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            tag, ending, cut, added = line.split("\t")
            table.setdefault(tag, {})[ending] = (int(cut), added)
    return table


Language.component("kg_lemmatizer", func=set_lemmas, assigns=["token.lemma"], requires=["token.pos"])
