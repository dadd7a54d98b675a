"""Reads corpora of linked mentions into readings whose entities have gold items, and scores links against them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kg.link.names import name_variants, normalise, word_set
from kg.model import Article, Entity, Kind, Link, Mention, Passage, Reading

NIL = "NIL"  # the annotators found no item
UNKNOWN = "UNKNOWN"  # there is an item, but its id is not known here


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One annotated mention: offsets, kind, and its item, ``NIL`` or ``UNKNOWN``."""

    start: int
    end: int
    kind: Kind
    item: str


@dataclass(frozen=True, slots=True)
class GoldReading:
    """A reading made of gold mentions, and the item of each of its entities."""

    corpus: str
    reading: Reading
    items: dict[str, str]


TitleFinder = Callable[[str], str]


def join_mentions(corpus: str, article: Article, mentions: Iterable[GoldMention]) -> GoldReading:
    """Joins mentions into entities by name, as a reader does, never by their item; persons also by a shorter name."""
    groups: dict[str, list[GoldMention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        variants = name_variants(article.text[mention.start : mention.end])
        if variants:
            groups.setdefault(variants[0], []).append(mention)
    for key in sorted(groups, key=len):
        if groups[key][0].kind == "person":
            longer = [k for k in groups if k != key and f" {k} ".endswith(f" {key} ") and groups[k][0].kind == "person"]
            if len(longer) == 1:
                groups[longer[0]] += groups.pop(key)
    entities, items = [], {}
    for number, group in enumerate(groups.values(), 1):
        passages = [Passage(m.start, m.end, article.text[m.start : m.end]) for m in group]
        passages += _fuller_names(article.text, passages) if group[0].kind == "person" else []
        name = max(passages, key=lambda p: len(p.text)).text
        kind = Counter(m.kind for m in group).most_common(1)[0][0]
        entity = Entity(f"e{number}", kind, " ".join(name.split()), tuple(Mention(p) for p in passages))
        entities.append(entity)
        items[entity.id] = Counter(m.item for m in group).most_common(1)[0][0]
    return GoldReading(corpus, Reading(article, tuple(entities)), items)


def _fuller_names(text: str, passages: list[Passage]) -> list[Passage]:
    """Places outside the annotated part where the article gives a surname's full name."""
    if any(" " in p.text for p in passages):
        return []
    found = re.finditer(rf"(?:[A-Z][\w.'-]+ ){{1,3}}{re.escape(passages[0].text)}\b", text)
    fuller = [Passage(m.start(), m.end(), m.group()) for m in found]
    return fuller if len({p.text for p in fuller}) == 1 else []


_ELEVANT_KINDS: dict[str, Kind] = {
    "Q215627": "person",
    "Q27096213": "place",
    "Q43229": "organisation",
    "Q1656682": "event",
    "Q17537576": "work",
    "Q11424": "work",
    "Q2424752": "product",
    "Q41710": "group",
    "Q33829": "group",
}


def read_elevant(path: Path, *, entity_kinds: Callable[[str], str | None] | None = None) -> Iterator[GoldReading]:
    """One of ELEVANT's benchmarks: the named mentions inside the evaluation span, without nested ones.

    Kinds come from the gold type, or from ``entity_kinds`` (an item's kind) where that is "other".
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        date = re.match(r"(\d{4})(\d{2})(\d{2}) - ", record["title"])
        published = "-".join(date.groups()) if date else ("1996-08-25" if path.stem.startswith("aida") else None)
        article = Article(f"{path.stem}-{record['id']}", record["text"], published=published)
        start, end = record["evaluation_span"]
        mentions = [
            GoldMention(
                label["span"][0],
                label["span"][1],
                _elevant_kind(label, entity_kinds),
                _elevant_item(label["entity_id"]),
            )
            for label in record["labels"]
            if start <= label["span"][0] < end
            and not label.get("coref")
            and _is_named(record["text"][slice(*label["span"])], label)
        ]
        yield join_mentions(path.stem, article, mentions)


def _is_named(name: str, label: dict[str, str]) -> bool:
    capital = any(word[:1].isupper() or word[1:2].isupper() for word in name.split())
    return capital and label["type"] not in {"DATETIME", "QUANTITY"} and not label.get("desc")


def _elevant_item(item: str) -> str:
    return item if re.fullmatch(r"Q\d+", item) else NIL


def _elevant_kind(label: dict[str, str], entity_kinds: Callable[[str], str | None] | None) -> Kind:
    kinds = [_ELEVANT_KINDS[t] for t in label["type"].split("|") if t in _ELEVANT_KINDS]
    order: tuple[Kind, ...] = ("person", "group", "place", "organisation", "event", "work", "product")
    kind: Kind = min(kinds, key=order.index, default="other")
    if entity_kinds is not None and entity_kinds(label["entity_id"]) in order and kind == "other":
        return entity_kinds(label["entity_id"])  # type: ignore[return-value]
    return kind


_KNOWLEDGENET_KINDS: dict[str, tuple[Kind, Kind]] = {
    "PLACE_OF_RESIDENCE": ("person", "place"),
    "PLACE_OF_BIRTH": ("person", "place"),
    "NATIONALITY": ("person", "place"),
    "HEADQUARTERS": ("organisation", "place"),
    "EMPLOYEE_OR_MEMBER_OF": ("person", "organisation"),
    "EDUCATED_AT": ("person", "organisation"),
    "CEO": ("organisation", "person"),
    "SUBSIDIARY_OF": ("organisation", "organisation"),
    "FOUNDED_BY": ("organisation", "person"),
    "POLITICAL_AFFILIATION": ("person", "organisation"),
    "SPOUSE": ("person", "person"),
    "PARENTS": ("person", "person"),
    "CHILD_OF": ("person", "person"),
}


def read_knowledgenet(path: Path, *, folds: Collection[int] = (1, 2, 3)) -> Iterator[GoldReading]:
    """KnowledgeNet: the named subjects and objects of its facts; one without an address has no item."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        if int(record["fold"]) not in folds:
            continue
        article = Article(f"knowledgenet-{record['documentId']}", record["documentText"])
        mentions: dict[tuple[int, int], GoldMention] = {}
        for fact in (fact for passage in record["passages"] for fact in passage["facts"]):
            kinds = _KNOWLEDGENET_KINDS.get(fact["propertyName"])
            for role, kind in zip(("subject", "object"), kinds or (), strict=bool(kinds)):
                start, end = fact[f"{role}Start"], fact[f"{role}End"]
                if not article.text[start:end][:1].isupper() or article.text[start:end].lower() in _PRONOUNS:
                    continue
                item = fact[f"{role}Uri"].rsplit("/", 1)[-1] or NIL
                if fact["propertyName"] == "NATIONALITY" and role == "object" and article.text[start:end] != item:
                    continue  # an adjective for a country: a people here, a country there
                if (start, end) not in mentions or mentions[start, end].item == NIL:
                    mentions[start, end] = GoldMention(start, end, kind, item)
        yield join_mentions("knowledgenet", article, mentions.values())


_PRONOUNS = word_set("he she it they him her them his its their who i we you")

_DWIE_KINDS: dict[str, Kind] = {
    "type::person": "person",
    "type::location": "place",
    "type::organization": "organisation",
    "type::event": "event",
    "type::work_of_art": "work",
    "type::product": "product",
}


def read_dwie(path: Path, title_item: TitleFinder) -> Iterator[GoldReading]:
    """DWIE: the named mentions of its entities; the items are Wikipedia titles, turned into ids by ``title_item``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, offsets = join_tokens([token for sentence in record["sents"] for token in sentence])
        years = [int(year) for year in re.findall(r"\b(?:19[89]|20[0-2])\d\b", text)]
        article = Article(record["id"], text, published=str(max(years)) if years else None)
        mentions = []
        for entity in record["entities"]:
            kind = next((_DWIE_KINDS[tag] for tag in entity["tags"] if tag in _DWIE_KINDS), None)
            if kind is None or any(tag.endswith("-x") for tag in entity["tags"]):
                continue  # "-x" marks adjectives of places
            item = title_item(entity["link"]) if entity.get("link") else NIL
            for mention in entity["mentions"]:
                first, last = mention["pos"]
                start, end = offsets[first][0], offsets[last - 1][1]
                if text[start:end][:1].isupper():
                    mentions.append(GoldMention(start, end, kind, item))
        yield join_mentions("dwie", article, mentions)


def join_tokens(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text of tokens with blanks between them, and the offsets of each token."""
    pieces, offsets, length = [], [], 0
    for token in tokens:
        offsets.append((length, length + len(token)))
        pieces.append(token)
        length += len(token) + 1
    return " ".join(pieces), offsets


def read_geovirus(path: Path, title_item: TitleFinder) -> Iterator[GoldReading]:
    """GeoVirus: places of news articles with Wikipedia pages; offsets of the file start at 1."""
    for number, node in enumerate(ElementTree.parse(path).getroot()):
        text = node.findtext("text") or ""
        mentions = []
        for location in node.iter("location"):
            start, end = int(location.findtext("start") or 0) - 1, int(location.findtext("end") or 0) - 1
            name = location.findtext("name") or ""
            if text[start:end] == name:
                title = unquote((location.findtext("page") or "").rsplit("/", 1)[-1])
                mentions.append(GoldMention(start, end, "place", title_item(title)))
        yield join_mentions("geovirus", Article(f"geovirus-{number}", text), mentions)


_GUM_KINDS: dict[str, Kind] = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "product",
    "abstract": "other",
}


def read_gum(folder: Path, titles: dict[str, str]) -> Iterator[GoldReading]:
    """GUM: named mentions that have a Wikipedia identity; ``titles`` is its own map from title to item.

    Its annotators gave every name that Wikipedia knows an identity: people named in full without one have no item.
    """
    for path in sorted(folder.glob("*.conllu")):
        tokens: list[str] = []
        open_spans: list[tuple[str, int, list[str]]] = []
        spans: list[tuple[int, int, Kind, str]] = []
        date = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# meta::dateCreated") and "_news_" in path.stem:  # a biography is not of its day
                date = line.split("=", 1)[1].strip()
            fields = line.split("\t")
            if not fields[0].isdigit():
                continue
            tokens.append(fields[1])
            brackets = re.search(r"(?:^|\|)Entity=([^|]*)", fields[9])
            for piece in re.findall(r"\(\d[^()]*\)?|\d+\)", brackets.group(1)) if brackets else ():
                if piece.startswith("("):
                    parts = piece.strip("()").split("-")
                    open_spans.append((parts[0], len(tokens) - 1, parts))
                if piece.endswith(")"):
                    number = piece.strip("()").split("-")[0]
                    at = max((i for i, span in enumerate(open_spans) if span[0] == number), default=None)
                    if at is None:
                        continue
                    _, first, parts = open_spans.pop(at)
                    item = _gum_item(parts, titles) or (NIL if parts[1] == "person" else "")
                    if item and parts[1] in _GUM_KINDS:
                        spans.append((first, len(tokens), _GUM_KINDS[parts[1]], item))
        text, offsets = join_tokens(tokens)
        mentions = [GoldMention(offsets[a][0], offsets[b - 1][1], kind, item) for a, b, kind, item in spans]
        named = [m for m in mentions if _looks_named(text[m.start : m.end])]
        named = [m for m in named if m.item != NIL or _is_full_name(text[m.start : m.end])]
        yield join_mentions("gum", Article(path.stem, text, published=date), named)


def _gum_item(parts: list[str], titles: dict[str, str]) -> str:
    """The item of a bracket (id-type-status-salience-centering-minspan-link-identity); empty when it has none."""
    identity = "-".join(parts[7:]) if len(parts) > 7 else ""
    return titles.get(identity, UNKNOWN) if identity else ""


def _looks_named(text: str) -> bool:
    words = text.split()
    return bool(words) and words[-1][:1].isupper() and text.lower() not in _PRONOUNS and len(words) < 8


def _is_full_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def read_gum_titles(path: Path) -> dict[str, str]:
    """GUM's map from Wikipedia title to Wikidata id."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: row[2] for row in rows if len(row) > 2 and row[2].startswith("Q")}


def score_links(gold: Iterable[tuple[GoldReading, tuple[Link, ...]]], holds: Callable[[str], bool]) -> dict[str, float]:
    """Precision and recall of links over entities, weighted by their mentions; ``holds`` tells what the catalogue has.

    ``recall`` is over all entities with a gold item, ``recall_held`` over those that the catalogue holds,
    ``unlinked`` the share of the other entities (no item, or none held) left alone; unknown items do not count.
    """
    count: Counter[str] = Counter()
    for document, links in gold:
        for entity, link in zip(document.reading.entities, links, strict=True):
            item, weight = document.items[entity.id], len(entity.mentions)
            if item == UNKNOWN:
                continue
            held = item != NIL and holds(item)
            count["gold"] += weight * (item != NIL)
            count["held"] += weight * held
            count["not_held"] += weight * (not held)
            count["links"] += weight * (link.verdict == "linked")
            count["right"] += weight * (link.qid == item)
            count["left"] += weight * (not held and link.qid is None)
    return {
        "precision": count["right"] / max(1, count["links"]),
        "recall": count["right"] / max(1, count["gold"]),
        "recall_held": count["right"] / max(1, count["held"]),
        "unlinked": count["left"] / max(1, count["not_held"]),
        "links": count["links"],
        "gold": count["gold"],
        "held": count["held"],
    }


def make_title_finder(labels: dict[str, list[tuple[int, str]]]) -> TitleFinder:
    """Turns a Wikipedia title into the most popular item with that name; ``UNKNOWN`` when none has it.

    ``labels`` gives for a key the items with that label or alias as (popularity, id).
    """

    def find(title: str) -> str:
        found = labels.get(normalise(title.replace("_", " ")))
        return max(found)[1] if found else UNKNOWN

    return find
