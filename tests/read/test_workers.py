"""Reading ahead in other processes: order, errors, workers that die, and the end of it all."""

import io
import pickle
import sys
from dataclasses import replace
from threading import Event, active_count

import pytest

import kg.read.reader
import kg.read.workers
from kg.config import Config
from kg.errors import ContentError, ModelError
from kg.model import Article, Entity, Reading
from kg.read import Reader
from kg.read.workers import GIVEN, READY, WAITING, Process, Workers, read_ahead, serve

HERE, THERE = (Entity("e1", "place", name, ()) for name in ("here", "there"))
TEXTS = ("Jo Roe lives in Leeds.", "", "Maria Lopez met Tom Reed in Quito.", "The mayor of Oslo has resigned.") * 2


class FakeWorker:
    """Reads at once; dies at the article that is called ``deadly``, is at a loss with the one called ``hard``."""

    def __init__(self, *, ready=True, waits=False):
        self.ready, self.ended, self.ids = ready, Event(), []
        self.waits, self.given = waits, []

    def is_ready(self):
        return self.ready

    def begin(self, article):
        self.ids.append(article.id)
        self.given.append(article)
        assert len(self.given) <= GIVEN

    def finish(self):
        article = self.given.pop(0)
        if article.id == "deadly":
            raise EOFError
        if self.waits:
            self.ended.wait(10)
            raise EOFError
        return None if article.id == "hard" else Reading(article, entities=(THERE,))

    def stop(self):
        self.ended.set()

    def close(self):
        assert self.ended.is_set()


def read_here(article):
    return Reading(article, entities=(HERE,))


def refuse(article):
    raise ContentError(f"{article.id} is too hard")


def make_articles(*ids):
    return [Article(each, "x") for each in ids]


def look_ahead(articles, worker, *, read=read_here, room=None):
    """The ids and places of all readings, with one worker from the first article on."""
    with Workers(lambda: worker, 1) as workers:
        workers.room = room or workers.room
        ahead = read_ahead(articles, lambda article: article, read=read, start=None, workers=workers)
        return [(given.id, call().entities[0].name) for given, call in ahead]


@pytest.fixture
def eager(monkeypatch):
    """As if every article were long enough for workers."""
    monkeypatch.setattr(kg.read.workers, "ENOUGH", -1)


def test_readings_come_in_order_whoever_reads():
    ids = [str(number) for number in range(50)]
    worker = FakeWorker()
    found = look_ahead(make_articles(*ids), worker)
    assert [each for each, _ in found] == ids
    assert {place for _, place in found} <= {"here", "there"}
    assert {each for each, place in found if place == "there"} == set(worker.ids)


def test_the_worker_begins_with_the_newest_and_this_process_with_the_oldest():
    with Workers(FakeWorker, 0) as workers:
        tasks = [workers.offer(article) for article in make_articles("old", "new")]
        assert workers.take_back(tasks[0])
        assert not workers.take_back(tasks[0])
        assert workers._take() is tasks[1]


@pytest.mark.parametrize("id", ["deadly", "hard"])
def test_what_a_worker_cannot_read_is_read_here(id):
    found = look_ahead(make_articles("a", id, "b", "c"), FakeWorker(), room=3)
    assert [each for each, _ in found] == ["a", id, "b", "c"]
    assert dict(found)[id] == "here"


def test_a_dead_worker_is_told_of_and_the_rest_is_read_here(caplog):
    worker = FakeWorker(ready=False)
    assert {place for _, place in look_ahead(make_articles(*"abcdef"), worker)} == {"here"}
    assert worker.ids == []
    assert "has died" in caplog.text


def test_without_a_further_process_all_is_read_here(caplog):
    def fail():
        raise OSError("no more processes")

    with Workers(fail, 2) as workers:
        ahead = read_ahead(make_articles(*"abc"), lambda a: a, read=read_here, start=None, workers=workers)
        assert [call().entities for _, call in ahead] == [(HERE,)] * 3
    assert "no more processes" in caplog.text


def test_an_error_of_one_article_is_raised_at_its_turn_and_the_next_is_read():
    with Workers(FakeWorker, 1) as workers:
        ahead = read_ahead(make_articles("a", "hard", "b"), lambda a: a, read=refuse, start=None, workers=workers)
        calls = {given.id: call for given, call in ahead}
        with pytest.raises(ContentError, match="hard is too hard"):
            calls["hard"]()


