"""Asks the reader for what the scorers of events want: triggers with roles, head words, realis and chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.events import FoundEvent, list_found
from benchmarks.gold import Span
from kg.model import Article, Reading

Judge = Callable[[Token, bool], str]
"""The realis of the event that a word tells of; the second says whether the word stands in the content of a claim."""


class EventReader:
    """A pipeline, what makes a reading of its documents, and what judges realis; keeps the last text that it read."""

    def __init__(self, nlp: Language, make_reading: Callable[[Article, Doc], Reading], judge: Judge) -> None:
        self._nlp, self._make_reading, self._judge = nlp, make_reading, judge
        self._last: tuple[Doc, Reading] | None = None

    def _read(self, text: str) -> tuple[Doc, Reading]:
        if self._last is None or self._last[0].text != text:
            doc = self._nlp(text)
            self._last = (doc, self._make_reading(Article(id="gold", text=text), doc))
        return self._last

    def find(self, text: str) -> list[FoundEvent]:
        """The events of a text, each mention by itself."""
        return list_found(self._read(text)[1].events)

    def find_head(self, text: str) -> Callable[[Span], Span]:
        """Gives the head word of a span of a text, by the tree that the reader sees; of a span of no word the span."""
        doc = self._read(text)[0]

        def head(span: Span) -> Span:
            found = doc.char_span(*span, alignment_mode="expand")
            return (found.root.idx, found.root.idx + len(found.root)) if found else span

        return head

    def judge(self, sentence: str, trigger: Span) -> str:
        """The realis of the event whose trigger stands at a span, found or not; of several words the head counts."""
        doc, reading = self._read(sentence)
        found = doc.char_span(*trigger, alignment_mode="expand")
        if found is None:
            raise ValueError(f"{trigger} is no span of {sentence!r}; mend the table")
        word = found.root
        contents = [passage for claim in reading.claims for passage in claim.content]
        return self._judge(word, any(passage.start <= word.idx < passage.end for passage in contents))

    def chain(self, text: str, spans: Sequence[Span]) -> Iterable[Iterable[Span]]:
        """The given triggers of each event, whether or not the reader would have told them."""
        from kg.read.components import find_answers
        from kg.read.events import chain_words

        doc, reading = self._read(text)
        at = {token: number for number, token in enumerate(find_answers(doc, "events").words)}
        span_of: dict[int, Span] = {}
        for span in spans:
            found = doc.char_span(*span, alignment_mode="expand")
            if found is not None and found.root.i in at:
                span_of.setdefault(at[found.root.i], span)
        return [[span_of[word] for word in chain] for chain in chain_words(doc, span_of, reading.times)]
