from dataclasses import replace

import pytest

from kg.config import Config
from kg.errors import ContentError, ModelError, SourceError, StoreError
from kg.link.own import add_entries
from kg.pipeline import Summary, Tools, fingerprint_package, make_json, populate, read_articles
from kg.store import open_store

TEXT = "Acme Corp said on Friday that it would keep its plant in Leeds open. Jo Roe of Acme Corp had asked for it."


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path / "store", cache=tmp_path / "cache")


@pytest.fixture
def make_tools(config, fake_reader, fake_linker):
    """Tools with the fake reader and linker; every run of the program has its own."""

    def make(config=config, **changed):
        tools = Tools(config)
        tools.reader, tools.linker = fake_reader, fake_linker
        tools.software |= changed
        return tools

    return make


@pytest.fixture
def article(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    return str(tmp_path / "a.txt")


def read_quads(config):
    with open_store(config.store, create=False, read_only=True) as store:
        rows = store.select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        return sorted(tuple(term.format() for term in row) for row in rows)


def test_an_article_is_read_linked_described_and_stored(config, make_tools, article):
    outcomes = []
    summary = populate([article], config, published="2020-01-07", on_outcome=outcomes.append, tools=make_tools())
    assert summary == Summary(stored=1, entities=3, linked=2)
    assert [outcome.graph for outcome in outcomes] == [f"{config.base}article/{outcomes[0].article.id}"]
    quads = read_quads(config)
    assert len(quads) == outcomes[0].quads
    assert any(o == '"2020-01-07"^^<http://www.w3.org/2001/XMLSchema#date>' for *_, o in quads)
    assert any(o == "<http://www.wikidata.org/entity/Q39121>" for *_, o in quads)


def test_a_second_run_reads_nothing_and_changes_nothing(config, make_tools, article, fake_reader):
    populate([article], config, tools=make_tools())
    before = read_quads(config)
    assert populate([article], config, tools=make_tools()) == Summary(unchanged=1)
    assert len(fake_reader.read_ids) == 1
    assert read_quads(config) == before


def test_again_reads_what_is_already_there(config, make_tools, article, fake_reader):
    populate([article], config, tools=make_tools())
    before = read_quads(config)
    assert populate([article], config, again=True, tools=make_tools()).stored == 1
    assert len(fake_reader.read_ids) == 2
    assert read_quads(config) == before


@pytest.mark.parametrize("change", ["date", "text", "reader", "linker", "min_score"])
def test_an_article_is_read_again_when_anything_that_matters_changed(config, make_tools, tmp_path, change):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Acme Corp said so."}')
    source = str(tmp_path / "a.jsonl")
    populate([source], config, tools=make_tools())
    if change == "text":
        (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Jo Roe said so."}')
    if change == "min_score":
        config = config.updated({"min_score": 0.5}, source="test")
    published = "2020-01-07" if change == "date" else None
    changed = {change: "2"} if change in ("reader", "linker") else {}
    assert populate([source], config, published=published, tools=make_tools(config, **changed)).stored == 1
    with open_store(config.store, create=False, read_only=True) as store:
        assert store.graph_names() == [f"{config.base}article/a"]


def test_another_catalogue_or_list_of_own_entries_is_other_software(config, tmp_path):
    (tmp_path / "people.csv").write_text("name\nIda Marsh\n")
    own = tmp_path / "own.sqlite"
    with_own = replace(config, own=own)
    plain = Tools(with_own).software["linker"]
    add_entries(tmp_path / "people.csv", own)
    assert Tools(config).software["linker"] == plain
    assert Tools(with_own).software["linker"].startswith(f"{plain}-own-")
    assert Tools(replace(config, catalogue=own)).software["linker"].startswith(f"{plain}-catalogue-")


def test_a_title_that_is_gone_is_gone_from_the_graph(config, make_tools, tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "a", "text": "Acme Corp said so.", "title": "Plant"}')
    populate([str(source)], config, tools=make_tools())
    source.write_text('{"id": "a", "text": "Acme Corp said so."}')
    assert populate([str(source)], config, tools=make_tools()).stored == 1
    assert not any('"Plant"' in quad for quad in read_quads(config))


def test_what_the_catalogue_could_not_answer_is_repaired_by_a_later_run(config, make_tools, article, fake_linker):
    fake_linker.answering = False
    assert populate([article], config, tools=make_tools()) == Summary(stored=1, entities=3, unavailable=3)
    fake_linker.answering = True
    assert populate([article], config, tools=make_tools()) == Summary(stored=1, entities=3, linked=2)
    assert not any("unavailable" in quad[3] for quad in read_quads(config))


def test_an_article_error_skips_its_article_only(config, make_tools, article, fake_reader, tmp_path):
    def refuse(text, read=fake_reader.read):
        if "Leeds" in text.text:
            raise ContentError("too odd to read")
        return read(text)

    fake_reader.read = refuse
    (tmp_path / "b.txt").write_text("Jo Roe said so.")
    errors = []
    summary = populate(
        [str(tmp_path / "missing.txt"), article, str(tmp_path / "b.txt")],
        config,
        on_outcome=lambda outcome: errors.append(type(outcome.error)),
        tools=make_tools(),
    )
    assert errors == [SourceError, ContentError, type(None)]
    assert (summary.stored, summary.failed) == (1, 2)


def test_a_run_error_stops_the_run_and_what_was_stored_stays(config, make_tools, article, fake_reader, tmp_path):
    (tmp_path / "b.txt").write_text("Jo Roe said so.")
    populate([article], config, tools=make_tools())
    before = read_quads(config)

    def fail(_):
        raise ModelError("the model is damaged; install the package again")

    fake_reader.read = fail
    with pytest.raises(ModelError, match="the model is damaged"):
        populate([str(tmp_path / "b.txt")], config, tools=make_tools())
    assert read_quads(config) == before


def test_a_killed_run_keeps_what_was_done_and_the_next_does_the_rest(config, make_tools, tmp_path, fake_reader):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Acme Corp said {name}.")
    sources = [str(tmp_path / f"{name}.txt") for name in "abc"]

    def stop_after_two(_):
        if len(fake_reader.read_ids) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        populate(sources, config, on_outcome=stop_after_two, tools=make_tools())
    summary = populate(sources, config, tools=make_tools())
    assert (summary.unchanged, summary.stored) == (2, 1)
    assert len(fake_reader.read_ids) == 3


def test_a_store_that_cannot_be_opened_stops_the_run_before_anything_is_read(
    tmp_path, make_tools, article, fake_reader
):
    (tmp_path / "file").write_text("not a store")
    config = Config(store=tmp_path / "file", cache=tmp_path)
    with pytest.raises(StoreError, match="file"):
        populate([article], config, tools=make_tools(config))
    assert fake_reader.read_ids == []


def test_reading_needs_no_store_and_gives_the_documented_json(config, make_tools, article):
    [outcome] = read_articles([article], config, tools=make_tools())
    assert not config.store.exists()
    shown = make_json(outcome)
    assert shown["id"] == outcome.article.id
    assert [entity["qid"] for entity in shown["entities"]] == ["Q1", None, "Q39121"]


def test_an_outcome_with_an_error_has_no_json(config, make_tools):
    [outcome] = read_articles(["missing.txt"], config, tools=make_tools())
    with pytest.raises(ValueError, match=r"missing\.txt was not read"):
        make_json(outcome)


def test_reading_is_lazy(config, make_tools, article, fake_reader):
    outcomes = read_articles([article, article], config, tools=make_tools())
    next(outcomes)
    assert len(fake_reader.read_ids) == 1


def test_the_fingerprint_of_a_package_changes_with_its_files_only(tmp_path, monkeypatch):
    (tmp_path / "shown").mkdir()
    (tmp_path / "shown" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    before = fingerprint_package("shown")
    (tmp_path / "shown" / "cached.pyc").write_text("")
    assert fingerprint_package("shown") == before
    (tmp_path / "shown" / "model.bin").write_text("weights")
    assert fingerprint_package("shown") != before
