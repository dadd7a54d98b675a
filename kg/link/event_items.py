"""Decides which item of the catalogue an event is: by its type, who and what took part, the place and the date."""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.errors import CatalogueError
from kg.link.event_index import FILLING, YEAR, EventCatalogue, EventItem, tell_words
from kg.link.event_known import Known, prepare
from kg.link.event_nouns import EVENT_NOUNS
from kg.link.event_views import ArticleEvents, EventView, Scene, split_words
from kg.link.names import word_set
from kg.model import Link, Reading, Rival

LINKED = 0.7  # an item below this score is not asserted
WEIGHED = 0.3  # one below this score is no rival
MARGIN = 0.1  # what the second best must stay behind
MOST_RIVALS = 5
SLACK = 2  # days that a date may be off: time zones, "overnight", the day of the report
FRESH = 14  # days before publication in which an event without a date of its own is likely to be
LATEST = 9999  # no year is later
MONTH = 31  # days: what is told no closer than that is told by the year
DESCRIBED = 0.6  # share of a description's words that a sentence must have to tell the same
TOLD = frozenset(("actual", "reported", "future"))
MONTHS = frozenset(name.casefold() for name in month_name if name)
UNTELLING = FILLING | EVENT_NOUNS.keys() | MONTHS | frozenset(("detat", "attempt", "attempted"))
COMMON = word_set(
    "presidential general legislative parliamentary federal local state states municipal regional senate house "
    "representatives primary president government parliament national assembly army military police terror terrorist "
    "mass school church bomb bus train plane air flight city province island district war leadership by"
)
"""Words of labels that many events have, and that tell none without its country."""
WEIGHTS = {
    "": -2.6, "noun": 1.2, "filling": 0.9, "near": 0.6, "home": 0.3, "far": -0.6, "victim": 1.5, "described": 0.8,
    "beside": 1.2,
    "day": 2.0, "fresh": 1.2, "named year": 1.9, "same year": 1.4, "year": 0.6, "undated": 0.0, "stale": -1.0,
    "undatable": -1.0,
}  # fmt: skip
"""What counts for an item, in log odds; their sum gives the score."""
MOST_COVER = 2.7  # what the words of a name count at most


class EventLinker:
    """Links events to the items of ``catalogue``."""

    def __init__(self, catalogue: EventCatalogue) -> None:
        self._catalogue = catalogue
        self._peoples: dict[str, frozenset[str]] = {}
        self._countries: dict[str, str] = {}

    def link(self, reading: Reading, links: Sequence[Link]) -> Reading:
        """The reading with each event's decision which item it is, and its QID when it is linked.

        ``links`` are those of the entities. What is told as not so, or only supposed, gets no decision.
        """
        article = ArticleEvents(reading, links)
        decided: dict[str, Link] = {}
        views: dict[str, EventView] = {}
        for event in reading.events:
            if event.realis in TOLD:
                named = article.find_named(event)
                views[event.id] = article.view(event)
                decided[event.id] = self.decide(views[event.id]) if named is None else replace(named, entity=event.id)
        decided = join_sentences(views, decided)
        events = (
            replace(event, qid=link.qid, link=link) if (link := decided.get(event.id)) is not None else event
            for event in reading.events
        )
        return replace(reading, events=tuple(events))

    def decide(self, view: EventView) -> Link:
        """Which item an event is, with the others that were weighed; "unavailable" when the catalogue cannot answer."""
        try:
            scores = [(self._rate(view, known), known.candidate) for known in self._gather(view)]
        except CatalogueError:
            return Link(view.event.id, "unavailable")
        ranked = sorted(scores, key=lambda pair: (-pair[0], pair[1].qid))
        rivals = tuple(Rival(c.qid, c.label, round(score, 4)) for score, c in ranked if score >= WEIGHED)
        if not rivals:
            return Link(view.event.id, "absent")
        best, second = rivals[0].score, rivals[1].score if len(rivals) > 1 else 0.0
        if best < LINKED or best - second < MARGIN:
            return Link(view.event.id, "ambiguous", score=best, rivals=rivals[:MOST_RIVALS])
        item = ranked[0][1]
        others = rivals[1 : MOST_RIVALS + 1]
        return Link(view.event.id, "linked", item.qid, best, others, item.label, item.classes, item.kind)

    def _gather(self, view: EventView) -> Iterator[Known]:
        """The items that share a word or the country with a sentence that tells of an event, and may be of its time."""
        found: dict[str, EventItem] = {}
        for word in _list_words(view):
            for first, last in _list_years(view):
                items = self._catalogue.find_events(word, first, last)
                found.update((item.candidate.qid, item) for item in items)
        for item in found.values():
            known = prepare(item)
            if view.event.type in known.types and _agrees_in_year(view, known):
                yield known

    def _rate(self, view: EventView, known: Known) -> float:
        """The probability that an event is an item."""
        dated = judge_date(view, known)
        if dated is None or self._lies_elsewhere(view, known):
            return 0.0
        best = max((self._rate_scene(view, scene, known) for scene in view.scenes), default=-math.inf)
        return 1 / (1 + math.exp(-(WEIGHTS[""] + WEIGHTS[dated] + best))) if best > -math.inf else 0.0

    def _rate_scene(self, view: EventView, scene: Scene, known: Known) -> float:
        """What one sentence says for an item, in log odds."""
        noun = has_noun(scene, known)
        if known.lasts and not noun:
            return -math.inf
        best = max(self._rate_name(view, scene, known, name) for name in known.names)
        described = [word for word in known.described if word not in FILLING and len(word) > 2]
        told = sum(word in scene.near for word in described) >= max(3, DESCRIBED * len(described))
        return best + WEIGHTS["noun"] * noun + WEIGHTS["described"] * told

    def _rate_name(self, view: EventView, scene: Scene, known: Known, name: str) -> float:
        """How well a sentence tells the words of a name; none that lacks one, or tells none but by the country."""
        words = [w for w in name.split() if w not in UNTELLING and not w[0].isdigit()]
        ways = [self._find_word(view, scene, known, word) for word in words]
        if not {"filling", "near"} & set(ways) or "" in ways:
            return -math.inf
        country = known.candidate.country
        specific = [w for w in words if w not in COMMON and not self._is_of(w, country)]
        if not specific and country not in (view.home, *scene.filled, *self._find_countries(view)):
            return -math.inf
        victim = WEIGHTS["victim"] if len(words) > 1 and scene.victims.issuperset(words) else 0.0
        return min(MOST_COVER, sum(WEIGHTS[way] for way in ways)) + victim

    def _find_word(self, view: EventView, scene: Scene, known: Known, word: str) -> str:
        """Where the article tells a word of a name, as in WEIGHTS; empty when it does not."""
        if word in scene.filling:
            return "filling"
        country = known.candidate.country
        if self._is_of(word, country):  # a country that the sentence only happens to name is not where it was
            return "home" if country == view.home else "far" if word in view.far else ""
        if word in scene.near:
            return "near"
        return "far" if word in view.far else ""

    def _is_of(self, word: str, country: str | None) -> bool:
        """Whether a word is the country's adjective or part of its name."""
        if country is None:
            return False
        if word not in self._peoples:
            found = self._catalogue.find(word)
            self._peoples[word] = frozenset(c.qid for c in found if c.matched in ("demonym", "label", "alias"))
        if country not in self._countries:
            item = self._catalogue.get(country)
            self._countries[country] = item.label if item is not None else ""
        return country in self._peoples[word] or word in split_words(self._countries[country])

    def _lies_elsewhere(self, view: EventView, known: Known) -> bool:
        """Whether the places of an event are in other countries than the item."""
        country = known.candidate.country
        told = self._find_countries(view)
        return country is not None and bool(told) and country not in told and country not in view.places

    def _find_countries(self, view: EventView) -> set[str]:
        """The countries of an event's places."""
        found = (self._catalogue.get(qid) for qid in sorted(view.places))
        return {each.country for each in found if each is not None and each.country is not None}


