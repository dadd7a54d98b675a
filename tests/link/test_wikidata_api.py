"""The services against a server on this machine that is slow, overloaded, damaged or gone."""

import socket
import sqlite3
import threading
from email.utils import formatdate

import pytest
from fake_wikidata import MAXLAG, api_error, be_slow, break_off, start_fake

from kg.config import Config
from kg.errors import CatalogueError
from kg.link.wikidata_api import LONGEST_WAIT, MOST_FAILURES, AnswerCache, open_endpoint

SEARCH = {"action": "wbsearchentities", "search": "Kenya", "language": "en", "limit": "5"}


@pytest.fixture
def server():
    running = start_fake()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def config(tmp_path):
    return Config(store=tmp_path, cache=tmp_path, timeout=0.4, private_addresses=True)


@pytest.fixture
def waits():
    return []


@pytest.fixture
def endpoint(server, config, waits):
    opened = open_endpoint(f"{server.address}/api", config, lag=True, sleep=waits.append)
    yield opened
    opened.close()


def test_a_request_names_the_program_and_stays_away_from_a_lagging_server(server, endpoint):
    endpoint.ask(SEARCH)
    [(_, parameters, headers)] = server.seen
    assert parameters["maxlag"] == "5"
    assert (parameters["format"], parameters["formatversion"]) == ("json", "2")
    assert headers["User-Agent"].startswith("newskg/")
    assert "+https://" in headers["User-Agent"]
    assert "gzip" in headers["Accept-Encoding"]


JSON = {"Content-Type": "application/json"}
PASSING = {
    "lag": (MAXLAG, 5.0),
    "lag without a pause": (api_error("maxlag"), 5.0),
    "rate limit": (api_error("ratelimited", "You've exceeded your rate limit."), 1.0),
    "read only": (api_error("readonly", "The wiki is currently in read-only mode."), 1.0),
    "internal error": (api_error("internal_api_error_DBQueryError", "[abc] Caught exception"), 1.0),
    "search engine busy": (api_error("cirrussearch-too-busy-error"), 1.0),
    "newer form of errors": ((200, JSON, b'{"errors": [{"code": "ratelimited", "text": "Wait."}]}'), 1.0),
    "too many requests": ((429, {"Retry-After": "7"}, b"Too many requests"), 7.0),
    "unavailable": ((503, {}, b"<html>Service Unavailable</html>"), 1.0),
    "bad gateway": ((502, JSON, b"{}"), 1.0),
    "time out of a gateway": ((504, {"Retry-After": "soon"}, b""), 1.0),
    "cut JSON": ((200, JSON, b'{"search": [{"id": "Q'), 1.0),
    "a page instead": ((200, {"Content-Type": "text/html"}, b"<html>Hello</html>"), 1.0),
    "a list instead": ((200, JSON, b"[]"), 1.0),
    "nothing": ((200, JSON, b""), 1.0),
    "no text": ((200, JSON, b"\xff\xfe{"), 1.0),
    "endless nesting": ((200, JSON, b"[" * 100_000), 1.0),
    "cut off": (break_off, 1.0),
    "slow": (be_slow, 1.0),
}  # fmt: skip


@pytest.mark.parametrize(("trouble", "wait"), PASSING.values(), ids=PASSING)
def test_what_passes_is_asked_again_after_a_pause(server, endpoint, waits, trouble, wait):
    server.troubles = [trouble]
    assert [hit["id"] for hit in endpoint.ask(SEARCH)["search"]] == ["Q1", "Q8", "Q4"][:2]
    assert waits == [wait]


def test_a_moment_instead_of_seconds_is_waited_for(server, endpoint, waits):
    server.troubles = [(429, {"Retry-After": formatdate(usegmt=True)}, b"")]
    endpoint.ask(SEARCH)
    assert len(waits) == 1
    assert 0 <= waits[0] <= 1


def test_pauses_double_and_end(server, endpoint, waits):
    server.troubles = [(503, {}, b"")] * 9
    with pytest.raises(CatalogueError, match="does not answer: status 503"):
        endpoint.ask(SEARCH)
    assert waits == [1.0, 2.0, 4.0]
    assert len(server.seen) == 4


def test_a_service_that_wants_a_long_pause_is_down(server, endpoint, waits):
    server.troubles = [(429, {"Retry-After": str(int(LONGEST_WAIT) + 1)}, b"")]
    with pytest.raises(CatalogueError, match="status 429"):
        endpoint.ask(SEARCH)
    assert (waits, len(server.seen)) == ([], 1)


LASTING = {
    "bad token": (api_error("badtoken", "Invalid CSRF token."), "badtoken: Invalid CSRF token"),
    "wrong value": (api_error("badvalue", "Unrecognized value."), "badvalue"),
    "forbidden": ((403, {}, b"Please set a user-agent"), "status 403"),
    "not there": ((404, {}, b""), "status 404"),
    "an error that is a word": ((200, JSON, b'{"error": "oops"}'), "unknown: oops"),
}


