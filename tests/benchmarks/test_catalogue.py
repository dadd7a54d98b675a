"""Made-up dumps and indexes have the shapes of real ones; no test depends on how long one takes."""

import gzip
import json

from benchmarks.catalogue import main
from benchmarks.wikidata import make_rows, write_dump
from kg.link import SqliteCatalogue
from kg.link.building import Plan, Watch, build_catalogue
from kg.link.items import Lexicon


def test_a_made_up_dump_is_read_without_damage(tmp_path):
    dump = tmp_path / "dump.json.gz"
    size = write_dump(dump, 2_000_000)
    text = gzip.decompress(dump.read_bytes())
    assert len(text) == size >= 2_000_000
    assert len(json.loads(text)) == text.count(b"\n") - 2
    told = []
    watch = Watch(on_damage=lambda line, what: told.append(what))
    counts = build_catalogue(str(dump), tmp_path / "wd.sqlite", plan=Plan(lexicon=Lexicon()), watch=watch)
    assert told == []
    assert 0 < counts["taken"] < counts["items"] == text.count(b"\n") - 2


def test_a_made_up_dump_is_the_same_every_time(tmp_path):
    for name in ("a", "b"):
        write_dump(tmp_path / name, 200_000)
    assert gzip.decompress((tmp_path / "a").read_bytes()) == gzip.decompress((tmp_path / "b").read_bytes())


def test_made_up_rows_become_an_index_that_is_asked(tmp_path):
    index = tmp_path / "index.sqlite"
    made = main(["index", str(index), "2000"])
    with SqliteCatalogue(index) as catalogue:
        label = next(iter(make_rows(2000)))[1]
        assert "Q1" in [c.qid for c in catalogue.find(label)]
    assert made["names"] > 4000
    assert made["gigabytes"] > 0
    asked = main(["ask", str(index)])
    assert 0 < asked["median"] <= asked["worst"]
