"""First names that are nearly always a man's or a woman's: frequent ones of the catalogue, judged by hand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_first_names() -> dict[str, str]:
    """The pronoun ("he", "she") of whoever has a first name, by the letters of the name, small and without accents.

    Names that both men and women have are not in it.
    """
    lines = (files("kg") / "first_names.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
