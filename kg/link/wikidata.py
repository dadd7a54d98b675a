"""Wikidata itself as a catalogue: names are searched, items fetched and kinds told over its public services."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.config import WIKIDATA_API, WIKIDATA_QUERY, Config
from kg.errors import CatalogueError
from kg.link.names import edit_distance, name_variants, normalise, strip_title
from kg.link.wikidata_api import AnswerCache, Endpoint, Sleep, open_endpoint
from kg.link.wikidata_items import HUMAN, QID, Item, choose_kind, find_kind, load_class_kinds, match_name, read_item
from kg.model import Candidate

BATCH = 50  # ids in one request, the API's limit
MOST_BYTES = 200_000_000  # 50 countries with all their statements
LONGEST_NAME = 250  # Wikidata holds no longer ones
MOST_SURNAMES = 12
MOST_LOOSE = 10
LEAST_POPULAR = {"surname": 0.25, "part": 0.3, "acronym": 0.4}  # below, a part of a name says too little
DEEPEST = 8  # levels of superclasses
_ENTITY = "http://www.wikidata.org/entity/"
_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ch|ic|ss|er|en|k)s?$")  # how demonyms end
_PREFIXES = """
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_COUNTRIES = """
SELECT ?country ?name ?demonym WHERE {
  ?country p:P31/ps:P31 wd:Q3624078 .
  FILTER NOT EXISTS { ?country wdt:P576 ?end }
  { ?country wdt:P1549 ?name BIND(1 AS ?demonym) } UNION { ?country rdfs:label ?name BIND(0 AS ?demonym) }
  FILTER(LANG(?name) = "en")
}
"""
_SUPERCLASSES = """
SELECT DISTINCT ?class ?above WHERE {{ VALUES ?start {{ {classes} }} ?start wdt:P279* ?class . ?class wdt:P279 ?above }}
"""


def open_wikidata(config: Config, *, sleep: Sleep = time.sleep) -> WikidataCatalogue:
    """Wikidata over the services that ``config`` names, with its answers kept below ``config.cache``.

    Addresses that the settings name in place of Wikidata's own may be private ones.
    """
    roomy = replace(config, max_bytes=max(config.max_bytes, MOST_BYTES))
    api, query = (
        open_endpoint(
            url,
            replace(roomy, private_addresses=config.private_addresses or url != known),
            lag=known == WIKIDATA_API,
            sleep=sleep,
        )
        for url, known in ((config.wikidata_api, WIKIDATA_API), (config.wikidata_query, WIKIDATA_QUERY))
    )
    cache = AnswerCache(config.cache / "wikidata.sqlite", days=config.wikidata_days)
    return WikidataCatalogue(api, query, cache, source=config.wikidata_api)


@dataclass(frozen=True, slots=True)
class Countries:
    """How countries are called, by normalised name.

    ``demonyms`` gives all countries of each, ``items`` the one country that a name or demonym stands for without doubt,
    ``labels`` the name of each country.
    """

    demonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def replace_demonyms(self, key: str) -> str:
        """A name with countries in place of their adjectives: "kenya parliament" for "kenyan parliament"."""
        words = key.split()
        return " ".join(self.labels.get(self.items.get(w, ""), w) if w in self.demonyms else w for w in words)


