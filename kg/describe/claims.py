"""Writes claims: who says what, in the article's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.describe.terms import (
    KG,
    PROV,
    SCHEMA,
    Writer,
    fold_space,
    format_day,
    format_literal,
    format_score,
    value_iri,
)
from kg.model import Claim

if TYPE_CHECKING:
    from kg.describe.nodes import Nodes

LEAST = 0.4  # score of a claim that is written
_STRAIGHT, _OPENING, _SINGLE = '"\uff02', "“„‟«「『", "'‘’"
_MARK = re.compile(f"[{_STRAIGHT}{_OPENING}”»」』]")
_LONE_SINGLE = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")
_WORD = re.compile(r"\w+")
_POINTING = frozenset("which what who whom he she him her they them".split())
_LINE_START = re.compile(r"\n\s*\Z")
_BEFORE_MARK, _AFTER_MARK = "([{—–-‘'", " \t\r\n,.;:!?…"


def is_told(claim: Claim) -> bool:
    """Whether a claim is written: somebody says, thinks or feels it (there is a speaker or a source), in a word that
    does not only point elsewhere ("which"; "it" may be denied), and it is likely enough to be one."""
    if claim.kind == "attributed" or claim.score < LEAST:
        return False
    named = claim.speaker is not None or (claim.source is not None and fold_space(claim.source.text) != "")
    return named and any(word.lower() not in _POINTING for word in _WORD.findall(join_content(claim)))


def describe_claims(writer: Writer, claims: Iterable[Claim], nodes: Nodes) -> None:
    """Writes who says what, in the article's words; what is said never becomes a triple of its own.

    A claim of nobody (neither speaker nor source), or without a word, is left out; so is what is only attributed.
    """
    for claim in claims:
        node = nodes.find_claim(claim.id)
        if node is None:
            continue
        writer.add_type(node, SCHEMA + "Claim", *([SCHEMA + "Quotation"] if claim.quotation == "direct" else []))
        writer.add_link(node, KG + "quotationType", value_iri(claim.quotation))
        writer.add_link(node, KG + "claimKind", value_iri(claim.kind))
        writer.add_link(node, KG + "polarity", value_iri(claim.polarity))
        writer.add_link(node, KG + "certainty", value_iri(claim.certainty))
        writer.add_link(node, KG + "temporality", value_iri(claim.temporality))
        writer.add(node, KG + "confidence", format_score(claim.score))
        writer.add(node, SCHEMA + "text", format_literal(join_content(claim)))
        writer.add_optional(node, KG + "predicate", format_literal(claim.predicate) if claim.predicate else None)
        writer.add_optional(node, KG + "claimedOn", format_day(claim.claimed_on))
        writer.add_evidence(node, *filter(None, (claim.source, claim.cue, *claim.content)))
        _describe_source(writer, node, claim, nodes)
        for topic in claim.about:
            writer.add_link(node, SCHEMA + "about", nodes.find_topic(topic))


def _describe_source(writer: Writer, node: str, claim: Claim, nodes: Nodes) -> None:
    source = fold_space(claim.source.text) if claim.source is not None else ""
    writer.add_optional(node, KG + "sourceText", format_literal(source) if source else None)
    if claim.cue is not None:
        writer.add(node, KG + "cue", format_literal(fold_space(claim.cue.text)))
    for entity in filter(None, (claim.speaker, *claim.cospeakers)):
        speaker = nodes.find_entity(entity)
        writer.add_link(node, KG + "speaker", speaker)
        # Written beside what it follows from, because stores do not infer.
        writer.add_link(node, PROV + "wasAttributedTo", speaker)
    if claim.addressee is not None:
        writer.add_link(node, KG + "addressee", nodes.find_entity(claim.addressee))


def join_content(claim: Claim) -> str:
    """The words of a claim on one line, its parts joined by " … ", a direct quotation without its outer marks."""
    strip = strip_marks if claim.quotation == "direct" else fold_space
    return " … ".join(filter(None, (strip(passage.text) for passage in claim.content)))


def strip_marks(text: str) -> str:
    """A quotation, or a part of one, on one line, without its outer marks; quotations inside it keep theirs.

    A mark is an outer one when it stands at an end of ``text`` and has its partner at the other end, or none; or when
    it opens a further paragraph of a quotation that is not closed yet.
    """
    text = text.strip()
    end = len(text.rstrip(_AFTER_MARK))
    if text[:1] in _SINGLE and text[end - 1 : end] in _SINGLE and not _LONE_SINGLE.search(text, 1, end - 1):
        return fold_space(text[1 : end - 1] + text[end:])
    opened: list[int] = []
    outer: set[int] = set()
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at == 0 or (at != end - 1 and _is_opening(text, at)):
            if opened == [0] and _LINE_START.search(text, max(0, at - 100), at):
                outer.add(at)
            else:
                opened.append(at)
        else:
            partner = opened.pop() if opened else None
            if at == end - 1 and not partner:
                outer |= {at} if partner is None else {partner, at}
    if opened[:1] == [0]:
        outer.add(0)
    return fold_space("".join(character for at, character in enumerate(text) if at not in outer))


def _is_opening(text: str, at: int) -> bool:
    """Whether a mark opens: a curly one by its shape, a straight one by what stands around it."""
    if text[at] in _STRAIGHT:
        return not text[at + 1].isspace() and (text[at - 1].isspace() or text[at - 1] in _BEFORE_MARK)
    return text[at] in _OPENING
