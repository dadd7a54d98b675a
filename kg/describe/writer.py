"""Collects the quads of one named graph."""

from __future__ import annotations

from kg.describe.names import Names
from kg.describe.terms import GAF, NIF, RDF, format_integer, format_iri, format_literal
from kg.model import Passage


class Writer:
    """The growing graph of one article; ``names`` gives the IRIs, ``text`` is what passages must agree with."""

    def __init__(self, names: Names, text: str) -> None:
        self.names = names
        self._text = text
        self._triples: set[str] = set()
        self._article = names.article

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Adds one triple; ``term`` is an N-Quads term, the others are IRIs."""
        self._triples.add(f"<{subject}> <{predicate}> {term}")

    def add_link(self, subject: str, predicate: str, target: str) -> None:
        """Adds one triple between two IRIs."""
        self.add(subject, predicate, format_iri(target))

    def add_optional(self, subject: str, predicate: str, term: str | None) -> None:
        """Adds one triple unless there is nothing to say."""
        if term is not None:
            self.add(subject, predicate, term)

    def add_type(self, subject: str, *classes: str) -> None:
        """Says of which classes ``subject`` is."""
        for name in classes:
            self.add_link(subject, RDF + "type", name)

    def add_span(self, passage: Passage, *classes: str) -> str:
        """Adds the characters of a passage and gives their IRI; ValueError when the text has others there."""
        if not 0 <= passage.start < passage.end or self._text[passage.start : passage.end] != passage.text:
            raise ValueError(
                f"passage {passage.start}..{passage.end} {passage.text!r} is not what the article says there"
            )
        span = self.names.span(passage.start, passage.end)
        self.add_type(span, NIF + "OffsetBasedString", *classes)
        self.add_link(span, NIF + "referenceContext", self._article)
        self.add(span, NIF + "beginIndex", format_integer(passage.start))
        self.add(span, NIF + "endIndex", format_integer(passage.end))
        self.add(span, NIF + "anchorOf", format_literal(passage.text))
        return span

    def add_evidence(self, subject: str, *passages: Passage) -> None:
        """Says which characters ``subject`` was read from."""
        for passage in passages:
            self.add_link(subject, GAF + "denotedBy", self.add_span(passage))

    def finish(self) -> tuple[str, ...]:
        """The quads as sorted N-Quads lines."""
        return tuple(f"{triple} <{self._article}> ." for triple in sorted(self._triples))
