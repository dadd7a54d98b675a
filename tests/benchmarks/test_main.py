"""The command ``python -m benchmarks`` with a measuring function that gives fixed numbers."""

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.floors import Floors, GoldSet, Measure
from benchmarks.gold import compute_fingerprint


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    (tmp_path / "dev.tsv").write_text("Leeds\tB-Location\n")
    gold = GoldSet("Dev", "dev.tsv", compute_fingerprint(tmp_path / "dev.tsv"))
    measures = {
        "f1": Measure("names", "Names", gold="dev", floor=0.8),
        "precision": Measure("linking", "Links", gold="dev", floor=0.8),
        "start": Measure("speed", "Start", unit="s", limit=2.0),
    }
    monkeypatch.setattr(command, "load_floors", lambda: Floors({"dev": gold}, measures, {}))
    return tmp_path


def measure(part: str, data: Path, floors: Floors, *, tell=None) -> dict[str, object]:
    if tell:
        tell(f"{part} missed: Leeds")
    values = {"names": {"f1": 0.9}, "linking": {"precision": 0.7}, "speed": {"start": 9.0}}
    return {"date": "2026-01-02", "measures": values.get(part, {})}


def run(data: Path, *arguments: str) -> int:
    return command.main([*arguments, "--data", str(data)], measure=measure)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["names", "--check"], 0, id="floor reached"),
        pytest.param(["linking"], 0, id="floor missed but not checked"),
        pytest.param(["linking", "--check"], 1, id="floor missed"),
        pytest.param(["speed", "--check"], 0, id="time never decides"),
        pytest.param(["--check"], 1, id="all"),
    ],
)
def test_check_fails_only_when_a_floor_is_missed(data, arguments, code):
    assert run(data, *arguments) == code


def test_missed_floor_is_named(data, capsys):
    run(data, "all", "--check")
    shown = capsys.readouterr()
    assert "precision: 0.7000 is below its floor 0.8" in shown.err
    assert "0.700 (missed)" in shown.out


def test_mistakes_are_told_on_request(data, capsys):
    run(data, "names", "--mistakes")
    assert capsys.readouterr().out.startswith("names missed: Leeds\nMeasure")
    run(data, "names")
    assert "Leeds" not in capsys.readouterr().out


def test_changed_gold_stops_the_run(data, capsys):
    (data / "dev.tsv").write_text("Leeds\tO\n")
    assert run(data, "names") == 2
    assert "has fingerprint" in capsys.readouterr().err


def test_parts_not_measured_now_stay_in_the_results(data):
    file = data / "results.json"
    run(data, "names", "--json", str(file))
    run(data, "speed", "--json", str(file))
    assert {part: kept["measures"] for part, kept in json.loads(file.read_text()).items()} == {
        "names": {"f1": 0.9},
        "speed": {"start": 9.0},
    }


def test_unknown_part_is_a_usage_error(data, capsys):
    with pytest.raises(SystemExit, match="2"):
        run(data, "sped")
    assert (
        "unknown part sped; known are syntax, names, coreference, linking, claims, events, times, relations, speed, "
        "catalogue and all" in capsys.readouterr().err
    )


def test_readme_gets_the_kept_numbers(data):
    file, readme = data / "results.json", data / "README.md"
    readme.write_text("<!-- numbers -->\n<!-- /numbers -->\n")
    run(data, "names", "--json", str(file))
    assert command.main(["--write-readme", "--json", str(file)], measure=measure, readme=readme) == 0
    assert "| Names | Dev | ≥ 0.800 | – | 0.900 |\n" in readme.read_text()
