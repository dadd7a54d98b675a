"""The index of the shipped catalogue: made once, whole or not at all, and what it finds."""

import multiprocessing
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import CatalogueError, ModelError, RunError
from kg.link.catalogue import SqliteCatalogue, open_catalogue


@pytest.mark.parametrize(
    ("name", "qid", "matched"),
    [
        pytest.param("Kenya", "Q1", "label", id="label"),
        pytest.param("the Republic of Kenya", "Q1", "alias", id="alias"),
        pytest.param("KENYA's", "Q1", "label", id="case-and-possessive"),
        pytest.param("Kenyan", "Q1", "demonym", id="demonym"),
        pytest.param("Kenyan parliament", "Q4", "loose", id="adjective-for-of"),
        pytest.param("East African Coffee Board", "Q10", "short", id="legal-form"),
        pytest.param("Zedaffi", "Q11", "surname", id="surname"),
        pytest.param("Lakeside", "Q7", "short", id="club"),
    ],
)
def test_find_knows_names_in_many_forms(catalogue, name, qid, matched):
    assert {c.qid: c.matched for c in catalogue.find(name)}[qid] == matched


def test_find_gives_the_most_popular_first(catalogue):
    assert [c.qid for c in catalogue.find("Lakeside")] == ["Q5", "Q7", "Q6"]


def test_find_keeps_to_its_limit(catalogue):
    assert [c.qid for c in catalogue.find("Lakeside", limit=1)] == ["Q5"]


def test_misspelt_names_are_found_only_when_asked_for(catalogue):
    assert catalogue.find("Moammar Zedafi") == ()
    assert [(c.qid, c.matched) for c in catalogue.find("Moammar Zedafi", similar=True)] == [("Q11", "similar")]


@pytest.mark.parametrize(
    "name",
    ["", " ", "'", '"; DROP TABLE item; --', "%", "\x00", "東京", "x" * 100_000, "\ud800"],
    ids=["empty", "blank", "quote", "sql", "wildcard", "nul", "other-script", "long", "half-a-surrogate-pair"],
)
def test_find_takes_any_text(catalogue, name):
    assert catalogue.find(name, similar=True) == ()


def test_get_gives_all_that_is_known(catalogue):
    ada = catalogue.get("Q2")
    assert (ada.label, ada.kind, ada.country, ada.start, ada.end) == ("Ada Obi", "person", "Q1", "1960-02-01", None)
    assert ada.description == "Kenyan politician"
    assert 0 < ada.popularity < 1


@pytest.mark.parametrize("qid", ["Q999", "", "Q", "P1", "Q1 OR 1=1", "Q99999999999999999999999", "Q²"])
def test_get_gives_none_for_what_is_not_there(catalogue, qid):
    assert catalogue.get(qid) is None


def test_index_is_built_once_and_reports_progress(config, source):
    steps = []
    open_catalogue(config, source=source, progress=lambda *step: steps.append(step)).close()
    built = len(steps)
    open_catalogue(config, source=source, progress=lambda *step: steps.append(step)).close()
    assert len(steps) == built > 0
    assert steps[-1][0] == steps[-1][1]


def _cut(index: Path) -> None:
    os.truncate(index, index.stat().st_size // 2)


def _overwrite(index: Path) -> None:
    whole = index.read_bytes()
    index.write_bytes(whole[:8192] + b"\x5a" * 8192 + whole[16384:])


def _unseal(index: Path) -> None:
    index.with_suffix(".json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "harm", [_cut, _overwrite, _unseal, Path.unlink], ids=["cut", "overwritten", "unsealed", "gone"]
)
def test_damaged_index_is_built_again(config, source, harm):
    open_catalogue(config, source=source).close()
    (index,) = config.cache.glob("*.sqlite")
    harm(index)
    with open_catalogue(config, source=source) as catalogue:
        assert catalogue.get("Q4").label == "Parliament of Kenya"


def test_index_with_another_date_but_the_same_bytes_is_kept(config, source):
    open_catalogue(config, source=source).close()
    (index,) = config.cache.glob("*.sqlite")
    os.utime(index, (1, 1))
    steps = []
    open_catalogue(config, source=source, progress=lambda *step: steps.append(step)).close()
    assert steps == []


def test_new_catalogue_gets_an_index_of_its_own(config, source, write_catalogue):
    open_catalogue(config, source=source).close()
    write_catalogue(source, [("Q12", "Newtown", "", "place", "", "", "", "", "", "50", "")])
    with open_catalogue(config, source=source) as catalogue:
        assert [c.qid for c in catalogue.find("Newtown")] == ["Q12"]
        assert catalogue.get("Q4") is None


def test_nothing_half_done_is_left(config, source):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_catalogue(config, source=source, progress=stop)
    assert [path.suffix for path in config.cache.iterdir()] == [".lock"]
    open_catalogue(config, source=source).close()


def _open_and_ask(config, source, answers):
    with open_catalogue(config, source=source) as catalogue:
        answers.put(catalogue.get("Q4").label)


def test_processes_may_start_at_once(config, source):
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    processes = [context.Process(target=_open_and_ask, args=(config, source, answers)) for _ in range(3)]
    for process in processes:
        process.start()
    assert {answers.get(timeout=60) for _ in processes} == {"Parliament of Kenya"}
    for process in processes:
        process.join()
    assert len(list(config.cache.glob("*.sqlite"))) == 1


def test_threads_may_share_a_catalogue(catalogue):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(catalogue.find("Lakeside"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1


def test_cache_that_cannot_be_written_is_a_run_error(config, source, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match=r"cannot write the catalogue's index .*--cache"):
        open_catalogue(replace(config, cache=tmp_path / "file" / "cache"), source=source)


def test_missing_catalogue_is_a_model_error(config, tmp_path):
    with pytest.raises(ModelError, match="install the package again"):
        open_catalogue(config, source=tmp_path / "none.tsv.xz")


@pytest.mark.parametrize("harm", [lambda b: b[:-40], lambda b: b"no xz", lambda b: b""], ids=["cut", "other", "empty"])
def test_damaged_catalogue_is_a_model_error(config, source, harm):
    source.write_bytes(harm(source.read_bytes()))
    with pytest.raises(ModelError, match="install"):
        open_catalogue(config, source=source)


@pytest.mark.parametrize(
    "row",
    [("Q1", "short"), ("X1", *[""] * 10), ("Q1", "Label", *[""] * 7, "much", "")],
    ids=["columns", "id", "popularity"],
)
def test_broken_row_is_a_model_error(config, source, write_catalogue, row):
    write_catalogue(source, [row])
    with pytest.raises(ModelError, match=r"line 2 .* is damaged"):
        open_catalogue(config, source=source)


def test_closed_catalogue_raises_and_is_not_silent(config, source):
    catalogue = open_catalogue(config, source=source)
    catalogue.close()
    with pytest.raises(CatalogueError, match="cannot be read"):
        catalogue.find("Kenya")


def test_file_that_is_no_index_raises(tmp_path):
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(CatalogueError, match="cannot open"):
        SqliteCatalogue(path)
