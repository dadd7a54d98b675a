import pytest

from kg.errors import ContentError
from kg.ingest.formats import extract_page, is_html

BODY = (
    "<article><h1>Plant stays open</h1><p>Acme Corp said on Friday that it would keep its plant in Leeds open.</p>"
    "<p>The café’s owner said that the town had hoped for such news since the spring.</p></article>"
)


def make_page(head: str = "", body: str = BODY) -> str:
    return f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav>{body}</body></html>"


def test_text_and_metadata_of_a_page_are_found():
    head = (
        '<meta charset="utf-8"><title>Plant stays open</title><link rel="canonical" href="https://news.example/plant">'
        '<meta property="article:published_time" content="2021-03-04T10:00:00Z">'
        '<meta property="og:site_name" content="The Daily Example"><meta name="author" content="Ann Bee">'
    )
    page = extract_page(make_page(head).encode(), "a.html")
    assert "Acme Corp said on Friday that it would keep its plant in Leeds open.\nThe café’s owner" in page.text
    assert "Home" not in page.text
    assert (page.title, page.url) == ("Plant stays open", "https://news.example/plant")
    assert (page.published, page.publisher, page.authors) == ("2021-03-04", "The Daily Example", ("Ann Bee",))


def test_what_a_page_does_not_say_stays_unknown():
    page = extract_page(make_page().encode(), "a.html")
    assert (page.url, page.published, page.publisher, page.authors) == (None, None, None, ())


def test_a_year_in_the_text_is_no_date_of_publication():
    body = BODY + "<p>The plant was built on 4 May 1973 and was sold on 12 June 2008, officials said.</p>"
    assert extract_page(make_page(body=body).encode(), "a.html").published is None


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        pytest.param('<meta charset="windows-1252">', None, id="meta"),
        pytest.param('<meta http-equiv="content-type" content="text/html; charset=iso-8859-1">', None, id="http-equiv"),
        pytest.param("", "windows-1252", id="server"),
        pytest.param("", None, id="detected"),
    ],
)
def test_a_page_is_decoded_as_declared(head, charset):
    page = extract_page(make_page(head).encode("cp1252"), "a.html", charset=charset)
    assert "The café’s owner" in page.text


def test_xhtml_with_a_declared_encoding_is_read():
    data = '<?xml version="1.0" encoding="windows-1252"?>' + make_page()
    assert "The café’s owner" in extract_page(data.encode("cp1252"), "a.xhtml").text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<html></html>", id="empty"),
        pytest.param(make_page(body="<ul><li><a href='/a'>About us</a></li><li>Contact</li></ul>"), id="menu"),
        pytest.param(make_page(body="<script>var a = 'one two three four five six seven.';</script>"), id="script"),
        pytest.param("<html><body>" + "<div>" * 5000 + "deep", id="deep"),
        pytest.param("<<<>>><html <p", id="garbage"),
    ],
)
def test_a_page_without_an_article_is_refused(html):
    with pytest.raises(ContentError, match=r"a\.html: this HTML page holds no article"):
        extract_page(html.encode(), "a.html")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\n <html lang='en'>", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE html>", True),
        (b"<!-- saved --><html>", True),
        (b"<rss version='2.0'>", False),
        (b"The <html> element", False),
    ],
)
def test_html_is_known_by_how_it_begins(data, expected):
    assert is_html(data) is expected
