"""Finds institutions that are named by their country alone: "the Iraqi parliament", "US military", "Kenya's Senate"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

# What a state has one of, as a rule. Each is the end of the expression; one or two words.
INSTITUTIONS = frozenset(
    """
    parliament government military army navy police cabinet senate congress treasury judiciary legislature
    air_force armed_forces coast_guard border_guard national_guard supreme_court constitutional_court high_court
    national_assembly central_bank electoral_commission football_association space_agency
    foreign_ministry defence_ministry defense_ministry interior_ministry health_ministry finance_ministry
    justice_ministry
    oil_ministry education_ministry energy_ministry transport_ministry agriculture_ministry environment_ministry
    emergencies_ministry trade_ministry culture_ministry
    """.split()
)
NATIONS = frozenset({"group", "place", "NORP", "GPE"})


def find_institutions(doc: Doc) -> Iterator[Span]:
    """The spans of ``doc`` that are a nationality or place among ``doc.ents`` and an institution right after it.

    Each begins where the nationality begins: "Iraqi parliament". Written with capitals throughout, such a name is a
    name as any other, and found as one.
    """
    for ent in doc.ents:
        if ent.label_ not in NATIONS:
            continue
        start = ent.end
        if start < len(doc) and doc[start].lower_ in ("'s", "’s"):
            start += 1
        for end in (start + 2, start + 1):
            words = [doc[i] for i in range(start, min(end, len(doc)))]
            if len(words) < end - start or words[0].sent_start == 1 or any(w.ent_type_ or w.is_title for w in words):
                continue
            if "_".join(w.lower_ for w in words) in INSTITUTIONS and not _goes_on(doc, end):
                yield doc[ent.start : end]
                break


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether the noun is only the first part of another one: "government officials", "police chief"."""
    return end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN") and not doc[end].is_sent_start
