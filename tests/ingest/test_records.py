import io
import json

import pytest

from kg.errors import ArticleError, ContentError, RecordError, SourceError
from kg.ingest.formats import read_records

TEXT = "Acme said on Friday that it would stay."


def read(data: bytes, **options):
    return list(read_records(io.BytesIO(data), "a.jsonl", **({"max_bytes": 1000} | options)))


def read_one(**record):
    [(_, item)] = read(json.dumps(record).encode())
    return item


def test_a_record_gives_an_article_with_all_it_says():
    item = read_one(
        text=TEXT, id="a1", url="https://news.example/1", title="T", published="2020-01-07", publisher="P",
        language="en-GB", authors=["Ann Bee"], more={"kept": "out"},
    )  # fmt: skip
    assert (item.id, item.url, item.title) == ("a1", "https://news.example/1", "T")
    assert (item.published, item.publisher, item.authors, item.language) == ("2020-01-07", "P", ("Ann Bee",), "en")


def test_the_text_is_taken_exactly_as_it_is():
    text = "\ufeff\r\n  Acme\u00a0said so.\r\r\n\t\x00 "
    assert read_one(text=text).text == text


def test_the_date_of_the_record_goes_before_the_given_one():
    lines = b'{"text": "Acme said so.", "published": "2020-01-07"}\n{"text": "Acme said so."}'
    assert [item.published for _, item in read(lines, published="2021-01-01")] == ["2020-01-07", "2021-01-01"]


def test_a_number_is_an_id_and_blank_fields_are_unknown():
    item = read_one(text=TEXT, id=0, title=" ", publisher=None, url="")
    assert (item.id, item.title, item.publisher, item.url) == ("0", None, None, None)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b"{oops", "line 1: is not valid JSON: .* at column 2", id="broken"),
        pytest.param(b'{"text": "cut', "line 1: is not valid JSON", id="cut"),
        pytest.param(b"[1, 2]", "line 1: is a list, not an object", id="list"),
        pytest.param(b"null", "line 1: is null", id="null"),
        pytest.param(b"{}", '"text" is missing', id="no text"),
        pytest.param(b'{"text": 5}', '"text" is a number', id="text is a number"),
        pytest.param(b'{"text": null}', '"text" is null', id="text is null"),
        pytest.param(b'{"text": "x", "url": 1}', '"url" is a number', id="url"),
        pytest.param(b'{"text": "x", "title": ["t"]}', '"title" is a list', id="title"),
        pytest.param(b'{"text": "x", "id": true}', '"id" is true or false', id="id"),
        pytest.param(b'{"text": "x", "id": {}}', '"id" is an object', id="id is an object"),
        pytest.param(b'{"text": "x", "published": "4 January"}', '"published" .* is no date', id="date"),
        pytest.param(b'{"text": "x", "published": 2020}', '"published" is a number', id="date is a number"),
        pytest.param(b'{"text": "x", "authors": "Ann"}', '"authors" is a string', id="authors"),
        pytest.param(b'{"text": "x", "title": "\\ud800"}', '"title" has half a character', id="surrogate"),
        pytest.param(b'{"text": "\xff"}', "is not UTF-8 at byte 10", id="encoding"),
        pytest.param(b"[" * 900, "line 1: is", id="deep"),
        pytest.param(b'{"n": ' + b"1" * 990 + b"}", '"text" is missing', id="long number"),
    ],
)
def test_a_broken_line_is_an_error_of_its_own(line, message):
    [(_, item), (place, following)] = read(line + b'\n{"text": "Acme said so."}\n')
    assert isinstance(item, RecordError)
    with pytest.raises(RecordError, match=message):
        raise item
    assert (place, following.text) == ("a.jsonl line 2", "Acme said so.")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        pytest.param({"text": "  "}, "holds no text", id="blank"),
        pytest.param({"text": "x\ud800"}, "lone surrogate", id="surrogate"),
        pytest.param({"text": TEXT, "language": "de"}, "its language is 'de'", id="declared"),
        pytest.param({"text": "Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen."}, "'de'", id="found"),
    ],
)
def test_a_record_without_english_text_is_refused(record, message):
    item = read_one(**record)
    assert isinstance(item, ContentError)
    with pytest.raises(ContentError, match=message):
        raise item


def test_a_line_that_is_too_long_is_skipped_and_never_held():
    class Counting(io.BytesIO):
        longest = 0

        def readline(self, size=-1):
            line = super().readline(size)
            self.longest = max(self.longest, len(line))
            return line

    stream = Counting(b'{"text": "' + b"x" * 500_000 + b'"}\n{"text": "Acme said so."}')
    (_, item), (place, following) = read_records(stream, "a.jsonl", max_bytes=100)
    assert isinstance(item, SourceError)
    assert "line 1: is longer than 100 bytes" in str(item)
    assert (place, following.text) == ("a.jsonl line 2", "Acme said so.")
    assert stream.longest <= 1 << 16


def test_blank_lines_count_but_are_no_records():
    assert [place for place, _ in read(b'\n\n{"text": "Acme said so."}\n \n')] == ["a.jsonl line 3"]


@pytest.mark.parametrize("data", [b"", b"\n \n"], ids=["nothing", "blank lines"])
def test_a_file_without_records_is_refused(data):
    [(_, item)] = read(data)
    assert isinstance(item, ContentError)
    assert "holds no articles" in str(item)


def test_a_mark_before_the_first_record_is_ignored():
    [(_, item)] = read(b'\xef\xbb\xbf{"text": "Acme said so."}')
    assert not isinstance(item, ArticleError)


def test_lines_are_read_one_at_a_time():
    def lines():
        yield b'{"text": "Acme said so."}\n'
        raise AssertionError("read ahead")

    class Lazy:
        def __init__(self):
            self.lines = lines()

        def readline(self, size):
            return next(self.lines)

    _, item = next(read_records(Lazy(), "a.jsonl", max_bytes=1000))
    assert item.text == "Acme said so."