def test_an_error_of_the_source_comes_after_what_it_gave():
    def articles():
        yield from make_articles("a", "b")
        raise ModelError("damaged")

    with Workers(lambda: FakeWorker(waits=True), 1) as workers:
        ahead = read_ahead(articles(), lambda a: a, read=read_here, start=None, workers=workers)
        assert [next(ahead)[0].id, next(ahead)[0].id] == ["a", "b"]
        with pytest.raises(ModelError, match="damaged"):
            next(ahead)


def test_no_more_is_asked_for_than_there_is_room():
    asked = []

    def articles():
        for number in range(100):
            asked.append(number)
            yield Article(str(number), "x")

    with Workers(lambda: FakeWorker(waits=True), 1) as workers:
        next(read_ahead(articles(), lambda a: a, read=read_here, start=None, workers=workers))
        assert len(asked) == workers.room == 2 * WAITING


def test_items_without_an_article_are_given_out_in_their_place(eager):
    items = [1, "a", 2, "b"]
    with Workers(FakeWorker, 1) as workers:
        ahead = read_ahead(
            items,
            lambda item: Article(item, "x") if isinstance(item, str) else None,
            read=read_here,
            start=lambda: workers,
        )
        assert [(item, call and call().article.id) for item, call in ahead] == [
            (1, None),
            ("a", "a"),
            (2, None),
            ("b", "b"),
        ]


def test_few_articles_start_nobody_and_nothing_is_read_ahead():
    asked = []

    def articles():
        for each in make_articles(*"abc"):
            asked.append(each.id)
            yield each

    def start():
        raise AssertionError("no worker is needed")

    for article, call in read_ahead(articles(), lambda a: a, read=read_here, start=start):
        assert asked[-1] == article.id
        assert call().entities == (HERE,)


def test_leaving_ends_a_worker_in_the_middle_of_its_work():
    before, worker = active_count(), FakeWorker(waits=True)
    with Workers(lambda: worker, 1) as workers:
        task = workers.offer(Article("a", "x"))
        while workers.take_back(task):
            task = workers.offer(Article("a", "x"))
    assert worker.ended.is_set()
    assert task.done.is_set()
    assert active_count() == before


def test_a_worker_answers_one_article_after_the_other(monkeypatch):
    class FakeReader:
        def __init__(self, config):
            self.read = lambda article: refuse(article) if article.id == "b" else read_here(article)

    monkeypatch.setattr("kg.read.reader.Reader", FakeReader)
    for name in ("stdout", "excepthook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr("signal.signal", lambda number, action: None)
    articles = make_articles(*"abc")
    target = io.BytesIO()
    serve(None, io.BytesIO(b"".join(map(pickle.dumps, articles))), target)
    target.seek(0)
    assert target.readline() == READY
    assert [pickle.load(target) for _ in articles] == [read_here(articles[0]), None, read_here(articles[2])]


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kg")
    return Config(store=folder / "store", cache=folder / "cache", threads=2)


def test_real_processes_read_the_same_and_a_killed_one_says_so(config, monkeypatch):
    started = []

    class Ready(Process):
        """A process that is ready before the first article is handed out."""

        def __init__(self, config):
            super().__init__(config)
            started.append(self)
            self.ready = super().is_ready()

        def is_ready(self):
            return self.ready

    monkeypatch.setattr(kg.read.reader, "Process", Ready)
    monkeypatch.setattr(kg.read.reader, "ENOUGH", 0)
    articles = [Article(str(number), text) for number, text in enumerate(TEXTS)]
    alone = list(Reader(replace(config, processes=1)).read_many(articles))
    assert started == []
    reader = Reader(config)
    assert list(reader.read_many(articles)) == alone
    [worker] = started
    assert worker._process.returncode is not None

    process = Process(config)
    try:
        assert process.is_ready()
        for article in articles[:3]:
            process.begin(article)
        assert [process.finish() for _ in range(3)] == alone[:3]
        process.stop()
        with pytest.raises((EOFError, OSError)):
            process.finish()
    finally:
        process.stop()
        process.close()
