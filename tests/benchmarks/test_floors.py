"""The pinned floors, and the rules that keep them from sinking."""

import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS, RESULTS, load_results
from benchmarks.floors import (
    FLOORS,
    Floors,
    GoldSet,
    Measure,
    list_changed_gold,
    list_missed,
    list_refusals,
    load_floors,
    parse_floors,
)
from benchmarks.gold import compute_fingerprint
from benchmarks.table import read_values

ROOT = Path(__file__).parent.parent.parent
# What was promised; floors.toml may ask for more, never for less.
PROMISED_FLOORS = {"names_tokens_f1": 0.82, "linking_precision": 0.80}
PROMISED_LIMITS = {
    "help_seconds": 0.3,
    "first_start_seconds": 60,
    "later_start_seconds": 2,
    "article_seconds": 1,
    "peak_gigabytes": 1.5,
    "catalogue_gigabytes": 2,
    "catalogue_query_milliseconds": 1,
}
MEASURE = Measure("names", "F1", gold="dev", floor=0.82)
BEFORE = Floors({"dev": GoldSet("Dev", "dev.tsv", "aa")}, {"f1": MEASURE, "s": Measure("speed", "s", limit=2.0)}, {})


def change(measure: str = "f1", **values: object) -> Floors:
    return replace(BEFORE, measures={**BEFORE.measures, measure: replace(BEFORE.measures[measure], **values)})


def test_floors_are_what_was_promised():
    measures = load_floors().measures
    assert [name for name, floor in PROMISED_FLOORS.items() if (measures[name].floor or 0) < floor] == []
    assert [name for name, limit in PROMISED_LIMITS.items() if (measures[name].limit or 1e9) > limit] == []


def test_every_measure_belongs_to_a_part_and_a_known_gold_set():
    floors = load_floors()
    assert {measure.part for measure in floors.measures.values()} == set(PARTS)
    without = {"claims_stance", "events_realis"}  # measured on sentences of our own, beside the tests
    assert {
        m.gold for name, m in floors.measures.items() if m.part not in ("speed", "catalogue") and name not in without
    } == set(floors.gold)


def test_kept_results_are_of_the_pinned_gold_sets_and_reach_their_floors():
    results, floors = load_results(RESULTS), load_floors()
    for part in results.values():
        assert part["gold"] == {name: floors.gold[name].sha256 for name in part["gold"]}
    assert set(read_values(results)) <= set(floors.measures)
    assert list_missed(floors, read_values(results), set(results)) == []


@pytest.mark.parametrize(
    ("after", "refusal"),
    [
        pytest.param(change(floor=0.81), "floor or limit was loosened", id="floor lowered"),
        pytest.param(change(floor=None), "floor or limit was loosened", id="floor dropped"),
        pytest.param(change(gold="other"), "floor or limit was loosened", id="measured on another set"),
        pytest.param(change("s", limit=3.0), "floor or limit was loosened", id="limit raised"),
        pytest.param(replace(BEFORE, gold={"dev": GoldSet("Dev", "dev.tsv", "bb")}), "fingerprint", id="other gold"),
        pytest.param(replace(BEFORE, measures={"f1": MEASURE}), "measure s: gone", id="measure gone"),
    ],
)
def test_loosening_without_a_note_is_refused(after, refusal):
    (line,) = list_refusals(BEFORE, after)
    assert refusal in line


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(BEFORE, id="nothing changed"),
        pytest.param(change(floor=0.9, aim=0.95), id="floor raised"),
        pytest.param(change(floor=0.8, note="dev lost a wrong label"), id="floor lowered with a note"),
        pytest.param(replace(BEFORE, gold={"dev": GoldSet("Dev", "d", "bb", "published anew")}), id="gold with a note"),
        pytest.param(replace(BEFORE, measures={"f1": MEASURE}, retired={"s": "was noise"}), id="retired with a reason"),
    ],
)
def test_other_changes_are_accepted(after):
    assert list_refusals(BEFORE, after) == []


def test_an_old_note_does_not_excuse_a_new_lowering():
    before = change(floor=0.8, note="dev lost a wrong label")
    assert list_refusals(before, change(floor=0.7, note="dev lost a wrong label")) != []


def test_no_committed_version_was_loosened_silently():
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""

    path = FLOORS.relative_to(ROOT).as_posix()
    commits = git("log", "--first-parent", "--reverse", "--format=%H", "--", path).split()
    if not commits:
        pytest.skip("no history here")
    texts = [text for commit in commits if (text := git("show", f"{commit}:{path}"))]
    versions = [parse_floors(text) for text in [*texts, FLOORS.read_text(encoding="utf-8")]]
    assert [line for old, new in pairwise(versions) for line in list_refusals(old, new)] == []


def test_changed_or_missing_gold_is_named(tmp_path):
    (tmp_path / "dev.tsv").write_text("Leeds\tB-Location\n")
    good = replace(BEFORE, gold={"dev": GoldSet("Dev", "dev.tsv", compute_fingerprint(tmp_path / "dev.tsv"))})
    assert list_changed_gold(good, tmp_path, {"names"}) == []
    assert "has fingerprint" in list_changed_gold(BEFORE, tmp_path, {"names"})[0]
    assert "is not there" in list_changed_gold(BEFORE, tmp_path / "no", {"names"})[0]
    assert list_changed_gold(BEFORE, tmp_path / "no", {"speed"}) == []


def test_only_floors_of_the_measured_parts_are_checked_and_limits_never():
    assert list_missed(BEFORE, {"f1": 0.82, "s": 9.0}, {"names", "speed"}) == []
    assert list_missed(BEFORE, {"f1": 0.8199}, {"names"}) == ["f1: 0.8199 is below its floor 0.82"]
    assert list_missed(BEFORE, {}, {"names"}) == ["f1: not measured"]
    assert list_missed(BEFORE, {}, {"speed"}) == []


def test_an_unknown_key_is_refused():
    with pytest.raises(TypeError, match="flor"):
        parse_floors('[gold]\n[measures.f1]\npart = "names"\ntitle = "F1"\nflor = 0.9\n')
