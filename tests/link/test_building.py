"""A catalogue built from a dump: what is in it, that a killed build goes on, and that newer entities take over."""

import contextlib
import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_entities import ENTITIES, PERSON, make_entity, write_dump

from kg.config import Config
from kg.errors import ConfigError, DumpError
from kg.link import Linker, SqliteCatalogue, open_catalogue
from kg.link.building import Plan, Watch, build_catalogue, update_catalogue
from kg.link.items import Lexicon
from kg.link.stage import Choice

QUICK = Plan(lexicon=Lexicon())


@pytest.fixture
def target(tmp_path):
    return tmp_path / "wikidata.sqlite"


@pytest.fixture
def dump(tmp_path):
    return str(write_dump(tmp_path / "dump.json"))


def build(dump, target, *, damage=None, plan=QUICK, **choice):
    told = damage if damage is not None else []
    watch = Watch(on_damage=lambda line, what: told.append((line, what)))
    return build_catalogue(dump, target, choice=Choice(**choice), plan=plan, watch=watch)


def list_items(target):
    with sqlite3.connect(target) as connection:
        return [f"Q{number}" for (number,) in connection.execute("SELECT qid FROM item ORDER BY qid")]


def list_everything(target):
    """The tables that a linker asks, row by row."""
    with sqlite3.connect(target) as connection:
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in ("item", "name", "sound", "country")}


def test_a_dump_becomes_a_catalogue_that_answers(dump, target):
    counts = build(dump, target)
    with SqliteCatalogue(target) as catalogue:
        ida = catalogue.get("Q901")
        assert (ida.label, ida.kind, ida.country, ida.start) == ("Ida Marsh", "person", "Q900", "1961-04-05")
        assert [c.matched for c in catalogue.find("Ida Grace Marsh")] == ["alias"]
        assert [c.qid for c in catalogue.find("Marsh")] == ["Q901"]
        assert [(c.qid, c.matched) for c in catalogue.find("Norlander")] == [("Q900", "demonym")]
        assert catalogue.get("Q905").kind == "place"
    assert (counts["items"], counts["taken"]) == (7, 5)
    assert not target.with_name("wikidata.sqlite.part").exists()
    assert sorted(path.name for path in target.parent.iterdir()) == ["dump.json", "wikidata.sqlite"]


def test_the_linker_uses_it_like_the_shipped_one(dump, target, tmp_path, read_names):
    build(dump, target)
    config = Config(store=tmp_path / "store", cache=tmp_path / "cache", catalogue=target)
    reading = read_names("Ida Marsh of Norland spoke in Port Alder.", ("person", "Ida Marsh"), ("place", "Norland"))
    with open_catalogue(config) as catalogue:
        links = Linker(catalogue, min_score=0.1).link(reading)
    assert [link.qid for link in links] == ["Q901", "Q900"]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("choice", "items"),
    [
        pytest.param({}, ["Q900", "Q901", "Q902", "Q905"], id="what-news-names"),
        pytest.param({"everything": True}, ["Q900", "Q901", "Q902", "Q903", "Q904", "Q905"], id="all"),
        pytest.param({"classes": (5,)}, ["Q901"], id="people"),
        pytest.param({"classes": (3957,)}, ["Q902", "Q905"], id="class-and-below"),
        pytest.param({"classes": (13442814,)}, ["Q903"], id="chosen-though-left-out"),
        pytest.param({"languages": ("fr",)}, [], id="no-name-in-the-language"),
    ],
)
def test_the_choice_decides_what_is_taken(dump, target, choice, items):
    build(dump, target, **choice)
    assert list_items(target) == items


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("block", [50, 1 << 20], ids=["small-blocks", "one-block"])
def test_processes_and_blocks_make_no_difference(dump, target, tmp_path, workers, block):
    build(dump, target)
    other = tmp_path / "other.sqlite"
    build(dump, other, plan=Plan(workers=workers, block=block, lexicon=Lexicon()))
    assert list_everything(other) == list_everything(target)


def test_damage_is_told_by_line_and_the_rest_is_built(tmp_path, target):
    broken = make_entity("Q908", "Broken", PERSON) | {"lastrevid": "new"}
    entities = [ENTITIES[0], '{"id": "Q907", ', ENTITIES[1], b'"\xc3\xa9"', broken]
    told = []
    counts = build(str(write_dump(tmp_path / "dump.json", entities)), target, damage=told)
    assert [line for line, _ in told] == [3, 5, 6]
    assert [("skipped" in what) for _, what in told] == [True, True, True]
    assert (counts["damaged lines"], counts["damaged values"]) == (2, 1)
    assert list_items(target) == ["Q900", "Q901", "Q908"]


def test_bytes_that_are_no_utf8_spoil_one_line_only(tmp_path, target):
    path = write_dump(tmp_path / "dump.json")
    path.write_bytes(path.read_bytes().replace(b"Port Alder", b"Port \xffAlder"))
    told = []
    build(str(path), target, damage=told)
    assert [line for line, _ in told] == [4]
    assert "not UTF-8" in told[0][1]
    assert list_items(target) == ["Q900", "Q901", "Q905"]


