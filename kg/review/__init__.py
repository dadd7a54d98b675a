"""Decisions about stored articles: persons' ones are recorded and kept, and failed ones are made again."""

from kg.review.matching import apply_reviews, find_reviewed, follow_review
from kg.review.record import (
    Decision,
    Item,
    find_decisions,
    forget_reviews,
    read_item_id,
    record_review,
    withdraw_review,
)
from kg.review.repair import Repair, load_reviews, relink, repair_article, save_reviews

__all__ = [
    "Decision",
    "Item",
    "Repair",
    "apply_reviews",
    "find_decisions",
    "find_reviewed",
    "follow_review",
    "forget_reviews",
    "load_reviews",
    "read_item_id",
    "record_review",
    "relink",
    "repair_article",
    "save_reviews",
    "withdraw_review",
]
