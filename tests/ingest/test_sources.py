import hashlib
import io
import os
import sys
import threading

import pytest

from kg.config import Config
from kg.errors import ArticleError, ContentError, RecordError, SourceError
from kg.ingest import read_sources
from kg.model import Article

TEXT = "Acme said on Friday that it would keep its plant in Leeds open.\n"
HTML = f"<html><head><title>Plant stays</title></head><body><article><p>{TEXT * 3}</p></article></body></html>"


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path / "store", cache=tmp_path / "cache", max_bytes=10_000)


def read(config, *sources, **options):
    return [item for _, item in read_sources([str(s) for s in sources], config, **options)]


def fail(config, kind, source, **options):
    """The message of the only error that reading ``source`` gives."""
    [item] = read(config, source, **options)
    assert isinstance(item, kind), item
    assert "\n" not in str(item)
    return str(item)


def test_a_text_file_is_kept_exactly_but_for_newlines(config, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfPlant stays open\r\n\r\n  Acme said so.\r\n ")
    [article] = read(config, tmp_path / "a.txt", published="2020-01-07")
    assert article.text == "Plant stays open\n\n  Acme said so.\n "
    assert (article.title, article.published) == ("Plant stays open", "2020-01-07")


def test_the_id_is_the_given_one_else_a_hash_of_url_or_text(config, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"text": "Acme said so.", "id": "a1", "url": "https://news.example/1"}\n'
        '{"text": "Acme said so.", "url": "https://news.example/1"}\n'
        '{"text": "Acme said so."}\n'
    )
    ids = [article.id for article in read(config, tmp_path / "a.jsonl")]
    hashes = [hashlib.sha256(basis).hexdigest()[:16] for basis in (b"https://news.example/1", b"Acme said so.")]
    assert ids == ["a1", *hashes]


def test_a_directory_is_read_in_order_without_hidden_and_unknown_files(config, tmp_path):
    for name in ("b.txt", "a.html", "sub/c.TXT", ".hidden.txt", ".git/d.txt", "e.pdf", "f.ndjson"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        content = {"a": HTML, "f": '{"text": "Acme said so."}'}.get(name[0], TEXT + name)
        (tmp_path / name).write_text(content)
    places = [place for place, item in read_sources([str(tmp_path)], config) if isinstance(item, Article)]
    assert [os.path.relpath(place, tmp_path) for place in places] == ["a.html", "b.txt", "f.ndjson line 1", "sub/c.TXT"]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        pytest.param(TEXT.encode(), None, id="text"),
        pytest.param(HTML.encode(), "Plant stays", id="html"),
        pytest.param(b'{"text": "Acme said so.", "title": "Plant"}', "Plant", id="jsonl"),
    ],
)
def test_standard_input_shows_by_its_beginning_what_it_is(config, data, title):
    [article] = read(config, "-", stdin=io.BytesIO(data))
    assert "Acme said" in article.text
    assert article.title == title


def test_a_given_date_goes_before_the_date_of_a_page(config, tmp_path):
    page = HTML.replace("<head>", '<head><meta property="article:published_time" content="2021-03-04">')
    (tmp_path / "a.html").write_text(page)
    assert read(config, tmp_path / "a.html")[0].published == "2021-03-04"
    assert read(config, tmp_path / "a.html", published="2021-03-05")[0].published == "2021-03-05"


def test_a_pipe_is_read_like_a_file(config, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(TEXT,))
    writer.start()
    [article] = read(config, tmp_path / "pipe")
    writer.join()
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        pytest.param("a.txt", b"", ContentError, "a.txt: is empty", id="empty"),
        pytest.param("a.txt", b" \n\t", ContentError, "is empty", id="blank"),
        pytest.param("a.html", b"", ContentError, "is empty", id="empty page"),
        pytest.param("a.txt", b"\x89PNG\r\n", ContentError, "is binary", id="binary"),
        pytest.param("a.txt", b"x" * 10_001, SourceError, "larger than 10,000 bytes", id="enormous"),
        pytest.param("a.html", b"<html></html>", ContentError, "holds no article", id="no article"),
        pytest.param("a.json", b'{"text": "x"}', ContentError, "give JSON Lines", id="json"),
        pytest.param("a.rss", b"<?xml version='1.0'?><rss/>", ContentError, "is XML", id="xml"),
        pytest.param("a.jsonl", b"", ContentError, "holds no articles", id="empty jsonl"),
    ],
)
def test_a_bad_file_is_one_clear_error_and_the_next_file_is_read(config, tmp_path, name, data, kind, message):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    bad, good = read(config, tmp_path / name, tmp_path / "good.txt")
    assert isinstance(bad, kind)
    assert message in str(bad)
    assert good.text == TEXT


def test_a_missing_file_is_named(config, tmp_path):
    assert "no.txt: cannot be read: no such file" in fail(config, SourceError, tmp_path / "no.txt")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_named(config, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in fail(config, SourceError, tmp_path / "a.txt")


@pytest.mark.parametrize("source", ["a\0b", "http://[half", "http://"], ids=["null", "bracket", "no host"])
def test_a_source_that_cannot_be_named_is_an_error(config, source):
    assert fail(config, SourceError, source)


def test_an_endless_device_is_cut_off(config):
    assert "larger than" in fail(config, SourceError, "/dev/zero")


def test_a_directory_without_articles_is_an_error(config, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert "this directory holds no article" in fail(config, SourceError, tmp_path)


def test_an_article_that_comes_twice_is_kept_once(config, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    first, second = read(config, tmp_path / "a.txt", tmp_path / "b.txt")
    assert isinstance(first, Article)
    with pytest.raises(RecordError, match=r"b\.txt: the article '\w{16}' was in this run before"):
        raise second


def test_a_wrong_date_is_refused_before_anything_is_read(config):
    with pytest.raises(ValueError, match="no date"):
        read_sources(["missing.txt"], config, published="soon")


def test_private_web_addresses_are_refused(config):
    assert "private address" in fail(config, SourceError, "http://127.0.0.1:9/a.html")


def test_errors_are_values_and_never_raised(config, tmp_path):
    items = read(config, tmp_path / "x", tmp_path / "y", "http://localhost/")
    assert [isinstance(item, ArticleError) for item in items] == [True] * 3
