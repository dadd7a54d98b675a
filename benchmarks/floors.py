"""Knows what is measured and which values must be reached, and refuses that they are lowered silently."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import compute_fingerprint

FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold set: ``path`` below the data folder, and the fingerprint it was pinned with."""

    title: str
    path: str
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: at least ``floor`` (checked) or at most ``limit`` (a time or size, only printed)."""

    part: str
    title: str
    gold: str = ""
    unit: str = ""
    floor: float | None = None
    limit: float | None = None
    aim: float | None = None
    note: str = ""

    def is_met(self, value: float) -> bool:
        """Whether ``value`` reaches the floor and keeps the limit; without either, always."""
        above = self.floor is None or value >= self.floor
        return above and (self.limit is None or value <= self.limit)


@dataclass(frozen=True, slots=True)
class Floors:
    """The content of ``floors.toml``; ``retired`` names measures that were given up, with the reason."""

    gold: Mapping[str, GoldSet]
    measures: Mapping[str, Measure]
    retired: Mapping[str, str]


def parse_floors(toml: str) -> Floors:
    """The floors that a TOML text pins. Raises TypeError for a key that is not known."""
    tables = tomllib.loads(toml)
    return Floors(
        gold={name: GoldSet(**table) for name, table in tables["gold"].items()},
        measures={name: Measure(**table) for name, table in tables["measures"].items()},
        retired=tables.get("retired", {}),
    )


def load_floors() -> Floors:
    """The pinned floors of this checkout."""
    return parse_floors(FLOORS.read_text(encoding="utf-8"))


def list_refusals(before: Floors, after: Floors) -> list[str]:
    """What ``after`` lowers without a new note, one line for each."""
    refusals = []
    for name, old in before.gold.items():
        new_gold = after.gold.get(name)
        if new_gold and new_gold.sha256 != old.sha256 and new_gold.note in ("", old.note):
            refusals.append(f"gold set {name}: the fingerprint changed; say why in its note")
    for name, measure in before.measures.items():
        new = after.measures.get(name)
        if new is None and not after.retired.get(name):
            refusals.append(f"measure {name}: gone; say why in [retired]")
        elif new is not None and _is_lowered(measure, new) and new.note in ("", measure.note):
            refusals.append(f"measure {name}: its floor or limit was loosened; say why in its note")
    return refusals


def _is_lowered(old: Measure, new: Measure) -> bool:
    floor = old.floor is not None and (new.floor is None or new.floor < old.floor)
    limit = old.limit is not None and (new.limit is None or new.limit > old.limit)
    return floor or limit or old.gold != new.gold


def list_changed_gold(floors: Floors, data: Path, parts: set[str]) -> list[str]:
    """The gold sets of ``parts`` that are missing below ``data`` or are not the pinned ones, one line for each."""
    names = {m.gold for m in floors.measures.values() if m.gold and m.part in parts}
    lines = []
    for name in sorted(names):
        gold = floors.gold[name]
        path = data / gold.path
        if not path.exists():
            lines.append(f"gold set {gold.title}: {path} is not there")
        elif (found := compute_fingerprint(path)) != gold.sha256:
            lines.append(f"gold set {gold.title}: {path} has fingerprint {found}, pinned is {gold.sha256}")
    return lines


def list_missed(floors: Floors, values: Mapping[str, float], parts: set[str]) -> list[str]:
    """The floors of ``parts`` that ``values`` misses, one line for each. Limits of time and size are not checked."""
    return [
        f"{name}: {values[name]:.4f} is below its floor {measure.floor}" if name in values else f"{name}: not measured"
        for name, measure in floors.measures.items()
        if measure.part in parts and measure.floor is not None and values.get(name, -1.0) < measure.floor
    ]
