"""The spaCy components: one reads a ``Doc`` with the model, the others write what it found into the ``Doc``.

    nlp = spacy.blank("en")
    for name in ("kg_encoder", "kg_sentences", "kg_tagger", "kg_parser", "kg_lemmatizer", "kg_names", "kg_entities"):
        nlp.add_pipe(name)

Each can stand in a pipeline with other components: ``kg_entities``, for one, joins whatever ``doc.ents`` holds.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy import symbols
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.errors import ModelError
from kg.model import Kind, Passage
from kg.read.coreference import resolve
from kg.read.institutions import find_institutions
from kg.read.joining import Found, join_names
from kg.read.labels import KIND_OF, UPOS
from kg.read.layout import find_blocks, find_dateline_end
from kg.read.naming import find_names
from kg.read.network import START, Answers, Network, Pending
from kg.read.persons import give_compatriots
from kg.read.relatives import find_relatives
from kg.read.tokenizer import text_of

ANSWERS = "kg_answers"  # key of doc.user_data: a Read
ENTITIES = "kg_entities"
RELATIVES = "kg_relatives"  # key of doc.user_data: relative pronouns by the id of the entity that they stand for
_TAGS = tuple(symbols.IDS[tag] for tag in UPOS)
AHEAD = 20_000  # tokens that are read before they are asked for, so that long texts do not pile up
UNPUNCTUATED = -2.0  # bias of log odds against a sentence start after words that do not end like a sentence
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
CLOSING = frozenset(("'", '"', "”", "’", "''", ")", "]", "}"))
CAPITALISED = frozenset(("person", "organisation", "place", "facility"))  # types whose names end in a capital
PLURALS = frozenset("men women people children".split())  # without an "s"
NOBLE = frozenset("Duke Duchess Earl Countess Marquess Marchioness Viscount Prince Princess Archbishop Bishop".split())
KINDS: dict[str, Kind] = {
    **KIND_OF,
    "organisation": "organisation",
    "PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "NORP": "group", "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "product", "LANGUAGE": "other",
    "MISC": "other",
}  # fmt: skip
"""The entity kind of each label of ours and of the usual spaCy pipelines."""


class Read(NamedTuple):
    """What the model read of a ``Doc``: the numbers of the tokens that are words of the news, which of them start a
    paragraph, and one answer for each."""

    words: list[int]
    starts: list[bool]
    answers: Answers
    network: Network


class Chosen(NamedTuple):
    """What the model is to read of a ``Doc``: token numbers, their texts, and which of them start a paragraph."""

    words: list[int]
    texts: list[str]
    starts: list[bool]


class EncoderComponent:
    """Reads the words of a ``Doc`` with the shared model; skips template leftovers and repeated headlines."""

    def __init__(self, *, threads: int = 0, folder: str | None = None, network: Network | None = None) -> None:
        self.network = network or Network.load(Path(folder) if folder else None, threads=threads)

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Begins to read up to ``batch_size`` documents, or ``AHEAD`` tokens, before the first of them is asked for.

        So the model reads them while the components after this one work at those before.
        """
        waiting: deque[tuple[Doc, Chosen, Pending]] = deque()
        ahead = 0
        try:
            for doc in stream:
                given = choose_words(doc)
                waiting.append((doc, given, self.network.begin(given.texts, bias_sentences(given.texts, given.starts))))
                ahead += len(doc)
                while waiting and (len(waiting) >= batch_size or ahead > AHEAD):
                    ahead -= len(waiting[0][0])
                    yield self._finish(*waiting.popleft())
            while waiting:
                yield self._finish(*waiting.popleft())
        finally:
            for _, _, pending in waiting:
                pending.cancel()

    def _finish(self, doc: Doc, given: Chosen, pending: Pending) -> Doc:
        doc.user_data[ANSWERS] = Read(given.words, given.starts, pending.wait(), self.network)
        return doc


def bias_sentences(words: Sequence[str], starts: Sequence[bool]) -> list[float]:
    """What layout and punctuation say of each word's chance to start a sentence, in log odds.

    A paragraph's first word always does, and so does the first one after a dateline; a word after one that ends no
    sentence does only when the model is sure.
    """
    bias: list[float] = []
    ended, begun = True, -1
    for number, (word, fresh) in enumerate(zip(words, starts, strict=True)):
        if fresh:
            begun = find_dateline_end(words, number)
        bias.append(START if fresh or number == begun else 0.0 if ended else UNPUNCTUATED)
        if word not in CLOSING:
            ended = word[-1] in ".!?:;…"
    return bias


