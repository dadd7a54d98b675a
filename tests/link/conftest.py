"""A small catalogue in the shipped format, and readings for it."""

import lzma
from pathlib import Path

import pytest

from kg.config import Config
from kg.link.catalogue import open_catalogue
from kg.link.index import COLUMNS
from kg.model import Article, Entity, Mention, Passage, Reading

ROWS = [
    (
        "Q1",
        "Kenya",
        "Republic of Kenya|~Kenyan",
        "place",
        "Q6256|Q3624078",
        "country in East Africa",
        "Q1",
        "1963",
        "",
        "80",
        "",
    ),
    ("Q2", "Ada Obi", "Ada Grace Obi|Adah Obi", "person", "", "Kenyan politician", "Q1", "1960-02-01", "", "55", "1"),
    ("Q3", "Ada Obi", "", "person", "", "painter", "Q9", "1790", "1851", "30", "1"),
    ("Q4", "Parliament of Kenya", "", "organisation", "Q35749", "legislature of Kenya", "Q1", "", "", "45", ""),
    ("Q5", "Lakeside", "", "place", "Q515", "city in Kenya", "Q1", "", "", "50", ""),
    ("Q6", "Lakeside", "", "place", "Q515", "village in Ohio, United States", "Q30", "", "", "10", ""),
    ("Q7", "Lakeside F.C.", "", "organisation", "Q476028", "football club in Kenya", "Q1", "", "", "40", ""),
    ("Q8", "Kenyans", "Kenyan people", "group", "Q41710", "citizens of Kenya", "Q1", "", "", "40", ""),
    ("Q10", "East African Coffee Board Ltd", "", "organisation", "", "company in Kenya", "Q1", "", "", "45", ""),
    ("Q11", "Muammar Zedaffi", "", "person", "", "Kenyan general", "Q1", "1955", "", "50", "0"),
]


def write_rows(path: Path, rows=ROWS) -> Path:
    lines = ["\t".join(values) + "\n" for values in (COLUMNS, *rows)]
    path.write_bytes(lzma.compress("".join(lines).encode()))
    return path


def make_reading(text: str, *entities: tuple[str, str], published: str | None = "2020-05-01") -> Reading:
    """A reading whose entities are (kind, names by "|") with a mention at the first place of each name."""
    made = []
    for number, (kind, names) in enumerate(entities, 1):
        starts = [(text.index(name), name) for name in names.split("|")]
        mentions = tuple(Mention(Passage(start, start + len(name), name)) for start, name in starts)
        made.append(Entity(f"e{number}", kind, names.split("|")[0], mentions))
    return Reading(Article("a1", text, published=published), tuple(made))


@pytest.fixture
def read_names():
    return make_reading


@pytest.fixture
def write_catalogue():
    return write_rows


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path / "store", cache=tmp_path / "cache")


@pytest.fixture
def source(tmp_path):
    return write_rows(tmp_path / "catalogue.tsv.xz")


@pytest.fixture
def catalogue(config, source):
    with open_catalogue(config, source=source) as opened:
        yield opened
