"""Scores named entities: exact span and type, from raw text and from gold tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from benchmarks.gold import TaggedArticle, decode_bio, join_tokens
from benchmarks.scores import Score, compare_sets
from kg.model import Article, Reading

# The types of the corpus, as the kinds of a reading. Money has no counterpart and is scored on gold tokens only.
KIND_OF_TYPE = {
    "Location": "place",
    "Facility": "place",
    "Person": "person",
    "Organization": "organisation",
    "NORP": "group",
    "Product": "product",
    "Misc": "misc",
    "Date": "date",
}
MISC = {"event", "work", "other"}
# The reader names three of the corpus's types as the kinds of entities that they are.
TYPE_OF_READER = {"location": "place", "organization": "organisation", "norp": "group"}

Answer = tuple[str, int, int, str]


def score_texts(
    articles: Iterable[TaggedArticle],
    read: Callable[[Article], Reading],
    *,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Score]:
    """The scores by kind, and of all together as "all", when ``read`` gets each article as running text.

    Spans are code points of the text made by ``join_tokens``. Only mentions by name count, and dates.
    ``tell`` gets a line for each wrong and each missed name.
    """
    wanted: set[Answer] = set()
    given: set[Answer] = set()
    for article in articles:
        gold: set[Answer] = set()
        text, offsets = join_tokens(article.tokens)
        for paragraph, labels in zip(offsets, article.labels, strict=True):
            for first, last, kind in decode_bio(labels):
                if kind in KIND_OF_TYPE:
                    span = (paragraph[first][0], paragraph[last - 1][1])
                    gold.add((article.name, *span, KIND_OF_TYPE[kind]))
        found = {(article.name, *answer) for answer in _list_answers(read(Article(id=article.name, text=text)))}
        if tell:
            for answer in sorted(gold ^ found):
                name, start, end, kind = answer
                tell(f"{name} {'missed' if answer in gold else 'wrong'}: {text[start:end]!r} {kind}")
        wanted |= gold
        given |= found
    return _score_by_kind(wanted, given)


def _list_answers(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for entity in reading.entities:
        kind = "misc" if entity.kind in MISC else entity.kind
        for mention in entity.mentions:
            if mention.form == "name":
                yield mention.passage.start, mention.passage.end, kind
    for time in reading.times:
        yield time.passage.start, time.passage.end, "date"


def score_tokens(
    articles: Iterable[TaggedArticle], tag: Callable[[list[list[str]]], list[list[str]]]
) -> dict[str, Score]:
    """The scores by type, and of all together as "all", when ``tag`` gets the paragraphs of each article as tokens.

    ``tag`` gives one BIO label for each token, in the nine types of the corpus, named as there or as the reader does.
    """
    wanted: set[Answer] = set()
    given: set[Answer] = set()
    for article in articles:
        answers = tag([list(tokens) for tokens in article.tokens])
        for i, (gold, answer) in enumerate(zip(article.labels, answers, strict=True)):
            if len(gold) != len(answer):
                raise ValueError(f"{article.name}, paragraph {i}: {len(answer)} labels for {len(gold)} tokens")
            for labels, answers_of in ((gold, wanted), (answer, given)):
                for first, last, kind in decode_bio(labels):
                    name = kind.lower()
                    answers_of.add((f"{article.name}/{i}", first, last, TYPE_OF_READER.get(name, name)))
    return _score_by_kind(wanted, given)


def _score_by_kind(wanted: set[Answer], given: set[Answer]) -> dict[str, Score]:
    scores = {"all": compare_sets(wanted, given)}
    for kind in sorted({answer[3] for answer in wanted | given}):
        scores[kind] = compare_sets({a for a in wanted if a[3] == kind}, {a for a in given if a[3] == kind})
    return scores