def read_countries(rows: Iterable[Mapping[str, str]]) -> Countries:
    """The countries of the query's rows; a people is called like its adjective, or with an s."""
    named: dict[str, dict[str, None]] = {}
    demonyms: dict[str, dict[str, None]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        qid, name = row.get("country", "").removeprefix(_ENTITY), normalise(row.get("name", ""))
        named.setdefault(name, {})[qid] = None
        if row.get("demonym") != "1":
            labels[qid] = name
            continue
        for form in (name, name + "s"):
            demonyms.setdefault(form, {})[qid] = None
    items = {name: next(iter(qids)) for name, qids in named.items() if len(qids) == 1}
    return Countries({name: tuple(qids) for name, qids in demonyms.items()}, items, labels)


class WikidataCatalogue:
    """The items of Wikidata, as far as one search for a name finds them.

    ``find`` and ``get`` raise CatalogueError when a service does not answer. ``source`` tells the answers of one
    Wikidata from those of another in the cache.
    """

    def __init__(self, api: Endpoint, query: Endpoint, cache: AnswerCache, *, source: str = WIKIDATA_API) -> None:
        self._api = api
        self._query = query
        self._cache = cache
        self._source = source

    def __enter__(self) -> WikidataCatalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connections and the cache go."""
        self._api.close()
        self._query.close()
        self._cache.close()

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        """As the protocol says; ``matched`` tells how, as the shipped catalogue does it."""
        shown = " ".join(name.split())
        keys = name_variants(shown)
        if not keys or len(shown) > LONGEST_NAME:
            return ()
        countries = self._tell_countries(keys[0])
        texts = [shown, *(key for key in keys if key != normalise(shown))]
        found = self._match(self._search_names(texts, limit), keys, countries)
        if " " not in keys[0]:
            found |= self._match(self._search_surname(keys[0]), keys, countries, kept=found)
        elif not found:
            found = self._match(self._search_words(countries.replace_demonyms(keys[-1]), "{}"), keys, countries)
        for qid in countries.demonyms.get(keys[0], ()):
            found |= {qid: c for qid, c in self._candidates([qid], matched="demonym").items() if qid not in found}
        ranked = sorted(found.values(), key=lambda c: (-(c.popularity or 0.0), int(c.qid[1:])))[:limit]
        if similar:
            ranked += self._find_similar(keys[-1], found)
        return tuple(ranked)

    def get(self, qid: str) -> Candidate | None:
        """As the protocol says; of an item that was merged into another, the other."""
        if not QID.fullmatch(qid):
            return None
        return next(iter(self._candidates([qid]).values()), None)

    def _match(
        self, qids: Sequence[str], keys: Sequence[str], countries: Countries, *, kept: Iterable[str] = ()
    ) -> dict[str, Candidate]:
        """The candidates among items that one of the keys is a name of; only people are called with titles."""
        items = self._fetch([qid for qid in qids if qid not in set(kept)])
        kinds = self._tell_kinds(items.values())
        untitled = {strip_title(key) for key in keys} - {key for key in keys if strip_title(key) != key} - {keys[0]}
        matching: dict[str, Candidate] = {}
        for item in items.values():
            kind = kinds[item.qid]
            for key in keys:
                if key in untitled and kind not in (None, "person"):
                    continue
                matched = match_name(item, kind, key, countries.items)
                if matched and item.popularity >= LEAST_POPULAR.get(matched, 0.0):
                    matching.setdefault(item.qid, item.to_candidate(kind, matched=matched))
        return matching

    def _find_similar(self, key: str, found: Mapping[str, Candidate]) -> list[Candidate]:
        """Items that are called nearly so: one letter in seven differs, at most three."""
        most = min(3, len(key) // 7 + (" " in key or len(key) > 8))
        if not most:
            return []
        near: list[tuple[int, Candidate]] = []
        for qid, candidate in self._candidates(self._search_words(key, "{}~"), matched="similar").items():
            distance = edit_distance(key, normalise(candidate.label), most=most)
            if qid not in found and distance <= most:
                near.append((distance, candidate))
        return [c for _, c in sorted(near, key=lambda pair: (pair[0], int(pair[1].qid[1:])))]

    def _candidates(self, qids: Sequence[str], *, matched: str = "") -> dict[str, Candidate]:
        items = self._fetch(qids)
        kinds = self._tell_kinds(items.values())
        return {item.qid: item.to_candidate(kinds[item.qid], matched=matched) for item in items.values()}

    def _search_names(self, texts: Sequence[str], limit: int) -> list[str]:
        """Items whose label or alias begins with one of the texts, as the API ranks them."""
        found: list[str] = []
        for text in texts:
            request = {"action": "wbsearchentities", "search": text, "language": "en", "uselang": "en", "type": "item"}
            found += self._search(request | {"limit": str(min(limit, BATCH))}, "search", "id")
        return list(dict.fromkeys(found))

    def _search_surname(self, key: str) -> list[str]:
        """People who have a word in their names."""
        return self._search_text(f'inlabel:"{key}" haswbstatement:P31={HUMAN}', MOST_SURNAMES)

    def _search_words(self, key: str, form: str) -> list[str]:
        """Items that hold all words of a key, each written as ``form`` says."""
        return self._search_text(" ".join(form.format(word) for word in key.split()), MOST_LOOSE)

    def _search_text(self, text: str, limit: int) -> list[str]:
        request = {"action": "query", "list": "search", "srnamespace": "0", "srsearch": text, "srlimit": str(limit)}
        return self._search(request | {"srprop": ""}, "query", "title")

    def _search(self, request: Mapping[str, str], part: str, field: str) -> list[str]:
        """The item ids that a search gives, from the cache if they were asked for before."""
        key = f"{self._source} " + "&".join(f"{name}={value}" for name, value in sorted(request.items()))
        kept = self._cache.get(key)
        if isinstance(kept, list):
            return [qid for qid in kept if isinstance(qid, str)]
        answer = self._api.ask(request)
        inside = answer.get(part)
        hits = inside.get("search") if part == "query" and isinstance(inside, dict) else inside
        if not isinstance(hits, list):
            raise CatalogueError(f"Wikidata gave no list for {request.get('search') or request.get('srsearch')!r}")
        qids = [str(hit.get(field)) for hit in hits if isinstance(hit, dict)]
        qids = [qid for qid in qids if QID.fullmatch(qid)]
        self._cache.put({key: qids})
        return qids

    def _fetch(self, qids: Sequence[str], *, nameless: bool = False) -> dict[str, Item]:
        """The items that are there, by the id asked for; those without a name only if ``nameless``."""
        found: dict[str, Item] = {}
        missing = []
        for qid in dict.fromkeys(qids):
            kept = self._cache.get(f"{self._source} {qid}")
            if not isinstance(kept, dict):
                missing.append(qid)
            elif item := Item.from_json(kept):
                found[qid] = item
        for first in range(0, len(missing), BATCH):
            found |= self._fetch_batch(missing[first : first + BATCH])
        return {qid: item for qid, item in found.items() if nameless or not item.is_nameless()}

    def _fetch_batch(self, qids: Sequence[str]) -> dict[str, Item]:
        request = {"action": "wbgetentities", "ids": "|".join(qids), "languages": "en|mul"}
        answer = self._api.ask(request | {"props": "labels|descriptions|aliases|claims|sitelinks"})
        entities = answer.get("entities")
        if not isinstance(entities, dict) or not set(qids) <= entities.keys():
            raise CatalogueError(f"Wikidata's answer lacks some of the {len(qids)} items that were asked for")
        found = {qid: item for qid in qids if (item := read_item(entities[qid]))}
        self._cache.put({f"{self._source} {qid}": item.to_json() if (item := found.get(qid)) else {} for qid in qids})
        return found

    def _tell_kinds(self, items: Iterable[Item]) -> dict[str, str | None]:
        """The kind of each item, by the first of its classes that tells one."""
        known = list(items)
        told = self._tell_class_kinds({c for item in known if HUMAN not in item.classes for c in item.classes})
        return {item.qid: choose_kind(item.classes, told) for item in known}

    def _tell_class_kinds(self, classes: Iterable[str]) -> Mapping[str, str]:
        """The kind of each class, or of the nearest class above it that has one; empty where none has."""
        told = {c: load_class_kinds().get(c) or self._cache.get(f"{self._source} kind {c}") for c in sorted(classes)}
        kinds = {c: kind for c, kind in told.items() if isinstance(kind, str)}
        missing = [c for c in told if c not in kinds]
        for first in range(0, len(missing), BATCH):
            batch = missing[first : first + BATCH]
            above = self._fetch_superclasses(batch)
            found = {c: find_kind(c, above) for c in batch}
            self._cache.put({f"{self._source} kind {c}": kind for c, kind in found.items()})
            kinds |= found
        return kinds

    def _fetch_superclasses(self, classes: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """What is above each class, up to the top: by one query, or level by level where that has no answer."""
        above: dict[str, Sequence[str]] = {}
        try:
            rows = self._select(_SUPERCLASSES.format(classes=" ".join(f"wd:{c}" for c in classes)))
        except CatalogueError:
            level = list(classes)
            for _ in range(DEEPEST):
                items = self._fetch(level, nameless=True)
                above |= {c: items[c].superclasses if c in items else () for c in level}
                level = [c for c in dict.fromkeys(c for b in level for c in above[b]) if c not in above]
                level = [c for c in level if c not in load_class_kinds()]
            return above
        for row in rows:
            lower, upper = (row.get(name, "").removeprefix(_ENTITY) for name in ("class", "above"))
            above[lower] = [*above.get(lower, ()), upper]
        return above

    def _tell_countries(self, key: str) -> Countries:
        """The names and demonyms of countries.

        While the query service is silent, names go on that hold no word which may be a demonym.
        """
        cached = f"{self._source} countries"
        rows = self._cache.get(cached)
        if not isinstance(rows, list):
            try:
                rows = self._select(_COUNTRIES)
                if not rows:
                    raise CatalogueError("the query service knows no countries")
            except CatalogueError:
                if any(_ADJECTIVE.search(word) for word in key.split()):
                    raise
                return Countries()
            self._cache.put({cached: rows})
        return read_countries(rows)

    def _select(self, sparql: str) -> list[dict[str, str]]:
        """The rows of a query: the text of each value."""
        results = self._query.ask({"query": _PREFIXES + sparql}).get("results")
        bindings = results.get("bindings") if isinstance(results, dict) else None
        if not isinstance(bindings, list):
            raise CatalogueError("the query service's answer has no rows")
        return [
            {name: str(term.get("value", "")) for name, term in row.items() if isinstance(term, dict)}
            for row in bindings
            if isinstance(row, dict)
        ]
