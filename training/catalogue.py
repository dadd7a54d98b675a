"""Makes the shipped catalogue from the raw table of Wikidata items: cleaned, kinds mended, one popularity, compressed.

    python -m training.catalogue --source catalogue.tsv.xz --out kg/link/catalogue.tsv.xz

The source is described where it is kept: tab-separated, with a header. The result has the columns of ``COLUMNS``.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.link.index import COLUMNS, COUNTRY_CLASSES, DEMONYM_MARK
from kg.link.names import normalise, word_set

DEMONYMS = Path(__file__).parent / "demonyms.tsv"
LABEL_CORRECTIONS = Path(__file__).parent / "label_corrections.tsv"
EXTRA_ALIASES = Path(__file__).parent / "extra_aliases.tsv"
MOST_ALIASES = 40
MOST_CLASSES = 6
LONGEST_DESCRIPTION = 140

Row = dict[str, str]

_STOP_ALIASES = word_set(
    "i you he she it we they me him her us them his hers its our ours their theirs my mine your yours himself "
    "herself itself themselves who whom whose which that this these those one ones someone somebody everyone "
    "nobody none other others both all some any each such same first second third last next former latter new "
    "old man woman men women boy girl people person child children son daughter father mother brother sister "
    "wife husband uncle aunt king queen prince princess president minister senator governor mayor general "
    "colonel captain doctor professor sir lord lady monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december mon tue wed thu "
    "fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter today yesterday "
    "tomorrow morning evening night day week month year city town village country state county district "
    "province region area place capital river mountain island islands north south east west northern southern "
    "eastern western central company group team club party government parliament ministry university school "
    "college hospital church museum federal national royal international united band film series show album "
    "song book novel game"
)
_KIND_WORDS = {
    "organisation": word_set(
        "company corporation agency organisation organization party newspaper publisher university college "
        "school hospital bank airline team club band orchestra militia union association ministry department "
        "council committee commission parliament legislature court army navy brigade regiment network "
        "broadcaster station label manufacturer retailer brand service charity foundation institute "
        "institution think-tank chain franchise league federation diocese"
    ),
    "place": word_set(
        "city town village municipality commune river lake mountain island country state province region "
        "district county suburb neighbourhood neighborhood borough airport bridge building stadium castle "
        "palace park street road hotel settlement volcano peninsula valley canal church cathedral chapel "
        "desert archipelago"
    ),
    "person": word_set(
        "politician actor actress singer writer footballer player journalist businessman businesswoman "
        "diplomat general officer lawyer scientist physicist painter composer musician director philosopher "
        "monarch king queen emperor cricketer tennis-player poet novelist economist historian bishop cardinal "
        "swimmer cyclist"
    ),
    "work": word_set(
        "film novel album song series book game opera play musical painting sculpture magazine comic manga "
        "anime poem symphony sitcom"
    ),
    "event": word_set(
        "war battle election tournament massacre earthquake hurricane attack bombing protest revolution riot "
        "referendum championship crisis pandemic epidemic disaster"
    ),
}
_KIND_OF_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
_GROUP_CLASSES = frozenset({"Q41710", "Q231002", "Q2472587", "Q33829"})  # ethnic group, nationality, people, population
_GROUP = re.compile(
    r"\b(ethnic(?:-?linguistic)? groups?|ethnoreligious|national group|people (?:native|indigenous) to)\b|"
    r"^(?:[A-Z]\w+ )?(?:people|peoples|citizens|residents|inhabitants|nationals|tribe)\b"
)


def main(argv: list[str]) -> None:
    """Reads the raw table and writes the shipped catalogue; prints what became of it."""
    parser = argparse.ArgumentParser(prog="python -m training catalogue", description=main.__doc__)
    parser.add_argument("--source", type=Path, required=True, help="catalogue.tsv.xz as gathered")
    parser.add_argument("--out", type=Path, default=Path("kg/link/catalogue.tsv.xz"))
    options = parser.parse_args(argv)
    rows = list(clean(read_rows(options.source)))
    size = write_rows(rows, options.out)
    kinds = Counter(row["kind"] or "unknown" for row in rows)
    print(f"{len(rows)} items, {size} bytes, sha256 {hashlib.sha256(options.out.read_bytes()).hexdigest()}")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of the raw table, a column name each."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\n").split("\t"), strict=True))


def write_rows(rows: Iterable[Row], path: Path) -> int:
    """Writes ``rows`` as compressed TSV, the same bytes for the same rows; gives the size in bytes."""
    text = "".join("\t".join(values) + "\n" for values in [COLUMNS, *([r[c] for c in COLUMNS] for r in rows)])
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "lc": 4, "pb": 0}]
    path.write_bytes(lzma.compress(text.encode("utf-8"), format=lzma.FORMAT_XZ, filters=filters))
    return path.stat().st_size


def clean(rows: Iterable[Row]) -> Iterator[Row]:
    """Items that news may name, by number, with what is not trusted taken out."""
    kept = [row for row in rows if re.fullmatch(r"Q[1-9]\d*", row["qid"]) and row["label"].strip()]
    corrections, extra = _read_pairs(LABEL_CORRECTIONS), _read_pairs(EXTRA_ALIASES)
    demonyms = {country: words.split("|") for country, words in _read_pairs(DEMONYMS).items()}
    common = common_words(row["description"] for row in kept)
    homes = _homes_of(demonyms, kept)
    home_of = {label: qid for qid, label in homes.items()}
    peoples = {normalise(word): home_of.get(label, "") for label, words in demonyms.items() for word in words}
    countries = name_countries(homes, demonyms, kept)
    names = count_names(row["label"] for row in kept if row["kind"] == "person")
    for row in sorted(kept, key=lambda r: int(r["qid"][1:])):
        row["kind"] = mend_kind(row)
        if not is_nameable(row):
            continue
        row["label"] = corrections.get(row["qid"], row["label"]).strip()
        row["country"] = row["country"] or derive_country(row, countries)
        row["aliases"] = "|".join(filter(None, [extra.get(row["qid"], ""), row["aliases"]]))
        aliases = list(clean_aliases(row, common=common, peoples=peoples))[:MOST_ALIASES]
        aliases += [DEMONYM_MARK + word for word in demonyms.get(homes.get(row["qid"], ""), ())]
        row["aliases"] = "|".join(aliases)
        row["popularity"] = str(round(99 * fold_popularity(row)))
        row["classes"] = "|".join([c for c in row["classes"].split("|") if c != "Q5"][:MOST_CLASSES])
        row["namesakes"] = str(expect_namesakes(row["label"], names)) if row["kind"] == "person" else ""
        row["description"] = shorten(row["description"])
        yield {column: row[column] for column in COLUMNS}


def _read_pairs(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line)


def _homes_of(demonyms: dict[str, list[str]], rows: list[Row]) -> dict[str, str]:
    """For each place that has demonyms its label: the most linked of the items with that label."""
    best: dict[str, Row] = {}
    for row in rows:
        label = row["label"]
        if label in demonyms and row["kind"] == "place":
            rank = (_number(row["pagerank"]), -int(row["qid"][1:]))
            if label not in best or rank > (_number(best[label]["pagerank"]), -int(best[label]["qid"][1:])):
                best[label] = row
    missing = demonyms.keys() - best.keys()
    if missing and len(rows) > 100_000:
        raise ValueError(f"no item for the places {sorted(missing)} of {DEMONYMS.name}; correct their labels there")
    return {row["qid"]: label for label, row in best.items()}


_UNCLEAR = word_set("georgia georgian jordan chad mali niger guinea macedonia america congo congolese dominican")
_CONTINENTS = frozenset({"Africa", "Asia", "Europe", "Latin America", "South America"})


def name_countries(homes: dict[str, str], demonyms: dict[str, list[str]], rows: list[Row]) -> dict[str, str]:
    """The country that a name or demonym points to without doubt."""
    names: dict[str, str] = {}
    for row in rows:
        label = homes.get(row["qid"])
        if label and label not in _CONTINENTS:
            keys = {normalise(name) for name in (label, *row["aliases"].split("|"), *demonyms[label])}
            names |= {key: row["qid"] for key in keys if len(key) > 3 and key not in _UNCLEAR}
    return names


def derive_country(row: Row, countries: dict[str, str]) -> str:
    """The only country that an item's label, or else its description, speaks of; empty when none or several."""
    for text in (row["label"], row["description"]):
        words = normalise(text).split()
        grams = (" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words)))
        found = {countries[gram] for gram in grams if gram in countries}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def common_words(descriptions: Iterable[str], *, least: int = 20) -> frozenset[str]:
    """Words that descriptions write mostly in lower case: ordinary words, no names."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in descriptions:
        for word in re.findall(r"(?<![\w-])[^\W\d_]+(?![\w-])", text)[1:]:
            (lower if word.islower() else upper)[word.lower()] += 1
    return frozenset(w for w, n in lower.items() if n >= least and n >= 3 * upper[w])


def clean_aliases(row: Row, *, common: frozenset[str], peoples: dict[str, str]) -> Iterator[str]:
    """The aliases that may name the item: no pronouns, ordinary words, demonyms of countries, or repeats."""
    label = row["label"]
    seen = {normalise(label), ""}
    proper = any(c.isupper() for c in label)
    for alias in row["aliases"].split("|"):
        alias = re.sub(r"\s*\([^()]*\)$", "", alias.strip()) if not alias.startswith("(") else alias.strip()
        key = normalise(alias)
        if key in seen or len(alias) > 80 or len(key) < 2 or (key in _STOP_ALIASES and not alias.isupper()):
            continue
        if key in peoples and (row["kind"] != "group" or row["country"] not in {"", peoples[key]}):
            continue  # "African" alone is no African American
        if len(key) == 2 and key not in {"us", "uk"} and COUNTRY_CLASSES & set(row["classes"].split("|")):
            continue  # codes of countries, which news does not use
        has_sign = any(c.isupper() or c.isdigit() for c in alias)
        if proper and not has_sign and alias.isascii():
            continue
        if " " not in key and key in common and not (alias.isupper() and len(alias) > 1):
            continue
        if re.search(r"https?:|www\.|[<>{}\[\]\\@#]", alias):
            continue
        seen.add(key)
        yield alias


def mend_kind(row: Row) -> str:
    """The kind of an item, read off its classes and description where the table has none or one that cannot be."""
    kind, description = row["kind"], row["description"]
    classes = set(row["classes"].split("|"))
    if kind != "person" and (classes & _GROUP_CLASSES or (kind != "place" and _GROUP.search(description))):
        return "" if "Q6256" in classes else "group"
    if "Q5" in classes:
        return "person"
    if kind in {"", "product", "concept"}:
        return _kind_of_description(description) or kind
    return kind


def _kind_of_description(description: str) -> str:
    """The kind of the noun that heads a description ("Israel's internal security service"); empty when unsure."""
    head = re.split(
        r"[,;(–]| (?:of|in|by|for|from|that|which|who|at|on|based|and|or|with|to|used|held|between)\b", description
    )
    words = head[0].strip().split()
    proper = len(description.split()) > 1 and any(w[:1].isupper() for w in description.split()[1:] + words[:1])
    return _KIND_OF_WORD.get(words[-1].lower(), "") if words and proper else ""


def is_nameable(row: Row) -> bool:
    """Whether news may name the item with a proper name: one with a capital letter or a digit, or known in wikis."""
    label = row["label"]
    if row["kind"] in {"person", "place", "organisation", "group"}:
        return any(c.isupper() or c.isdigit() or not c.isascii() for c in label) or bool(row["sitelinks"])
    return any(c.isupper() for c in label[:1] + label[1:2]) or label[:1].isdigit() or not label.isascii()


def shorten(description: str) -> str:
    """A description of at most ``LONGEST_DESCRIPTION`` characters, cut between words."""
    if len(description) <= LONGEST_DESCRIPTION:
        return description
    return description[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0]


def count_names(labels: Iterable[str]) -> Counter[str]:
    """How many persons have each first ("john ") and last (" smith") name; "" counts all."""
    names: Counter[str] = Counter()
    for label in labels:
        words = normalise(label).split()
        if len(words) > 1:
            names.update((words[0] + " ", " " + words[-1], ""))
    return names


def expect_namesakes(label: str, names: Counter[str]) -> int:
    """How common a person's name is, 0 to 9: its first and last name are taken to meet by chance."""
    words = normalise(label).split()
    if len(words) < 2:
        return 9
    chance = names[words[0] + " "] * names[" " + words[-1]] / max(1, names[""])
    return min(9, round(2 * math.log10(1 + 1000 * chance)))


_TABLE_FLOORS = {"fb15k": 0.45, "wiki27k": 0.35, "codex": 0.3, "wikitrivia": 0.3, "kgtk": 0.25, "ep-world": 0.25}
_OFFICES = re.compile(
    r"\b(President|Prime Minister|Chancellor|Secretary|Minister|Chief|Chair(?:man|woman|person)|Commander|Director|"
    r"Attorney General|Ambassador|Governor|King|Queen|Speaker)\b"
)


def fold_popularity(row: Row) -> float:
    """One popularity in 0..1 from page views, sitelinks, PageRank and population, or from the tables that hold it.

    Each scale is mapped so that items with two scales get about the same number from both; the largest counts.
    """
    tables = set(row["sources"].split("|")) - {"label-guessed", "kind-guessed", "curated-alias", "news-desk"}
    floor = max((_TABLE_FLOORS.get(table, 0.12) for table in tables), default=0.12)
    if tables & {"peppercat", "ep-countries"} and _OFFICES.search(row["description"]):
        floor = max(floor, 0.35)
    found = [
        _on_scale(row["pageviews"], 2.2, 7.0),
        0.85 * _on_scale(row["sitelinks"], 0.0, 2.6),
        0.95 * _on_scale(row["pagerank"], -6.0, -2.7),
        0.8 * _on_scale(row["population"], 2.0, 8.0),
    ]
    score = max([floor, *found]) + 0.02 * min(len(tables), 8)
    return min(1.0, score - (0.1 if "label-guessed" in row["sources"] else 0.0))


def _on_scale(value: str, low: float, high: float) -> float:
    number = _number(value)
    return min(1.0, max(0.0, (math.log10(number) - low) / (high - low))) if number > 0 else 0.0


def _number(value: str) -> float:
    return float(value) if value else 0.0


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
