"""Shows results as a table of measure, gold set, floor, aim and value reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from benchmarks.floors import Floors, Measure

HEAD = ("Measure", "Set", "Must", "Aim", "Reached")
NOTHING = "–"


def read_values(results: Mapping[str, Any]) -> dict[str, float]:
    """The measured values by name of measure, of all parts that ``results`` holds."""
    return {name: value for part in results.values() for name, value in part["measures"].items()}


def list_rows(
    floors: Floors, results: Mapping[str, Any], *, parts: Collection[str] | None = None
) -> list[tuple[str, ...]]:
    """One row of cells for each measure (of ``parts``, or of all), in the order of the floors."""
    values = read_values(results)
    rows: list[tuple[str, ...]] = []
    for name, measure in floors.measures.items():
        if parts is None or measure.part in parts:
            gold = floors.gold[measure.gold].title if measure.gold else NOTHING
            aim = _show(measure, measure.aim) if measure.aim is not None else NOTHING
            rows.append((measure.title, gold, _show_bound(measure), aim, _show_reached(measure, values.get(name))))
    return rows


def format_text(rows: Sequence[Sequence[str]]) -> str:
    """The rows below a head, as aligned plain text."""
    table = [HEAD, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEAD))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def _show_bound(measure: Measure) -> str:
    if measure.floor is not None:
        return f"≥ {_show(measure, measure.floor)}"
    return f"≤ {_show(measure, measure.limit)}" if measure.limit is not None else NOTHING


def _show_reached(measure: Measure, value: float | None) -> str:
    if value is None:
        return "not measured"
    return _show(measure, value) + ("" if measure.is_met(value) else " (missed)")


def _show(measure: Measure, value: float) -> str:
    if measure.unit in {"words/s", "names"}:
        return f"{value:,.0f} {measure.unit}"
    return f"{value:.2f} {measure.unit}" if measure.unit else f"{value:.3f}"
