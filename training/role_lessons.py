"""Gives the lessons of events what only the model's answers tell: kinds of names, and the types of open triggers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import NAME_TAGS
from kg.read.network import Answers
from kg.read.pairs import KINDS
from kg.read.role_features import add_role_features, find_possible_roles
from kg.read.roles import lay_out
from training.happenings import Eventful
from training.pairs import EventLesson

DATES = [number for number, tag in enumerate(NAME_TAGS) if tag.endswith("-date")]


def complete_lesson(lesson: EventLesson, given: Eventful, text: Tagged, answers: Answers) -> EventLesson:
    """The lesson with the features that the reader's head for roles looks at.

    A trigger whose type no corpus tells gets the likeliest type, as it would when it is read.
    """
    kinds = lesson.triggers.kinds.copy()
    likeliest = answers.triggers[lesson.triggers.heads, 1:].argmax(axis=1) + 1 + len(KINDS)
    kinds = np.where(kinds == len(KINDS), likeliest, kinds)
    triggers = replace(lesson.triggers, kinds=kinds)
    layout = lay_out(text, given.paragraphs, number_quotations(text))
    pairs = add_role_features(layout, answers.names.argmax(axis=1), triggers, lesson.phrases, lesson.pairs)
    pairs.features[:, 0] = kinds[pairs.left]
    are_times = np.isin(answers.names.argmax(axis=1), DATES)[lesson.phrases.heads[pairs.right]]
    roles = rule_out_roles(lesson.roles, find_possible_roles(kinds[pairs.left], are_times))
    return replace(lesson, triggers=triggers, pairs=pairs, roles=roles)


def rule_out_roles(allowed: NDArray[np.bool_], possible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What pairs may be [pairs, ARGUMENTS], without what a corpus only leaves open and cannot be; what it says to be,
    stays."""
    kept: NDArray[np.bool_] = np.where(allowed[:, :1], allowed & possible, allowed)
    return kept
