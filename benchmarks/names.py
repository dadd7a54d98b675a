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

# The types of CrossNER politics, and the name types of the reader that are right for each.
RIGHT_FOR = {
    "politician": {"person"},
    "person": {"person"},
    "politicalparty": {"organisation"},
    "organisation": {"organisation"},
    "country": {"place", "facility"},
    "location": {"place", "facility"},
    "election": {"misc"},
    "event": {"misc"},
    "misc": {"group", "product", "misc"},
}
SILENT = {"date", "money"}  # CrossNER has no such names: finding them is no mistake
CLASS_OF = {"politician": "person", "politicalparty": "organisation", "country": "place", "location": "place",
            "election": "event", "misc": "other"}  # fmt: skip
CLASS_OF_READER = {"facility": "place", "misc": "other", "group": "other", "product": "other"}

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


def score_politics(
    sentences: Iterable[TaggedArticle],
    tag: Callable[[list[list[str]]], list[list[str]]],
    *,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Score]:
    """The scores on CrossNER politics by class of name, and of all together as "all"; each sentence is read alone.

    A name is right with its exact words and a type that its own type allows: RIGHT_FOR. By class, elections count as
    events, and what is neither person, organisation, place nor event is "other". A wrong answer counts in the class of
    its type; the reader does not tell events from "other" here, so that none counts among events.
    ``tag`` is as for ``score_tokens``; ``tell`` gets a line for each wrong and each missed name.
    """
    wanted: set[Answer] = set()
    given: set[Answer] = set()
    for article in sentences:
        (tokens,), (labels,) = article.tokens, article.labels
        (found,) = tag([list(tokens)])
        types = {(first, last): kind for first, last, kind in decode_bio(labels)}
        gold = {(article.name, *span, CLASS_OF.get(kind, kind)) for span, kind in types.items()}
        ours: set[Answer] = set()
        for first, last, kind in decode_bio(found):
            named = types.get((first, last), "")
            if kind in RIGHT_FOR.get(named, ()):
                ours.add((article.name, first, last, CLASS_OF.get(named, named)))
            elif kind not in SILENT:
                ours.add((article.name, first, last, CLASS_OF_READER.get(kind, kind)))
        if tell:
            for name, first, last, kind in sorted(gold ^ ours):
                missed = (name, first, last, kind) in gold
                tell(f"{name} {'missed' if missed else 'wrong'}: {' '.join(tokens[first:last])!r} {kind}")
        wanted |= gold
        given |= ours
    return _score_by_kind(wanted, given)


def _score_by_kind(wanted: set[Answer], given: set[Answer]) -> dict[str, Score]:
    scores = {"all": compare_sets(wanted, given)}
    for kind in sorted({answer[3] for answer in wanted | given}):
        scores[kind] = compare_sets({a for a in wanted if a[3] == kind}, {a for a in given if a[3] == kind})
    return scores