@pytest.mark.parametrize("content", [b"", b"[\n]\n", b"<html></html>\n"], ids=["empty", "no-entity", "no-dump"])
def test_a_dump_without_items_is_refused(tmp_path, target, content):
    (tmp_path / "dump.json").write_bytes(content)
    with pytest.raises(DumpError, match="holds no item"):
        build(str(tmp_path / "dump.json"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["dump.json"]


def test_a_dump_that_is_cut_gives_no_catalogue_until_the_rest_is_there(tmp_path, target):
    whole, cut = write_dump(tmp_path / "dump.json"), write_dump(tmp_path / "cut.json", ENTITIES[:3], whole=False)
    cut.write_bytes(whole.read_bytes()[: cut.stat().st_size + 20])
    with pytest.raises(DumpError, match=r"ends in the middle, after line 4.* 4 lines of it wait in .*run again"):
        build(str(cut), target)
    assert not target.exists()
    cut.write_bytes(whole.read_bytes())  # the download was finished
    steps = []
    watch = Watch(on_step=steps.append)
    build_catalogue(str(cut), target, plan=QUICK, watch=watch)
    fresh = tmp_path / "fresh.sqlite"
    build(str(whole), fresh)
    assert list_everything(target) == list_everything(fresh)


def test_a_cut_dump_may_be_taken_as_it_is(tmp_path, target):
    cut = write_dump(tmp_path / "cut.json", ENTITIES[:2], whole=False)
    told = []
    build(str(cut), target, damage=told, plan=Plan(partial=True, lexicon=Lexicon()))
    assert "ends in the middle" in told[0][1]
    assert list_items(target) == ["Q900", "Q901"]


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.link import building
from kg.link.building import Plan, Watch, build_catalogue
from kg.link.items import Lexicon

building.CHECKPOINT = 2
last = int(sys.argv[4])

def on_step(step):
    global last
    last -= step.phase == sys.argv[3]
    if last == 0:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    plan = Plan(workers=int(sys.argv[5]), block=500, lexicon=Lexicon())
    build_catalogue(sys.argv[1], Path(sys.argv[2]), plan=plan, watch=Watch(on_step))
"""
PEOPLE = [make_entity(f"Q{n}", f"Ida{n} Marsh{n}", PERSON, sites=n % 50) for n in range(1000, 1200)]


def kill_build(dump, target, *, phase="reading", steps=8, workers=1):
    """Builds in a process that is killed in a phase after so many steps; gives the part that it left."""
    script = target.parent / "killed.py"
    script.write_text(KILLED)
    command = [sys.executable, script, dump, target, phase, str(steps), str(workers)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MARK": str(target.parent)}
    done = subprocess.run(command, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    return target.with_name(target.name + ".part")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_a_killed_build_goes_on(tmp_path, target, packed, workers):
    path = write_dump(tmp_path / "dump.json", PEOPLE)
    if packed:
        path.write_bytes(gzip.compress(path.read_bytes()))
    part = kill_build(str(path), target, workers=workers)
    with sqlite3.connect(part) as connection:
        done = json.loads(dict(connection.execute("SELECT * FROM about").fetchall())["start"])["lines"]
    assert 0 < done < len(PEOPLE)
    read = []
    plan = Plan(block=500, lexicon=Lexicon())
    build_catalogue(str(path), target, plan=plan, watch=Watch(lambda step: read.append(step.read)))
    assert read[0] > done * 100  # what was done is not read again
    fresh = tmp_path / "fresh.sqlite"
    build(str(path), fresh)
    assert list_everything(target) == list_everything(fresh)
    assert list_items(target) == [entity["id"] for entity in PEOPLE]


def test_a_build_killed_while_it_writes_the_index_goes_on(tmp_path, target):
    path = write_dump(tmp_path / "dump.json", PEOPLE)
    part = kill_build(str(path), target, phase="index", steps=1)
    assert part.exists()
    counts = build(str(path), target)
    assert counts["items"] == len(PEOPLE)
    assert len(list_items(target)) == len(PEOPLE)
    assert not part.exists()
    assert [path.name for path in tmp_path.glob("*.sort")] == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not list its processes")
def test_workers_do_not_outlive_a_killed_build(tmp_path, target):
    kill_build(str(write_dump(tmp_path / "dump.json", PEOPLE)), target, workers=2)
    deadline = time.monotonic() + 60
    while list_processes(str(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert list_processes(str(tmp_path)) == []


def list_processes(mark):
    """The processes whose environment names ``mark``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
    return found


def test_another_choice_does_not_go_on_with_a_part(tmp_path, target):
    path = str(write_dump(tmp_path / "dump.json", PEOPLE))
    kill_build(path, target)
    with pytest.raises(DumpError, match="was begun with other options"):
        build(path, target, everything=True)


def test_another_dump_does_not_go_on_with_a_part(tmp_path, target, dump):
    kill_build(str(write_dump(tmp_path / "people.json", PEOPLE)), target)
    with pytest.raises(DumpError, match="is not the dump that was begun with"):
        build(dump, target)


def test_a_part_that_is_no_database_is_told(dump, target):
    target.with_name(target.name + ".part").write_bytes(b"no database" * 500)
    with pytest.raises(DumpError, match="is damaged or no catalogue"):
        build(dump, target)


def test_a_file_that_is_no_catalogue_is_never_replaced(dump, target):
    target.write_text("my notes, which are no catalogue and longer than a header " * 10)
    with pytest.raises(DumpError, match="is no catalogue"):
        build(dump, target)
    assert target.read_text().startswith("my notes")


def test_a_place_that_cannot_be_written_is_told(dump, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DumpError, match="cannot write"):
        build(dump, tmp_path / "file" / "wikidata.sqlite")


def test_a_missing_dump_leaves_nothing_behind(tmp_path, target):
    with pytest.raises(DumpError, match="cannot read the dump"):
        build(str(tmp_path / "none.json"), target)
    assert list(tmp_path.iterdir()) == []


def test_two_builds_of_one_file_do_not_mix(dump, target):
    started = []

    def build_again(step):
        if not started:
            started.append(step)
            with pytest.raises(DumpError, match="another process is building"):
                build(dump, target)

    build_catalogue(dump, target, plan=QUICK, watch=Watch(on_step=build_again))
    assert started


@pytest.fixture
def built(dump, target):
    build(dump, target)
    return target


def update(target, path, *entities):
    return update_catalogue(target, str(write_dump(path / "newer.json", entities)), plan=QUICK)


def find_label(target, qid):
    with SqliteCatalogue(target) as catalogue:
        found = catalogue.get(qid)
        return found and found.label


@pytest.mark.parametrize(
    ("revision", "modified", "label"),
    [
        pytest.param(101, "2026-01-02T03:04:05Z", "Ida Obi", id="greater-revision"),
        pytest.param(100, "2026-05-05T00:00:00Z", "Ida Marsh", id="same-revision"),
        pytest.param(99, "2026-05-05T00:00:00Z", "Ida Marsh", id="smaller-revision"),
        pytest.param(0, "2026-05-05T00:00:00Z", "Ida Obi", id="later"),
        pytest.param(0, "2025-05-05T00:00:00Z", "Ida Marsh", id="earlier"),
        pytest.param(0, "", "Ida Marsh", id="unknown"),
    ],
)
def test_only_newer_entities_take_over(built, tmp_path, revision, modified, label):
    update(built, tmp_path, make_entity("Q901", "Ida Obi", PERSON, revision=revision, modified=modified))
    assert find_label(built, "Q901") == label
    with SqliteCatalogue(built) as catalogue:
        assert [c.qid for c in catalogue.find("Ida Obi")] == (["Q901"] if label == "Ida Obi" else [])
        assert find_label(built, "Q902") == "Port Alder"


def test_new_items_come_and_those_that_no_longer_belong_go(built, tmp_path):
    changed = make_entity("Q902", "Port Alder", "Q13442814", revision=200)
    counts = update(built, tmp_path, make_entity("Q950", "Bo Reed", PERSON), changed)
    assert list_items(built) == ["Q900", "Q901", "Q905", "Q950"]
    assert (counts["taken"], counts["removed"]) == (1, 1)


def test_a_newer_class_tree_counts(built, tmp_path):
    update(built, tmp_path, make_entity("Q904", "harbour town", "Q16889133", parents=["Q43229"], revision=200))
    with SqliteCatalogue(built) as catalogue:
        assert catalogue.get("Q905").kind == "organisation"


def test_an_update_keeps_the_choice(dump, target, tmp_path):
    build(dump, target, classes=(5,))
    update(target, tmp_path, make_entity("Q950", "Bo Reed", PERSON), make_entity("Q951", "Westend", "Q3957"))
    assert list_items(target) == ["Q901", "Q950"]


def test_what_was_not_built_from_a_dump_is_not_updated(tmp_path, dump, source, config):
    open_catalogue(config, source=source).close()
    (index,) = config.cache.glob("*.sqlite")
    with pytest.raises(DumpError, match="was not built from a dump"):
        update_catalogue(index, dump)
    with pytest.raises(DumpError, match="is not there"):
        update_catalogue(tmp_path / "none.sqlite", dump)


def test_a_catalogue_of_another_version_is_not_updated(built, dump):
    with sqlite3.connect(built) as connection:
        connection.execute("UPDATE about SET value = '1' WHERE field = 'format'")
    with pytest.raises(DumpError, match="is of another version"):
        update_catalogue(built, dump)


@pytest.mark.parametrize("harm", ["missing", "other", "unfinished"])
def test_a_catalogue_that_cannot_be_used_is_a_config_error(built, tmp_path, harm):
    if harm == "missing":
        built.unlink()
    elif harm == "other":
        built.write_bytes(b"no database" * 500)
    else:
        with sqlite3.connect(built) as connection:
            connection.execute("DELETE FROM about WHERE field = 'digest'")
    config = Config(store=tmp_path / "store", cache=tmp_path / "cache", catalogue=built)
    with pytest.raises(ConfigError, match=r"catalogue .*wikidata.sqlite"):
        open_catalogue(config)
