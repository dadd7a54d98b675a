"""What attributions teach: cues among the words, and the roles of the words around each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.read.attributions import find_head
from kg.read.candidates import Tagged, number_quotations
from kg.read.roles import CUE_TAGS, OFFSETS, ROLE_TAGS, lay_out, look_around
from training.attributions import Attributed, Attribution
from training.model import Roles, log_partition

BEGIN, INSIDE = CUE_TAGS.index("B"), CUE_TAGS.index("I")


@dataclass(slots=True)
class RoleLesson:
    """What a document teaches: ``cues`` [words] numbers in CUE_TAGS; of each attribution the cue's head word, and for
    the words around it (``rows`` [attributions, words], -1 beyond) their features and tags."""

    cues: np.ndarray
    predicates: np.ndarray
    rows: np.ndarray
    features: np.ndarray
    tags: np.ndarray

    @property
    def weight(self) -> int:
        """How much the lesson counts among others."""
        return len(self.cues)


def make_role_lesson(given: Attributed, text: Tagged) -> RoleLesson:
    """The lesson of a document, with ``text`` as the reader sees it: sentences and syntax are its own."""
    count = len(text.words)
    cues = np.zeros(count, np.int64)
    for attribution in given.attributions:
        start, end = attribution.cue
        if not cues[start:end].any():
            cues[start:end] = INSIDE
            cues[start] = BEGIN
    layout = lay_out(text, given.paragraphs, number_quotations(text))
    looks = []
    for attribution in given.attributions:
        start, end = attribution.cue
        head = find_head(text.heads, (start, end))
        first, features = look_around(layout, [head, *range(start, end)])
        looks.append((head, first, features, _tag(attribution, first, len(features))))
    width = max((len(features) for _, _, features, _ in looks), default=1)
    lesson = RoleLesson(
        cues,
        np.array([head for head, *_ in looks], np.int64),
        np.full((len(looks), width), -1, np.int64),
        np.zeros((len(looks), width, len(OFFSETS)), np.int16),
        np.zeros((len(looks), width), np.int64),
    )
    for row, (_, first, features, tags) in enumerate(looks):
        lesson.rows[row, : len(features)] = np.arange(first, first + len(features))
        lesson.features[row, : len(features)] = features
        lesson.tags[row, : len(features)] = tags
    return lesson


def _tag(attribution: Attribution, first: int, size: int) -> np.ndarray:
    tags = np.zeros(size, np.int64)
    roles = [("content", span) for span in attribution.content]
    if attribution.source:
        roles.append(("source", attribution.source))
    for role, (start, end) in roles:
        begin, stop = max(0, start - first), min(size, end - first)
        if begin < stop:
            tags[begin:stop] = ROLE_TAGS.index(f"I-{role}")
            tags[begin] = ROLE_TAGS.index(f"B-{role}")
    return tags


def roles_loss(head: Roles, vectors: Tensor, lesson: RoleLesson) -> dict[str, Tensor]:
    """The losses of a document whose words have ``vectors`` [words, width]: cues, and roles (a CRF, per word)."""
    cues = torch.from_numpy(lesson.cues).to(vectors.device)
    words = torch.ones(1, len(cues), dtype=torch.bool, device=vectors.device)
    losses = {"cues": crf_loss(head.cues(vectors)[None].float(), head.cue_transitions, cues[None], words) / len(cues)}
    if len(lesson.predicates):
        rows = torch.from_numpy(lesson.rows).to(vectors.device)
        words = rows >= 0
        inner = head.words(vectors)
        features = torch.from_numpy(lesson.features.astype(np.int64) + OFFSETS).to(vectors.device)
        predicates = torch.from_numpy(lesson.predicates).to(vectors.device)
        scores = head(inner, rows.clamp(min=0), predicates, features, words).float()
        losses["roles"] = crf_loss(scores, head.transitions, torch.from_numpy(lesson.tags).to(rows), words)
    return losses


def crf_loss(scores: Tensor, transitions: Tensor, tags: Tensor, words: Tensor) -> Tensor:
    """The mean over rows of the negative log likelihood of tag sequences: scores [rows, words, tags], tags and words
    (whether there is one) [rows, words]; each sequence begins at its row's first word."""
    free = log_partition(scores, transitions, words)
    own = (scores.gather(2, tags[:, :, None]).squeeze(2) * words).sum(dim=1)
    steps = transitions[tags[:, :-1], tags[:, 1:]] * words[:, 1:]
    return (free - own - steps.sum(dim=1)).mean()
