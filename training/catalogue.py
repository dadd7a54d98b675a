"""Makes the shipped catalogue from the raw table of Wikidata items: cleaned, kinds mended, one popularity, compressed.

    python -m training.catalogue --source catalogue.tsv.xz --out kg/link/catalogue.tsv.xz

The source is described where it is kept: tab-separated, with a header. The result has the columns of ``COLUMNS``.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.link.cleaning import (
    MOST_ALIASES,
    MOST_CLASSES,
    Row,
    clean_aliases,
    common_words,
    count_names,
    expect_namesakes,
    is_nameable,
    mend_kind,
    place_on_scale,
    read_amount,
    shorten,
)
from kg.link.index import COLUMNS, DEMONYM_MARK
from kg.link.names import normalise, word_set

DEMONYMS = Path(__file__).parent / "demonyms.tsv"
LABEL_CORRECTIONS = Path(__file__).parent / "label_corrections.tsv"
EXTRA_ALIASES = Path(__file__).parent / "extra_aliases.tsv"


def main(argv: list[str]) -> None:
    """Reads the raw table and writes the shipped catalogue; prints what became of it."""
    parser = argparse.ArgumentParser(prog="python -m training catalogue", description=main.__doc__)
    parser.add_argument("--source", type=Path, required=True, help="catalogue.tsv.xz as gathered")
    parser.add_argument("--out", type=Path, default=Path("kg/link/catalogue.tsv.xz"))
    parser.add_argument("--classes", type=Path, help="classes.tsv as gathered; writes the table beside --out")
    options = parser.parse_args(argv)
    if options.classes:
        write_classes(options.classes, options.out.with_name("classes.tsv"))
    rows = list(clean(read_rows(options.source)))
    size = write_rows(rows, options.out)
    kinds = Counter(row["kind"] or "unknown" for row in rows)
    print(f"{len(rows)} items, {size} bytes, sha256 {hashlib.sha256(options.out.read_bytes()).hexdigest()}")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


_ROOTS = {  # classes above many others that the gathered table lacks, and the one whose kind it has otherwise
    27096213: ("geographic entity", "place"),
    1656682: ("event", "event"),
    17537576: ("creative work", "work"),
    386724: ("work", "work"),
    2424752: ("product", "product"),
    231002: ("nationality", "group"),
    2472587: ("people", "group"),
    33829: ("population", "group"),
    41710: ("ethnic group", "group"),
}


def write_classes(source: Path, target: Path) -> None:
    """Writes the kind of each class of the gathered table (qid, label, kind, used) that has one, by number."""
    lines = source.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    known = {int(qid[1:]): (label, kind) for qid, label, kind, _used in rows if kind} | _ROOTS
    text = "".join(f"Q{number}\t{kind}\t{label}\n" for number, (label, kind) in sorted(known.items()))
    target.write_text(text, encoding="utf-8")


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
            rank = (read_amount(row["pagerank"]), -int(row["qid"][1:]))
            if label not in best or rank > (read_amount(best[label]["pagerank"]), -int(best[label]["qid"][1:])):
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
        place_on_scale(row["pageviews"], 2.2, 7.0),
        0.85 * place_on_scale(row["sitelinks"], 0.0, 2.6),
        0.95 * place_on_scale(row["pagerank"], -6.0, -2.7),
        0.8 * place_on_scale(row["population"], 2.0, 8.0),
    ]
    score = max([floor, *found]) + 0.02 * min(len(tables), 8)
    return min(1.0, score - (0.1 if "label-guessed" in row["sources"] else 0.0))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