def choose_words(doc: Doc) -> Chosen:
    """The tokens of a ``Doc`` that are words of the news itself."""
    chosen = Chosen([], [], [])
    blocks = [block for block in find_blocks(text_of(doc)) if not block.skipped]
    at, fresh = 0, True
    for token in doc:
        while at < len(blocks) and token.idx >= blocks[at].end:
            at, fresh = at + 1, True
        if at < len(blocks) and token.idx >= blocks[at].start and not token.is_space:
            chosen.words.append(token.i)
            chosen.texts.append(token.text)
            chosen.starts.append(fresh)
            fresh = False
    return chosen


def find_answers(doc: Doc, name: str) -> Read:
    """What "kg_encoder" left in the ``Doc`` for the component ``name``. Raises ModelError when it did not run."""
    if ANSWERS not in doc.user_data:
        raise ModelError(
            f'the component "{name}" needs "kg_encoder" before it in the pipeline; add it with nlp.add_pipe'
        )
    found: Read = doc.user_data[ANSWERS]
    return found


def set_sentences(doc: Doc) -> Doc:
    """Sets sentence starts: where the model sees one, at every paragraph, and where something is skipped."""
    words, starts, answers, _ = find_answers(doc, "kg_sentences")
    flags = np.zeros(len(doc), bool)
    alone = True
    for word, fresh, odds in zip(words, starts, answers.sentences.tolist(), strict=True):
        if fresh or (odds > 0 and not alone):
            flags[word] = True
            alone = True
        alone = alone and not any(c.isalnum() for c in doc[word].text)  # a quotation mark alone is no sentence
    read = np.zeros(len(doc), bool)
    read[words] = True
    solid = np.flatnonzero(doc.to_array("IS_SPACE") == 0)
    before = np.concatenate(([True], read[solid]))[:-1]
    flags[solid[before & ~read[solid]]] = True  # the first word of what is skipped
    # All at once: spaCy looks at the whole text each time that one token's is_sent_start is set.
    marks = np.where(flags, 1, -1).reshape(-1, 1).astype(np.uint64)
    doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]  # the stub means thinc's arrays
    return doc


def set_tags(doc: Doc) -> Doc:
    """Sets ``token.pos_``: Universal Dependencies' parts of speech; white space is SPACE."""
    words, _, answers, _ = find_answers(doc, "kg_tagger")
    spaces = doc.to_array("IS_SPACE").astype(bool)
    tags = np.where(spaces, symbols.SPACE, doc.to_array("POS")).astype(np.uint64)
    tags[words] = np.array(_TAGS, np.uint64)[answers.upos]
    doc.from_array(["POS"], tags.reshape(-1, 1))  # type: ignore[arg-type]  # the stub means thinc's arrays
    return doc


def set_names(doc: Doc) -> Doc:
    """Sets ``doc.ents`` with our kinds as labels, and "facility", "date" and "money"."""
    words, starts, answers, network = find_answers(doc, "kg_names")
    spans = []
    for name in find_names([doc[w].text for w in words], starts, answers, network):
        start, end = name.start, name.end
        # A name does not cross a paragraph or the cells of a table; the longest part within one is kept.
        borders = [start, *(w for w in range(start + 1, end) if starts[w] or _is_apart(doc, words[w])), end]
        start, end = max(pairwise(borders), key=lambda part: part[1] - part[0])
        span = trim_name(doc[words[start] : words[end - 1] + 1], lower_ends=name.type in CAPITALISED)
        if span is not None and not is_label(span):
            holder = title_before(span) if name.type == "place" else 0
            spans.append(Span(doc, span.start - holder, span.end, label="person" if holder else name.type))
    doc.set_ents(filter_spans(spans))
    return doc


def _is_apart(doc: Doc, word: int) -> bool:
    """Whether a tab stands before a word."""
    return doc[word - 1].is_space and "\t" in doc[word - 1].text


def is_label(span: Span) -> bool:
    """Whether letters in double brackets say who speaks in an interview: "((AR)) When did you begin?"."""
    around = [token.text for token in span.doc[max(0, span.start - 2) : span.end + 2]]
    return around == ["(", "(", span.text, ")", ")"] and span.text.isupper()


