"""Reads articles: the spaCy pipeline of our components, and the values that come out of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice, tee
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.read.lemmas
import kg.read.syntax  # noqa: F401  # both make their components known to spaCy
from kg.config import Config
from kg.model import Article, Passage, Reading, Relation, Time
from kg.read.claims import CLAIMS, LAYOUT, Places, date_claims, find_places
from kg.read.components import ANSWERS, ENTITIES, bias_sentences
from kg.read.cores import Cores
from kg.read.decode import tags_of
from kg.read.events import find_events
from kg.read.naming import find_names
from kg.read.network import Network, count_cores
from kg.read.offices import find_offices, keep_heads
from kg.read.relations import find_relations
from kg.read.roles import Layout
from kg.read.strangers import find_strangers
from kg.read.times import find_times, part_lives
from kg.read.tokenizer import make_tokenizer
from kg.read.workers import ENOUGH, Process, Workers, read_ahead

T = TypeVar("T")
MOST_PROCESSES = 8  # unless more are asked for: this process has to keep up with what the others find
FEW = 32  # articles that are begun before the first is given out
PIPELINE = (
    *("kg_encoder", "kg_sentences", "kg_tagger", "kg_parser", "kg_lemmatizer", "kg_names", "kg_entities"),
    *("kg_coreference", "kg_claims"),
)
NEEDED_BEFORE = ("misc", "inner", "cues", "roles")
"""The answers of the model that the components of the pipeline have used up and nothing after them looks at."""


class Reader:
    """The shipped model with everything that reading needs; loading it takes about a second.

    Raises ModelError when the model is missing or damaged.
    """

    def __init__(self, config: Config) -> None:
        self.nlp = load_pipeline(threads=config.threads)
        self._config = config
        self._processes = config.processes or min(config.threads or count_cores(), MOST_PROCESSES)
        self._implied = config.relations == "implied"
        self._cores = Cores()

    def read(self, article: Article) -> Reading:
        """What one article holds; mentions are in the order of the text, offsets in code points of ``article.text``."""
        return next(self._read_here([article]))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings of many articles, in order, a few at a time: faster than one by one.

        Where there is enough to read, other processes (``Config.processes``) read too; they end with the last article,
        or when the iterator is closed.
        """
        stream = iter(articles)
        if self._processes == 1:
            yield from self._read_here(stream)
            return
        few = _take_few(stream)
        following = next(stream, None)
        if following is None:
            yield from self._read_here(few)
            return
        with ExitStack() as stack:
            enough = sum(len(article.text) for article in few) > ENOUGH
            workers = self._enter_workers(stack) if enough else None
            yield from self._read_here(few)  # while the workers start
            rest = chain([following], stream)
            start = partial(self._enter_workers, stack)
            ahead = read_ahead(rest, lambda article: article, read=self.read, start=start, workers=workers)
            yield from (read() for _, read in ahead if read)

    def read_ahead(
        self, items: Iterable[T], find_article: Callable[[T], Article | None]
    ) -> Iterator[tuple[T, Callable[[], Reading] | None]]:
        """Each item, in order, with what gives the reading of its article, or raises what reading it raises.

        ``find_article`` is asked once for each item; where it says None there is nothing to read, and None stands for
        what reads it. Where there is enough to read, other processes read what follows while this one reads, or does
        what it likes, between two items.
        """
        with ExitStack() as stack:
            start = partial(self._enter_workers, stack) if self._processes > 1 else None
            yield from read_ahead(items, find_article, read=self.read, start=start)

    def _enter_workers(self, stack: ExitStack) -> Workers:
        """Workers that read beside this process, which reads with one thread, until the ``stack`` is left."""
        network: Network = self.nlp.get_pipe("kg_encoder").network  # type: ignore[attr-defined]
        stack.enter_context(network.keep_to_one_thread())
        return stack.enter_context(Workers(partial(Process, self._config), self._processes - 1))

    def _read_here(self, articles: Iterable[Article]) -> Iterator[Reading]:
        left, right = tee(articles)
        docs = self.nlp.pipe((article.text for article in left), batch_size=FEW)
        for article in right:
            with self._cores.share():
                doc = next(docs)
                doc.user_data[ANSWERS].answers.drop(*NEEDED_BEFORE)
                reading = reading_of(article, doc, implied=self._implied)
            yield reading

    def tag_tokens(self, paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
        """The BIO tags (see NAME_TAGS) of one article that is already cut into paragraphs of words."""
        words = [word for paragraph in paragraphs for word in paragraph]
        starts = [number == 0 for paragraph in paragraphs for number in range(len(paragraph))]
        bias = bias_sentences(words, starts)
        network: Network = self.nlp.get_pipe("kg_encoder").network  # type: ignore[attr-defined]
        answers = network.answer([words], [bias])[0]
        tags = iter(tags_of(find_names(words, starts, answers, network), len(words)))
        return [[next(tags) for _ in paragraph] for paragraph in paragraphs]


def _take_few(articles: Iterator[Article]) -> list[Article]:
    """The first articles, as many as are worth reading at once and not more than are needed to call other processes."""
    few: list[Article] = []
    characters = 0
    for article in islice(articles, FEW):
        few.append(article)
        characters += len(article.text)
        if characters > ENOUGH:
            break
    return few


def load_pipeline(*, threads: int = 0, folder: Path | None = None) -> Language:
    """A spaCy pipeline of the English tokenizer and all our components; ``folder`` holds another model than ours."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.max_length = 50_000_000
    for name in PIPELINE:
        given = {"threads": threads, "folder": str(folder) if folder else None}
        nlp.add_pipe(name, config=given if name == "kg_encoder" else {})
    return nlp


def reading_of(article: Article, doc: Doc, *, implied: bool = False) -> Reading:
    """The values of a ``Doc`` that went through the pipeline; sentences of template leftovers are left out.

    With ``implied``, relations that only the whole text implies are among them.
    """
    read = set(doc.user_data[ANSWERS].words)
    sentences = [span for span in doc.sents if any(i in read for i in range(span.start, span.end))]
    found = (_stripped(article.text, span.start_char, span.end_char) for span in sentences)
    kept = tuple(passage for passage in found if passage)
    found_times = (t for t in find_times(doc, published=article.published) if _lies_in(t, kept))
    people = (entity for entity in doc.user_data[ENTITIES] if entity.kind == "person")
    times = part_lives(article.text, tuple(found_times), people)
    claims = date_claims(doc, doc.user_data[CLAIMS], times)
    told = tuple(claim for claim in claims if claim.kind != "attributed")
    layout: Layout = doc.user_data[LAYOUT]
    offices = find_offices(doc, Places(find_places(doc)), published=article.published, claims=told)
    strangers = find_strangers(doc, layout, doc.user_data[ANSWERS])
    relations = find_relations(doc, times, told, layout=layout, strangers=strangers, implied=implied)
    joined = {name for relation in relations for name in (relation.subject, relation.object)}
    return Reading(
        article,
        entities=(*doc.user_data[ENTITIES], *(each for each in strangers if each.id in joined)),
        relations=_merge_relations(offices, keep_heads(offices, relations)),
        events=find_events(doc, times, told, published=article.published, layout=layout),
        claims=claims,
        sentences=kept,
        times=times,
    )


def _merge_relations(offices: Iterable[Relation], relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Relations that titles and the like state, and those that the head finds, each fact of a sentence once."""
    best: dict[tuple[object, ...], Relation] = {}
    for relation in (*offices, *relations):
        key = (relation.subject, relation.property, relation.object, relation.value, relation.evidence)
        best.setdefault(key, relation)
    return tuple(sorted(best.values(), key=lambda r: (r.evidence.start, r.subject, r.property)))


def _lies_in(time: Time, sentences: Sequence[Passage]) -> bool:
    """Whether a time stands in one of the ``sentences``, which are in order."""
    last = bisect_right(sentences, time.passage.start, key=lambda sentence: sentence.start) - 1
    return last >= 0 and time.passage.start < sentences[last].end


def _stripped(text: str, start: int, end: int) -> Passage | None:
    """The passage without white space at its ends; None when nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Passage(start, start + len(piece), piece) if piece else None
