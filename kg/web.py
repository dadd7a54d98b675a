"""The one HTTP session: every download goes through here."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kg.config import Config
from kg.errors import SourceError

if TYPE_CHECKING:
    import requests

_REDIRECTS = 5
_CHUNK = 1 << 16
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "")
_AGENT = "newskg/0.1 (+https://w3id.org/newskg)"


@dataclass(frozen=True, slots=True)
class Download:
    """A page as it came: ``url`` after redirects, ``kind`` its media type, ``charset`` as the server declared it."""

    url: str
    content: bytes
    kind: str
    charset: str | None


def fetch(url: str, config: Config) -> Download:
    """The page at ``url``, after at most five redirects, each checked like the first address.

    Limits: ``config.max_bytes`` after decompression, ``config.timeout`` seconds for everything. Private, loopback and
    link-local addresses are refused when the connection is made, whatever the host's name resolved to before, unless
    ``config.private_addresses``. Raises SourceError.
    """
    import requests

    deadline = time.monotonic() + config.timeout
    with requests.Session() as session:
        session.headers.update({"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8"})
        if not config.private_addresses:
            _guard_session(session)
        try:
            return _follow(session, url, config, deadline)
        except requests.Timeout as error:
            raise SourceError(f"{url}: no answer within {config.timeout:g} seconds; try again later") from error
        except (requests.RequestException, OSError, UnicodeError) as error:
            raise SourceError(f"{url}: {_explain(error)}") from error


@dataclass(frozen=True, slots=True)
class Reply:
    """What a web service sent: ``status`` of HTTP, ``retry_after`` in seconds when it asked to wait."""

    status: int
    retry_after: float | None
    content: bytes


class Service:
    """A web service at ``url``, asked with GET over one connection that stays open.

    Addresses, sizes and times are limited as ``fetch`` does it. Use ``with`` or ``close`` to let the connection go.
    """

    def __init__(self, url: str, config: Config, *, accept: str = "application/json") -> None:
        self.url = url
        self._config = config
        self._accept = accept
        self._session: requests.Session | None = None

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connection go; the next request opens a new one."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def ask(self, parameters: Mapping[str, str]) -> Reply:
        """The reply to a request, whatever its status, after redirects; SourceError when there is none."""
        import requests

        session = self._session = self._session or self._open_session()
        deadline = time.monotonic() + self._config.timeout
        try:
            here = requests.Request("GET", self.url, params=dict(parameters)).prepare().url or self.url
            for _ in range(_REDIRECTS + 1):
                _check_address(here, self._config)
                left = max(0.1, deadline - time.monotonic())
                with session.get(here, stream=True, allow_redirects=False, timeout=left) as response:
                    if response.is_redirect:
                        here = urljoin(here, response.headers["location"])
                        continue
                    content = _read_content(response, self.url, self._config, deadline)
                    return Reply(response.status_code, _read_wait(response.headers.get("retry-after")), content)
        except requests.Timeout as error:
            raise SourceError(f"{self.url}: no answer within {self._config.timeout:g} seconds") from error
        except (requests.RequestException, OSError, UnicodeError) as error:
            raise SourceError(f"{self.url}: {_explain(error)}") from error
        raise SourceError(f"{self.url}: more than {_REDIRECTS} redirects")

    def _open_session(self) -> requests.Session:
        import requests

        session = requests.Session()
        session.headers.update({"User-Agent": f"{_AGENT} requests/{requests.__version__}", "Accept": self._accept})
        if not self._config.private_addresses:
            _guard_session(session)
        return session


def _read_wait(header: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, which may give a moment instead; None when it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _follow(session: requests.Session, url: str, config: Config, deadline: float) -> Download:
    here = url
    for _ in range(_REDIRECTS + 1):
        _check_address(here, config)
        left = max(0.1, deadline - time.monotonic())
        with session.get(here, stream=True, allow_redirects=False, timeout=left) as response:
            if response.is_redirect:
                here = urljoin(here, response.headers["location"])
                continue
            if response.status_code != 200:
                raise SourceError(f"{url}: the server answered {response.status_code} {response.reason}".rstrip())
            return _read_response(response, here, config, deadline)
    raise SourceError(f"{url}: more than {_REDIRECTS} redirects")


def _read_response(response: requests.Response, url: str, config: Config, deadline: float) -> Download:
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in _KINDS:
        raise SourceError(f"{url}: is {kind}, not a page of text")
    content = _read_content(response, url, config, deadline)
    _, _, charset = rest.lower().partition("charset=")
    return Download(url, content, kind, charset.strip(" \"'") or None)


def _read_content(response: requests.Response, url: str, config: Config, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_content(_CHUNK):
        content += chunk
        if len(content) > config.max_bytes:
            raise SourceError(
                f"{url}: is larger than {config.max_bytes:,} bytes; raise the setting max_bytes to read it"
            )
        if time.monotonic() > deadline:
            raise SourceError(f"{url}: took longer than {config.timeout:g} seconds; raise the setting timeout")
    return bytes(content)


def _check_address(url: str, config: Config) -> None:
    """Refuses what is no plain web address; a host given as a number is checked here for the sake of proxies."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(f"{url}: is no http or https address")
    if parts.username or parts.password:
        raise SourceError(f"{parts.hostname}: addresses with a user name or password are not read")
    if config.private_addresses:
        return
    if parts.hostname == "localhost" or parts.hostname.endswith(".localhost") or _is_private(parts.hostname):
        raise SourceError(_refusal(parts.hostname))


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return not (mapped or address).is_global or address.is_multicast


def _refusal(host: str) -> str:
    return f"{host}: is a private address; set private_addresses to true to read from it"


def _guard_session(session: requests.Session) -> None:
    """Makes every direct connection of ``session`` check its peer before anything is sent."""
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    def refuse_private(opened: socket.socket) -> socket.socket:
        peer = str(opened.getpeername()[0])
        if _is_private(peer):
            opened.close()
            raise SourceError(_refusal(peer))
        return opened

    class GuardedHTTPConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return refuse_private(super()._new_conn())

    class GuardedHTTPSConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return refuse_private(super()._new_conn())

    class GuardedHTTPPool(HTTPConnectionPool):
        ConnectionCls = GuardedHTTPConnection

    class GuardedHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPSConnection

    for prefix in ("http://", "https://"):
        adapter = HTTPAdapter()
        adapter.poolmanager.pool_classes_by_scheme = {"http": GuardedHTTPPool, "https": GuardedHTTPSPool}
        session.mount(prefix, adapter)


def _explain(error: Exception) -> str:
    """The innermost cause in plain words."""
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]
    if isinstance(cause, socket.gaierror):
        return "this host is not known, or there is no network"
    return f"cannot be fetched: {str(getattr(cause, 'strerror', None) or cause).lower()}"