def title_before(span: Span) -> int:
    """How many words of a title stand before a place: "Duchess of Cambridge" is a person, and no town is spoken of."""
    before = span.doc[max(0, span.start - 2) : span.start]
    return 2 if len(before) == 2 and before[0].text in NOBLE and before[1].text == "of" else 0


def _is_noun(token: Token, *, one: bool) -> bool:
    """Whether a word is in small letters and no part of a compound ("Min-ho"); only in the plural, unless ``one``."""
    alone = not token.i or token.doc[token.i - 1].is_space or bool(token.doc[token.i - 1].whitespace_)
    plural = token.text.endswith("s") or token.text in PLURALS
    return alone and token.is_alpha and token.is_lower and (one or plural)


def trim_name(span: Span, *, lower_ends: bool) -> Span | None:
    """The span without punctuation and possessive endings at its edges; None when no letter or digit is left.

    With ``lower_ends`` also without nouns in small letters that are in the plural ("Coast Guard units" is the Coast
    Guard) or behind "a": "a Leeds hospital".
    """
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (doc[start].is_space or doc[start].text in _EDGE_START):
        start += 1
    one = start > 0 and doc[start - 1].lower_ in ("a", "an")
    named = any(not token.is_lower for token in doc[start:end] if token.is_alpha)
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].text in _EDGE_END
        or (named and lower_ends and _is_noun(doc[end - 1], one=one))
    ):
        end -= 1
    if not any(c.isalnum() for c in doc[start:end].text):
        return None
    return doc[start:end]


_EDGE_START = frozenset(("'", '"', "“", "”", "‘", "’", ",", ".", ":", ";", "-", "–", "—", ")", "]"))
_EDGE_END = frozenset(("'", '"', "“", "”", "‘", "’", ",", ":", ";", "-", "–", "—", "(", "[", "'s", "’s"))


def _is_day(name: Span) -> bool:
    """Whether a name is that of a day of the week alone ("CNN Saturday night"), and no person's."""
    return name.text in WEEKDAYS and KINDS[name.label_] != "person"


def set_entities(doc: Doc) -> Doc:
    """Joins ``doc.ents`` into entities: ``doc.user_data["kg_entities"]``, a tuple of ``kg.model.Entity``."""
    names = [Found(_passage(ent), KINDS[ent.label_]) for ent in doc.ents if ent.label_ in KINDS and not _is_day(ent)]
    institutions = [Found(_passage(span), "organisation", "nominal") for span in find_institutions(doc)]
    doc.user_data[ENTITIES] = join_names(sorted([*names, *institutions], key=lambda f: f.passage.start), text_of(doc))
    return doc


def set_coreference(doc: Doc) -> Doc:
    """Adds nominals and pronouns to the entities in ``doc.user_data["kg_entities"]``, and the things without a name."""
    words, starts, answers, network = find_answers(doc, "kg_coreference")
    entities = give_compatriots(doc, doc.user_data[ENTITIES])
    doc.user_data[ENTITIES] = resolve(doc, words, starts, network, answers, entities)
    doc.user_data[RELATIVES] = find_relatives(doc, doc.user_data[ENTITIES])
    return doc


def _passage(span: Span) -> Passage:
    """The passage of a span, without invisible characters at its ends."""
    start, end, text = span.start_char, span.end_char, span.text
    while text and unicodedata.category(text[0]) == "Cf":
        start, text = start + 1, text[1:]
    while text and (
        unicodedata.category(text[-1]) == "Cf" or (len(text) == 2 and text[0].isupper() and text[1] == ".")
    ):
        end, text = end - 1, text[:-1]  # "X." ends a sentence: no name is an initial alone
    return Passage(start, end, text)


@Language.factory("kg_encoder", default_config={"threads": 0, "folder": None})
def make_encoder(nlp: Language, name: str, threads: int, folder: str | None) -> EncoderComponent:
    """The component that reads with the model; ``folder`` holds another model than the shipped one."""
    return EncoderComponent(threads=threads, folder=folder)


Language.component("kg_sentences", func=set_sentences, assigns=["token.is_sent_start"])
Language.component("kg_tagger", func=set_tags, assigns=["token.pos"])
Language.component("kg_names", func=set_names, assigns=["doc.ents"])
Language.component("kg_entities", func=set_entities, requires=["doc.ents"])
Language.component("kg_coreference", func=set_coreference, requires=["doc.ents"])
