"""What the tests of the whole flow share: a reader and a linker that know a few names, for the trained ones."""

import re
from functools import partial

import pytest

from kg.model import Article, Candidate, Entity, Link, Mention, Passage, Reading, Rival

NAMES = {"Acme Corp": ("organisation", "Q1"), "Jo Roe": ("person", None), "Leeds": ("place", "Q39121")}


class FakeReader:
    """Finds the names above wherever they stand."""

    def __init__(self, config=None):
        self.read_ids = []

    def read_ahead(self, items, find_article):
        for item in items:
            article = find_article(item)
            yield item, partial(self.read, article) if article else None

    def read(self, article: Article) -> Reading:
        self.read_ids.append(article.id)
        entities = []
        for name, (kind, _) in NAMES.items():
            mentions = tuple(
                Mention(Passage(m.start(), m.end(), m.group())) for m in re.finditer(re.escape(name), article.text)
            )
            if mentions:
                entities.append(Entity(f"e{len(entities) + 1}", kind, name, mentions))
        return Reading(article, entities=tuple(entities), sentences=(Passage(0, len(article.text), article.text),))


class FakeLinker:
    """Links the names above; when ``answering`` is false, as if the catalogue could not be asked."""

    failure = None

    def __init__(self, catalogue=None, *, min_score=None, answering=True):
        self.answering = answering

    def link(self, reading: Reading) -> tuple[Link, ...]:
        if not self.answering:
            return tuple(Link(entity.id, "unavailable") for entity in reading.entities)
        return tuple(self._decide(entity) for entity in reading.entities)

    def complete(self, reading: Reading, links) -> Reading:
        return reading

    def _decide(self, entity: Entity) -> Link:
        qid = NAMES[entity.name][1]
        if qid is None:
            return Link(entity.id, "absent", score=0.9, rivals=(Rival("Q7", "Joe Row", 0.1),))
        return Link(entity.id, "linked", qid=qid, score=0.9, label=entity.name)


class FakeCatalogue:
    """Knows the items of the names above by their ids."""

    def find(self, name, *, limit=30, similar=False):
        return ()

    def get(self, qid):
        return next((Candidate(qid, name, kind=kind) for name, (kind, own) in NAMES.items() if own == qid), None)


@pytest.fixture
def fake_reader():
    return FakeReader()


@pytest.fixture
def fake_linker():
    return FakeLinker()


@pytest.fixture
def fake_parts(monkeypatch, fake_reader, fake_linker):
    """Puts the fakes where the pipeline finds the reader, the catalogue and the linker."""
    monkeypatch.setattr("kg.read.Reader", lambda config: fake_reader, raising=False)
    monkeypatch.setattr("kg.link.open_catalogue", lambda config, progress=None: FakeCatalogue(), raising=False)
    monkeypatch.setattr("kg.link.Linker", lambda catalogue, **_: fake_linker, raising=False)
