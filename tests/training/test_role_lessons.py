"""What the lessons of roles leave open, and what they rule out."""

import numpy as np
import pytest

from kg.read.pairs import ARGUMENTS

pytest.importorskip("torch", reason="only the training extra has it")
from training.role_lessons import rule_out_roles


def roles(*names):
    return np.array([[name in names for name in ARGUMENTS]])


@pytest.mark.parametrize(
    ("allowed", "kept"),
    [
        (("none", "recipient", "time"), ["none"]),
        (("none", "agent", "recipient"), ["none", "agent"]),
        (("recipient",), ["recipient"]),
    ],
    ids=["left open", "left open, but possible", "annotated"],
)
def test_what_is_left_open_and_cannot_be_is_ruled_out(allowed, kept):
    [row] = rule_out_roles(roles(*allowed), roles("none", "agent", "patient", "place"))
    assert [name for name, told in zip(ARGUMENTS, row, strict=True) if told] == kept
