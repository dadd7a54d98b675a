"""Explaining a decision from the command line."""

import json
import re

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import CatalogueError
from kg.link import Linker
from kg.model import Candidate

LEEDS = (
    Candidate("Q39121", "Leeds", "city in England", "place", ("Q515",), popularity=0.7, matched="label"),
    Candidate("Q1128631", "Leeds United", "football club", "organisation", popularity=0.6, matched="short"),
)


class Catalogue:
    failing = False

    def find(self, name, *, limit=30, similar=False):
        if self.failing:
            raise CatalogueError("no answer")
        return LEEDS if name == "Leeds" else ()

    def get(self, qid):
        return None


@pytest.fixture
def catalogue():
    return Catalogue()


@pytest.fixture
def run(tmp_path, monkeypatch, fake_parts, catalogue):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("kg.link.open_catalogue", lambda config, progress=None: catalogue)
    monkeypatch.setattr("kg.link.Linker", Linker)
    return lambda *arguments, stdin=None: CliRunner().invoke(main, ["candidates", *arguments], input=stdin)


def test_features_weights_sums_and_the_outside_option_are_shown(run):
    result = run("Leeds", "--context", "Jo Roe lives in Leeds.", "--limit", "1")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert re.match(r"place Leeds: \w+.* score \d\.\d\d, linked from \d\.\d\d on$", lines[0])
    assert re.split(r"  +", lines[2])[:3] == ["item", "label", "description"]
    assert [line.split()[0] for line in lines[3:6]] == ["Q39121", "Q1128631", "none"]
    assert lines[7] == "Q39121  Leeds"
    assert lines[8].split() == ["feature", "value", "weight", "adds"]
    adds = [float(line.split()[-1]) for line in lines[9:-1]]
    assert lines[-1].split()[0] == "sum"
    assert float(lines[-1].split()[1]) == pytest.approx(sum(adds), abs=0.02)


def test_json_has_all_candidates_with_all_features(run):
    told = json.loads(run("Leeds", "--context", "Jo Roe lives in Leeds.", "--format", "json").stdout)
    assert (told["name"], told["kind"]) == ("Leeds", "place")
    assert [candidate["qid"] for candidate in told["candidates"]] == ["Q39121", "Q1128631"]
    assert told["none_of_these"]["sum"] == 0.0
    scores = [candidate["score"] for candidate in told["candidates"]]
    assert sum(scores) + told["none_of_these"]["score"] == pytest.approx(1, abs=1e-3)
    for candidate in told["candidates"]:
        assert candidate["sum"] == pytest.approx(sum(f["adds"] for f in candidate["features"]), abs=0.01)


def test_the_context_may_come_from_standard_input_and_the_name_may_be_all_there_is(run):
    assert run("Leeds", "--context", "-", stdin="Jo Roe lives in Leeds.").exit_code == 0
    assert run("Leeds").stdout.startswith("place Leeds: ")


def test_a_name_that_the_reader_does_not_see_is_explained_all_the_same(run):
    assert run("Atlantis").stdout.startswith("other Atlantis: absent, score 1.00")
    assert run("Leeds", "--kind", "organisation").stdout.startswith("organisation Leeds: ")


def test_a_catalogue_that_does_not_answer_is_said(run, catalogue):
    catalogue.failing = True
    result = run("Leeds")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "place Leeds: unavailable, as no catalogue answered",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Leeds", "--context", "Nothing is here."], "does not mention 'Leeds'"),
        ([" "], "is empty; give a name"),
        (["Leeds", "--kind", "town"], "--kind"),
        (["Leeds", "--published", "soon"], "is no date"),
        ([], "Missing argument 'NAME'"),
    ],
)
def test_what_cannot_be_explained_is_one_line(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert message in line
