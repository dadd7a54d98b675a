"""The settings of a run: one frozen value, built once from defaults, a TOML file and ``KG_*`` variables."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from kg.errors import ConfigError

APP = "newskg"
WIKIDATA_API = "https://www.wikidata.org/w/api.php"
WIKIDATA_QUERY = "https://query.wikidata.org/sparql"


def default_store() -> Path:
    """The directory of the store when none is named."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "store"


def default_own() -> Path:
    """The file of the newsroom's own people and things when none is named."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "own.sqlite"


def default_cache() -> Path:
    """The directory for what can be made again: the catalogue's index."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


@dataclass(frozen=True, slots=True)
class Config:
    """All settings.

    ``catalogue`` is a catalogue built from a dump of Wikidata (None: the one that ships); ``own`` holds what was added
    to it by hand, if anything was. ``base`` is the IRI below which the data's own nodes live; ``min_score`` the least
    score of a link that is asserted (None: the threshold that the catalogue was calibrated with); ``max_bytes`` the
    largest source read; ``threads`` how many threads the model may use (0: all cores); ``processes`` how many
    processes read when there are many articles, each with 0.4 GB (1: this one alone; 0: as many as threads, at most 8);
    ``timeout`` is in seconds. ``wikidata`` says where items are looked up, in this order: "catalogue", "live" (Wikidata
    itself) or "catalogue,live"; ``relations`` says which are read: "stated" in a sentence, or also those that a whole
    text only "implied"; ``wikidata_api`` and ``wikidata_query`` are the addresses of its API and its query service,
    ``wikidata_days`` how long their answers are kept.
    """

    store: Path
    cache: Path
    catalogue: Path | None = None
    own: Path | None = None
    base: str = "https://w3id.org/newskg/id/"
    min_score: float | None = None
    max_bytes: int = 20_000_000
    threads: int = 0
    processes: int = 0
    timeout: float = 20.0
    private_addresses: bool = False
    relations: str = "stated"
    wikidata: str = "catalogue"
    wikidata_api: str = WIKIDATA_API
    wikidata_query: str = WIKIDATA_QUERY
    wikidata_days: float = 30.0

    @classmethod
    def load(cls, file: Path | None = None, *, environment: Mapping[str, str] | None = None, **given: object) -> Config:
        """The settings from defaults, then ``file`` (TOML), then ``KG_*`` variables, then ``given``; None is not given.

        ``file`` may also be named by ``KG_CONFIG``. Raises ConfigError for an unknown key or an impossible value.
        """
        variables = dict(os.environ if environment is None else environment)
        named = variables.pop("KG_CONFIG", None)
        file = file or (Path(named) if named else None)
        config = cls(store=default_store(), cache=default_cache(), own=default_own())
        if file is not None:
            config = config.updated(_read_toml(file), source=str(file))
        from_variables = {key[3:].lower(): value for key, value in variables.items() if key.startswith("KG_")}
        config = config.updated(from_variables, source="the environment (KG_*)")
        return config.updated({k: v for k, v in given.items() if v is not None}, source="the arguments")

    def updated(self, values: Mapping[str, object], *, source: str) -> Config:
        """A copy with ``values`` set, each converted to its field's type; ``source`` names them in errors."""
        known = {f.name for f in fields(self)}
        for key in values:
            if key not in known:
                raise ConfigError(f"unknown setting {key!r} in {source}; known are: {', '.join(sorted(known))}")
        changed = {key: _convert(key, value, source) for key, value in values.items()}
        return replace(self, **changed)  # type: ignore[arg-type]


def _read_toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the settings file {file}: {error.strerror}; check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"the settings file {file} is not valid TOML: {error}") from error


def _convert(key: str, value: object, source: str) -> object:
    try:
        return _CONVERTERS[key](value)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"setting {key!r} in {source} cannot be {value!r}: {error}") from error


def _path(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip():
        raise ValueError("give a path")
    return Path(value).expanduser()


def _base(value: object) -> str:
    text = str(value)
    if not text.startswith(("http://", "https://")) or not text.endswith(("/", "#")) or set(text) & set(' <>"{}|\\^`'):
        raise ValueError("give an http(s) IRI that ends in / or #")
    return text


def _score(value: object) -> float:
    number = float(str(value))
    if not 0.0 <= number <= 1.0:
        raise ValueError("give a number from 0 to 1")
    return number


def _whole(value: object) -> int:
    number = int(str(value))
    if number < 0:
        raise ValueError("give a whole number, 0 or more")
    return number


def _seconds(value: object) -> float:
    number = float(str(value))
    if not 0 < number < float("inf"):
        raise ValueError("give a number of seconds above 0")
    return number


def _reach(value: object) -> str:
    if value not in ("stated", "implied"):
        raise ValueError("give stated or implied")
    return str(value)


def _places(value: object) -> str:
    names = [name.strip() for name in str(value).split(",")]
    if len(set(names)) < len(names) or not set(names) <= {"catalogue", "live"}:
        raise ValueError("give catalogue, live, or both with a comma between them")
    return ",".join(names)


def _address(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
        raise ValueError("give an http(s) address without ? or #")
    return text


def _days(value: object) -> float:
    number = float(str(value))
    if not 0 <= number < float("inf"):
        raise ValueError("give a number of days, 0 or more")
    return number


def _flag(value: object) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    text = str(value).lower()
    if text not in known:
        raise ValueError("give true or false")
    return known[text]


_CONVERTERS = {
    "store": _path,
    "cache": _path,
    "catalogue": _path,
    "own": _path,
    "base": _base,
    "min_score": _score,
    "max_bytes": _whole,
    "threads": _whole,
    "processes": _whole,
    "timeout": _seconds,
    "private_addresses": _flag,
    "relations": _reach,
    "wikidata": _places,
    "wikidata_api": _address,
    "wikidata_query": _address,
    "wikidata_days": _days,
}
