"""spaCy's English tokenizer, in linear time on text without spaces; and the tokens of a text that are looked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex
from spacy.vocab import Vocab

TEXT = "kg_text"  # key of doc.user_data
LONGEST = 120  # characters without a space that are looked at as one
RUN = re.compile(rf"\S{{{LONGEST + 1},}}")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'()<>\[\]]{1,2000}")

AFTER_ABBREVIATION = r"(?<=[A-Z]\.[A-Z]\.)-(?=[A-Za-z])"


def make_tokenizer(nlp: Language) -> LinearTokenizer:
    """The tokenizer of an English pipeline, in linear time; it parts "U.S.-led" as spaCy's own does "US-led"."""
    inner: Any = nlp.tokenizer  # spaCy's stub says any callable
    inner.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), AFTER_ABBREVIATION]).finditer
    return LinearTokenizer(inner, nlp.vocab)


def find_words(doc: Doc, is_wanted: Callable[[str], bool], *, attribute: str = "LOWER") -> list[Token]:
    """The tokens whose ``attribute`` (LOWER, ORTH or LEMMA) is wanted, in order; each string is asked for once."""
    numbers = doc.to_array(attribute).tolist() if len(doc) else []
    wanted = {number for number in set(numbers) if is_wanted(doc.vocab.strings[number])}
    return [doc[at] for at, number in enumerate(numbers) if number in wanted]


def text_of(doc: Doc) -> str:
    """``doc.text``, which spaCy makes anew from all tokens each time that it is asked for."""
    text: str = doc.user_data.get(TEXT) or doc.user_data.setdefault(TEXT, doc.text)
    return text


def slice_text(span: Span) -> str:
    """``span.text``, cut out of the text that is kept instead of joined from the tokens."""
    return text_of(span.doc)[span.start_char : span.end_char]


class LinearTokenizer:
    """Gives the tokens of ``tokenizer``, which takes quadratic time on "((((((((": it is shown at most LONGEST
    characters without a space at once. Web addresses stay whole."""

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self._tokenizer, self.vocab = tokenizer, vocab

    def __call__(self, text: str) -> Doc:
        cuts = [cut for run in RUN.finditer(text) for cut in _cut(text, run.start(), run.end())]
        if not cuts:
            return self._tokenizer(text)
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in pairwise([0, *cuts, len(text)]):
            for token in self._tokenizer(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)


def _cut(text: str, start: int, end: int) -> list[int]:
    """Where the characters from ``start`` to ``end`` are cut."""
    cuts = []
    while end - start > LONGEST:
        address = ADDRESS.match(text, start, end)
        start = address.end() if address else start + LONGEST
        if start < end:
            cuts.append(start)
    return cuts