def join_sentences(views: Mapping[str, EventView], decided: Mapping[str, Link]) -> dict[str, Link]:
    """The decisions, where an event is surer to be an item that another event of its sentence is.

    "A drone strike killed the general": the strike is the event that the killing is known to be.
    """
    known = {(scene.at, link.qid): link for id_, link in decided.items() if link.qid for scene in views[id_].scenes}
    joined = dict(decided)
    for id_, link in decided.items():
        best = link.rivals[0] if link.verdict == "ambiguous" else None
        others = [known[scene.at, best.qid] for scene in views[id_].scenes if best and (scene.at, best.qid) in known]
        if best is None or not others or any(best.score - rival.score < MARGIN for rival in link.rivals[1:]):
            continue
        score = round(1 / (1 + (1 / best.score - 1) * math.exp(-WEIGHTS["beside"])), 4)
        if score >= LINKED:
            joined[id_] = replace(others[0], entity=id_, score=score, rivals=link.rivals[1:])
    return joined


def _list_words(view: EventView) -> Iterator[str]:
    """The words to look an event up by; of one without a date only what fills its roles, which tells more."""
    dated = bool(view.span or view.years)
    words = {word for scene in view.scenes for word in (scene.filling | scene.near if dated else scene.filling)}
    yield from tell_words(" ".join(sorted(words)))
    if dated:
        yield from sorted({qid.casefold() for scene in view.scenes for qid in scene.items})


def _list_years(view: EventView) -> Sequence[tuple[int, int]]:
    """The years in which an item of an event may be."""
    if view.years:
        return [(year, year) for year in sorted(view.years)]
    return [(view.span.first.year - 1, view.span.last.year + 1)] if view.span is not None else [(1, LATEST)]


def has_noun(scene: Scene, known: Known) -> bool:
    """Whether the trigger says what the item is called: "airstrike" is a "strike"."""
    return any(
        one == other or (min(len(one), len(other)) > 3 and (one.endswith(other) or other.endswith(one)))
        for one in scene.stems
        for other in known.stems
    )


def judge_date(view: EventView, known: Known) -> str | None:
    """How the dates agree, as in WEIGHTS; None when they contradict each other."""
    theirs, ours = known.span, view.span
    if theirs is not None and theirs.first.year in view.years:
        return "named year"
    if theirs is None:
        return "undatable"
    if ours is None:
        return "undated"
    early, late = (theirs.first - ours.last).days, (ours.first - theirs.last).days
    if early > SLACK or (late > SLACK and not known.lasts):
        return None
    if not ours.exact:
        if not theirs.exact:
            return "year"
        return "fresh" if (ours.last - theirs.last).days <= FRESH else "stale"
    if theirs.exact and ours.days <= MONTH:
        return "day"
    return "named year" if YEAR.search(known.candidate.label) else "same year"


def _agrees_in_year(view: EventView, known: Known) -> bool:
    """Whether an item is of the year in the event's own words, if there is one."""
    if not view.years:
        return True
    return known.span is not None and known.span.first.year in view.years
