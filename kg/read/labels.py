"""The label sets of the reading model, shared by the reader and its training."""

from __future__ import annotations

from kg.model import Kind

# The types that the names head tells apart. "misc" is split further by the head for subtypes.
NAME_TYPES = ("person", "organisation", "place", "facility", "group", "product", "misc", "date", "money")
NAME_TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))
MISC_TYPES = ("event", "work", "other")

MENTION_TYPES = (
    *("person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract"),
)

UPOS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)

KIND_OF: dict[str, Kind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "facility": "place",
    "group": "group",
    "product": "product",
    "event": "event",
    "work": "work",
    "other": "other",
}
"""The entity kind of each name type or subtype; dates and money are no entities."""