@pytest.mark.parametrize(("trouble", "message"), LASTING.values(), ids=LASTING)
def test_what_lasts_is_not_asked_again(server, endpoint, waits, trouble, message):
    server.troubles = [trouble]
    with pytest.raises(CatalogueError, match=message) as caught:
        endpoint.ask(SEARCH)
    assert (waits, len(server.seen)) == ([], 1)
    assert "\n" not in str(caught.value)


def test_a_service_that_is_down_is_not_asked_for_the_rest_of_the_run(server, endpoint):
    server.down = {"/api": (503, {}, b"")}
    for _ in range(MOST_FAILURES):
        with pytest.raises(CatalogueError, match="does not answer"):
            endpoint.ask(SEARCH)
    asked = len(server.seen)
    server.down = {}
    with pytest.raises(CatalogueError, match=r"is not asked any more in this run.*\(status 503\)"):
        endpoint.ask(SEARCH)
    assert len(server.seen) == asked


def test_requests_that_are_refused_are_no_outage(server, endpoint):
    server.troubles = [api_error("badvalue")] * (MOST_FAILURES + 1)
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(CatalogueError, match="badvalue"):
            endpoint.ask(SEARCH)
    assert endpoint.ask(SEARCH)["search"]


def test_an_answer_ends_a_row_of_failures(server, endpoint):
    for _ in range(MOST_FAILURES):
        server.troubles = [(404, {}, b"")] * (MOST_FAILURES - 1)
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(CatalogueError, match="404"):
                endpoint.ask(SEARCH)
        assert endpoint.ask(SEARCH)["search"]


def test_nobody_there_is_one_clear_error(config, waits):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    endpoint = open_endpoint(f"http://127.0.0.1:{port}/api", config, lag=True, sleep=waits.append)
    with pytest.raises(CatalogueError, match="connection refused") as caught:
        endpoint.ask(SEARCH)
    assert len(waits) == 1
    assert "\n" not in str(caught.value)


def test_redirects_are_followed(server, config):
    endpoint = open_endpoint(f"{server.address}/moved", config, lag=True)
    assert endpoint.ask(SEARCH)["search"]
    assert [path for path, *_ in server.seen] == ["/moved", "/api"]


def test_one_request_at_a_time_whatever_the_threads(server, endpoint):
    threads = [threading.Thread(target=endpoint.ask, args=(SEARCH,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(server.seen), server.most_open) == (8, 1)


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


def test_answers_are_kept_for_their_time(tmp_path):
    clock = Clock()
    cache = AnswerCache(tmp_path / "new" / "answers.sqlite", days=2, clock=clock)
    cache.put({"a": ["Q1"], "b": []})
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (["Q1"], [], None)
    clock.now += 2 * 86_400 + 1
    assert cache.get("a") is None
    cache.put({"a": {"x": "é"}})
    cache.close()
    again = AnswerCache(tmp_path / "new" / "answers.sqlite", days=2, clock=clock)
    assert again.get("a") == {"x": "é"}


def test_a_cache_for_no_days_keeps_nothing(tmp_path):
    clock = Clock()
    cache = AnswerCache(tmp_path / "a.sqlite", days=0, clock=clock)
    cache.put({"a": 1})
    assert cache.get("a") is None


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be one" * 50, b"", b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_damaged_cache_is_made_anew(tmp_path, content):
    path = tmp_path / "a.sqlite"
    path.write_bytes(content)
    cache = AnswerCache(path, days=1)
    cache.put({"a": 1})
    assert cache.get("a") == 1


def test_a_cache_that_breaks_while_it_is_used_is_made_anew(tmp_path):
    path = tmp_path / "a.sqlite"
    cache = AnswerCache(path, days=1)
    cache.put({str(n): "x" * 500 for n in range(200)})
    path.write_bytes(b"\xff" * path.stat().st_size)
    cache.get("1")
    cache.put({"a": 1})
    cache.close()
    cache = AnswerCache(path, days=1)
    cache.put({"a": 2})
    assert cache.get("a") == 2


def test_an_answer_of_no_json_is_no_answer(tmp_path):
    AnswerCache(tmp_path / "a.sqlite", days=1).put({"a": 1})
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        connection.execute("UPDATE answer SET body = '{'")
    assert AnswerCache(tmp_path / "a.sqlite", days=1).get("a") is None


@pytest.mark.parametrize("make", ["directory", "below a file"])
def test_a_place_that_cannot_be_written_only_means_no_cache(tmp_path, make):
    (tmp_path / "file").write_text("")
    (tmp_path / "directory").mkdir()
    path = tmp_path / "directory" if make == "directory" else tmp_path / "file" / "a.sqlite"
    cache = AnswerCache(path, days=1)
    cache.put({"a": 1})
    assert cache.get("a") is None
