import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.config import Config
from kg.errors import SourceError
from kg.ingest import read_sources
from kg.web import Service, _read_wait, fetch

PAGE = b"<html><body><p>Acme said on Friday that it would keep its plant in Leeds open.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers each path as its name says."""

    def do_GET(self):
        getattr(self, "show_" + self.path.partition("?")[0].strip("/").split("/")[0])()

    def log_message(self, *_):
        pass

    def answer(self, body=PAGE, status=200, **headers):
        self.server.seen.append(self.path)
        self.send_response(status)
        for name, value in ({"content_type": "text/html; charset=windows-1252"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def show_page(self):
        self.answer()

    def show_canonical(self):
        self.answer(
            PAGE.replace(b"<html>", b'<html><head><link rel="canonical" href="https://other.example/1"></head>')
        )

    def show_text(self):
        self.answer(b"Acme said so.", content_type="text/plain")

    def show_pdf(self):
        self.answer(b"%PDF", content_type="application/pdf")

    def show_missing(self):
        self.answer(status=404)

    def show_big(self):
        self.answer(b"x" * 50_000)

    def show_bomb(self):
        self.answer(gzip.compress(b"x" * 5_000_000), content_encoding="gzip")

    def show_moved(self):
        self.answer(b"", 302, location="/page")

    def show_loop(self):
        self.answer(b"", 302, location="/loop")

    def show_local(self):
        self.answer(b"", 302, location="file:///etc/passwd")

    def show_slow(self):
        time.sleep(0.8)
        self.answer()

    def show_drip(self):
        self.answer(b"")
        for _ in range(40):
            time.sleep(0.05)
            self.wfile.write(b"x")


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.seen = []
        running.handle_error = lambda *_: None
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def address(server):
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path, cache=tmp_path, max_bytes=10_000, timeout=0.5, private_addresses=True)


def test_a_page_comes_with_its_address_kind_and_charset(address, config):
    page = fetch(f"{address}/moved", config)
    assert (page.url, page.kind, page.charset) == (f"{address}/page", "text/html", "windows-1252")
    assert page.content == PAGE


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "the server answered 404"),
        ("pdf", "is application/pdf, not a page"),
        ("big", "larger than 10,000 bytes"),
        ("bomb", "larger than 10,000 bytes"),
        ("loop", "more than 5 redirects"),
        ("local", "is no http or https address"),
        ("slow", r"no answer within 0\.5 seconds"),
        ("drip", r"took longer than 0\.5 seconds|no answer within"),
    ],
)
def test_a_page_that_cannot_be_had_is_one_clear_error(address, config, path, message):
    with pytest.raises(SourceError, match=message) as caught:
        fetch(f"{address}/{path}", config)
    assert "\n" not in str(caught.value)


def test_a_closed_port_is_one_clear_error(config):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be fetched: connection refused"):
        fetch(f"http://127.0.0.1:{port}/", config)


def test_addresses_with_a_password_are_refused(config):
    with pytest.raises(SourceError, match="user name or password") as caught:
        fetch("http://ann:secret@news.example/", config)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "a.localhost", "10.0.0.8", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]", 
     "0.0.0.0", "[::ffff:10.0.0.8]", "[2002:0a00:0008::]", "100.64.0.1", "224.0.0.1"],
)  # fmt: skip
def test_private_hosts_are_refused_unless_allowed(tmp_path, host):
    with pytest.raises(SourceError, match="is a private address"):
        fetch(f"http://{host}/", Config(store=tmp_path, cache=tmp_path))


def test_a_public_name_of_a_private_address_is_refused_before_anything_is_sent(server, tmp_path, monkeypatch):
    def resolve(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server.seen.clear()
    with pytest.raises(SourceError, match=r"127\.0\.0\.1: is a private address"):
        fetch(f"http://news.example:{server.server_port}/page", Config(store=tmp_path, cache=tmp_path))
    assert server.seen == []


def test_an_article_from_the_web_keeps_its_address_and_when_it_came(address, config):
    [(_, article)] = read_sources([f"{address}/moved#top"], config)
    assert article.url == f"{address}/page"
    assert article.retrieved is not None
    assert "Acme said on Friday" in article.text


def test_a_page_cannot_claim_the_address_of_another_host(address, config):
    [(_, article)] = read_sources([f"{address}/canonical"], config)
    assert article.url == f"{address}/canonical"


def test_plain_text_from_the_web_is_read(address, config):
    [(_, article)] = read_sources([f"{address}/text"], config)
    assert article.text == "Acme said so."


def ask(address, config, path, **parameters):
    with Service(f"{address}/{path}", config) as service:
        return service.ask(parameters)


def test_a_service_answers_with_status_and_content(address, config, server):
    server.seen.clear()
    reply = ask(address, config, "page", search="a b&c")
    assert (reply.status, reply.retry_after, reply.content) == (200, None, PAGE)
    assert server.seen == ["/page?search=a+b%26c"]
    assert ask(address, config, "missing").status == 404
    assert ask(address, config, "moved").content == PAGE


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("big", "larger than 10,000 bytes"),
        ("loop", "more than 5 redirects"),
        ("local", "is no http or https address"),
        ("slow", r"no answer within 0\.5 seconds"),
    ],
)
def test_a_service_that_gives_nothing_is_one_clear_error(address, config, path, message):
    with pytest.raises(SourceError, match=message):
        ask(address, config, path)


def test_a_private_service_is_refused_unless_allowed(address, tmp_path):
    with pytest.raises(SourceError, match="is a private address"):
        ask(address, Config(store=tmp_path, cache=tmp_path), "page")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("", None),
        (None, None),
    ],
)
def test_how_long_a_service_asks_to_wait(header, seconds):
    assert _read_wait(header) == seconds
