"""Gathers the catalogue's items that each entity of a reading may be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.context import EXACT_FORMS, ArticleView, EntityView, is_country, view_article, view_entity
from kg.link.lives import Life, tell_lives, weigh_life
from kg.link.names import edit_distance, normalise, shorten_person, strip_title, word_set
from kg.link.score import FORM_ORDER, Features, Score, describe_pool
from kg.link.spellings import fits_spelling, respell_name
from kg.link.sport import name_competitions
from kg.link.wording import FullNames
from kg.model import Candidate, Entity, Kind, Reading

MOST_CANDIDATES = 30
MOST_NAMES = 8
OBSCURE = 0.55  # popularity of places that share their name with an adjective and are seldom meant by it
FUNCTION_WORDS = word_set(
    "a all an and any as at but by for from he her his i if in it its me my no not of on one or our she so "
    "some that the their there they this those to us we what when where who why with yes you your"
)
MOSTLY = 0.5  # the least share of an entity's mentions that tell of all of them
LEADING = 0.34  # the least share of an article's talk of countries for one whose bodies may be meant
_LANGUAGE = re.compile(r"\b(?:languages?|dialects?)\b")


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one entity with the best form of match and the number of the entity's names that match.

    ``team`` says that the name, though a place's, may stand for a team, because the article speaks of sport. ``signs``
    are features that come from how a candidate was found, by item: it has a longer name that stands in the text, or
    that of a body of the country which is spoken of.
    """

    view: EntityView
    candidates: tuple[Candidate, ...]
    forms: dict[str, tuple[str, int]]
    team: bool = False
    signs: Mapping[str, Features] = field(default_factory=dict)

    @property
    def linkable(self) -> tuple[Candidate, ...]:
        """The candidates that the entity may be at all; the others only tell of countries."""
        if self.is_adjective():
            return self.languages() or self.countries()
        possible = (c for c in self.candidates if is_linkable(self.view.entity, c))
        team = self.team or self.view.entity.kind == "organisation"
        return tuple(c for c in possible if team or c.matched != "part" or c.kind == "person")

    def is_adjective(self) -> bool:
        """Whether the names are only an adjective of a country or continent, or a language by their use.

        "A French minister" speaks of France, "in French" of the language.
        """
        kind, names = self.view.entity.kind, self.view.names
        if kind in {"group", "other"} and self.languages():
            return True
        if kind == "place":  # a town called Canadian is seldom meant
            return bool(self.countries()) and not any(map(_is_known_place, self.candidates))
        return kind == "group" and bool(self.countries()) and not any(name.endswith("s") for name in names)

    def languages(self) -> tuple[Candidate, ...]:
        """The language that the names are, where the article speaks of one: "in French"."""
        if self.view.wording.spoken <= MOSTLY:
            return ()
        found = [c for c in self.candidates if c.matched in EXACT_FORMS and is_language(c)]
        return tuple(sorted(found, key=lambda c: -(c.popularity or 0.0))[:1])

    def countries(self) -> tuple[Candidate, ...]:
        """The countries and other places whose adjective or people the names are."""
        return tuple(c for c in self.candidates if c.matched == "demonym" and c.kind == "place")


def is_language(candidate: Candidate) -> bool:
    """Whether a candidate is a language or a dialect."""
    return candidate.kind in {"concept", None} and bool(_LANGUAGE.search(candidate.description))


def _is_known_place(candidate: Candidate) -> bool:
    return candidate.matched == "label" and candidate.kind == "place" and (candidate.popularity or 0.0) > OBSCURE


def is_linkable(entity: Entity, candidate: Candidate) -> bool:
    """Whether an entity may be the candidate at all.

    A people is neither its country nor its language, and only what was read as a person may be one whose name matches
    in part or is only similar.
    """
    if candidate.matched == "demonym":
        return False
    if candidate.kind == "person" and entity.kind != "person" and candidate.matched not in EXACT_FORMS:
        return False
    if candidate.kind != "person" and entity.kind == "person" and candidate.matched in {"part", "loose"}:
        return False
    if entity.kind == "group":
        return candidate.kind in {"group", "organisation", "concept", None} and "language" not in candidate.description
    if candidate.label.startswith("Government of") and entity.kind == "organisation":
        return True
    return candidate.kind not in {"position", "concept"} or entity.kind in {"other", "event", "work", "product"}


def gather_pools(reading: Reading, catalogue: Catalogue, *, thorough: bool = True) -> list[Pool | None]:
    """The candidates of each entity, in order; None where the catalogue failed.

    ``thorough`` asks also for what the article around the mentions tells: full names of people, longer names that a
    name is part of, and the bodies of the countries that are spoken of.
    """
    full = FullNames(reading.article.text) if thorough else None
    people = frozenset(m.passage.end for e in reading.entities if e.kind == "person" for m in e.mentions)
    views = (view_entity(entity, reading.article, full, people) for entity in reading.entities)
    lives = tell_lives(reading)
    pools = [_gather(view, catalogue, lives.get(view.entity.id)) for view in views]
    article = _view(reading, pools)
    if thorough:
        leading = _leading_countries(article, catalogue)
        pools = [pool and _widen(pool, catalogue, leading, name_competitions(pool.view, article)) for pool in pools]
    return [pool and replace(pool, team=article.sporting) for pool in pools]


def _view(reading: Reading, pools: Sequence[Pool | None]) -> ArticleView:
    return view_article(reading.article, [(pool.view, pool.candidates) for pool in pools if pool is not None])


def _gather(view: EntityView, catalogue: Catalogue, life: Life | None) -> Pool | None:
    entity = view.entity
    try:
        if view.completed and not _names_person(view.names[0], catalogue):
            view = replace(view, names=view.names[1:], keys=view.keys[1:], completed=False)
        names = telling_names(view)
        answers: list[Sequence[Candidate]] = [catalogue.find(name, limit=MOST_CANDIDATES) for name in names]
        if not _is_known(entity, answers):
            answers += [found for name in names for found in _find_respelt(name, entity.kind, catalogue)]
        shorter = [] if _is_known(entity, answers) else list(_find_shorter(entity, names, catalogue, life))
        answers += shorter
        if not _is_known(entity, answers):
            answers += [catalogue.find(name, limit=MOST_CANDIDATES, similar=True) for name in names]
    except CatalogueError:
        return None
    marked = {c.qid: {"longer_unmatched": 1.0} for found in shorter for c in found}
    signs = {**_mark_strangers(view, names, answers), **marked, **_mark_surnames(answers)}
    return replace(join_answers(view, answers), signs=signs)


def _find_shorter(
    entity: Entity, names: Sequence[str], catalogue: Catalogue, life: Life | None
) -> Iterator[tuple[Candidate, ...]]:
    """The people whom the catalogue knows by less than the whole of a person's name: "Ada Obi" for "Ada Mary Obi".

    By other words than the first and the last they are found only where the dates of their lives agree.
    """
    if entity.kind != "person":
        return
    for name in names:
        for number, shorter in enumerate(shorten_person(strip_title(normalise(name)), freely=True)):
            found = catalogue.find(shorter, limit=MOST_CANDIDATES)
            people = [c for c in found if c.kind == "person" and c.matched in EXACT_FORMS]
            fitting = (c for c in people if number == 0 or (life and weigh_life(life, c) > 0))
            yield tuple(replace(c, matched="short") for c in fitting)


def _names_person(name: str, catalogue: Catalogue) -> bool:
    """Whether somebody is known by the whole of a name: "Obi Tower" is nobody's."""
    found = catalogue.find(name, limit=MOST_CANDIDATES)
    return any(c.kind == "person" and c.matched in EXACT_FORMS for c in found)


def _mark_strangers(
    view: EntityView, names: Sequence[str], answers: Sequence[Sequence[Candidate]]
) -> dict[str, Features]:
    """Marks the people whom a person's longest name, of three words or more, does not find: of another middle name."""
    if view.entity.kind != "person" or len(names) < 2:
        return {}
    longest = max(range(len(names)), key=lambda i: len(strip_title(normalise(names[i])).split()))
    if len(strip_title(normalise(names[longest])).split()) < 3:
        return {}
    known = {c.qid for c in answers[longest] if c.matched in EXACT_FORMS or c.matched == "part"}
    key = strip_title(normalise(names[longest]))
    others = [c for answer in answers for c in answer if c.qid not in known]
    strangers = (c.qid for c in others if edit_distance(normalise(c.label), key, most=2) > 2)
    return {qid: {"longer_unmatched": 1.0} for qid in strangers}


def _mark_surnames(answers: Sequence[Sequence[Candidate]]) -> dict[str, Features]:
    """Marks what is probably the item of a name itself: of one word, without kind and description, borne by people."""
    found = [c for answer in answers for c in answer]
    bearers = len({c.qid for c in found if c.matched == "surname" and c.kind == "person"})
    blank = [c for c in found if c.kind is None and not (c.description or c.classes or " " in c.label)]
    return {c.qid: {"surname_item": math.log1p(bearers)} for c in blank if bearers}


def _leading_countries(article: ArticleView, catalogue: Catalogue) -> dict[str, str]:
    """The names of the countries that an article speaks of most, by item."""
    total = sum(article.countries.values())
    leading = [country for country, weight in article.countries.items() if weight >= LEADING * total]
    try:
        found = [catalogue.get(country) for country in leading]
    except CatalogueError:
        return {}
    return {c.qid: c.label for c in found if c is not None and is_country(c)}


def _widen(pool: Pool, catalogue: Catalogue, leading: Mapping[str, str], whole: Sequence[str]) -> Pool:
    """The pool with what has a longer name that the text gives, with bodies of the country that is spoken of, and with
    the first that is known of the ``whole`` names of a competition."""
    view = pool.view
    if view.entity.kind == "person":
        return _widen_person(pool, catalogue)
    if view.entity.kind == "group" or not telling_names(view):
        return pool
    found: dict[str, tuple[Candidate, Features]] = {}
    try:
        for name, share in view.wording.longer:
            if share >= MOSTLY:
                for c in catalogue.find(name, limit=3):
                    if c.matched in {"label", "alias"} and c.kind != "person":
                        found.setdefault(c.qid, (c, {"extended": min(1.0, share)}))
        cups = (c for name in whole for c in catalogue.find(name, limit=3) if c.matched == "label")
        if (cup := next(cups, None)) is not None:
            found.setdefault(cup.qid, (replace(cup, matched="qualified"), {"edition": 1.0}))
        if view.bare:
            names = [f"{owner} {view.names[0]}" for owner in view.wording.owners]
            for name in names + [other for label in leading.values() for other in _qualify(view.names[0], label)]:
                for c in catalogue.find(name, limit=3):
                    if c.matched in {"label", "alias", "loose"} and c.kind != "person":
                        c = c if c.qid in pool.forms else replace(c, matched="qualified")
                        found.setdefault(c.qid, (c, {"qualified": 1.0, "owned": float(name in names)}))
    except CatalogueError:
        return pool
    return _add_candidates(pool, found)


def _widen_person(pool: Pool, catalogue: Catalogue) -> Pool:
    """The pool with those who are known by what is theirs: "Ivar II" is the king of Norland where the text says so."""
    try:
        named = [catalogue.find(name, limit=3) for name in pool.view.wording.realms]
    except CatalogueError:
        return pool
    found = [c for answer in named for c in answer if c.matched in {"label", "alias"} and c.kind in {"person", None}]
    return _add_candidates(pool, {c.qid: (c, {"extended": 1.0}) for c in found})


def _qualify(name: str, country: str) -> tuple[str, ...]:
    """The names that a body of a country may have: "Air Force" is the air force of Kenya."""
    short = country.removesuffix(" of America")
    return f"{name} of {short}", f"{name} of the {short}"


def _add_candidates(pool: Pool, found: Mapping[str, tuple[Candidate, Features]]) -> Pool:
    if not found:
        return pool
    forms = {c.qid: (c.matched, 1) for c, _ in found.values()} | pool.forms
    known = {c.qid for c in pool.candidates}
    added = tuple(c for c, _ in found.values() if c.qid not in known)
    kept = pool.candidates[: MOST_CANDIDATES - len(added)]
    signs = {qid: {**pool.signs.get(qid, {}), **x} for qid, (_, x) in found.items()}
    return replace(pool, candidates=(*added, *kept), forms=forms, signs={**pool.signs, **signs})


def _is_known(entity: Entity, answers: Sequence[Sequence[Candidate]]) -> bool:
    forms = EXACT_FORMS | {"loose", "respelt"}
    return any(
        c.matched == "demonym" or (c.matched in forms and is_linkable(entity, c)) for answer in answers for c in answer
    )


def _find_respelt(name: str, kind: Kind, catalogue: Catalogue) -> Iterator[tuple[Candidate, ...]]:
    """What the catalogue knows by each other way to write a name."""
    for other in respell_name(name, kind):
        found = catalogue.find(other, limit=MOST_CANDIDATES)
        fitting = [c for c in found if c.matched != "demonym" and fits_spelling(name, kind, c)]
        yield tuple(replace(c, matched="respelt") if c.matched in EXACT_FORMS else c for c in fitting)


def telling_names(view: EntityView) -> list[str]:
    """The names of an entity to ask for: no function words, and full names only where a person has one.

    So a person with a full name is nobody who only has the same surname.
    """
    entity = view.entity
    institution = entity.kind == "organisation" and entity.name[:1].isupper()
    if not institution and not any(mention.form == "name" for mention in entity.mentions):
        return []  # "the letter" is no item called so
    names = [name for name in view.names if name.isupper() or normalise(name) not in FUNCTION_WORDS]
    if view.entity.kind == "person":
        names = [name for name in names if " " in strip_title(normalise(name))] or names
    return names[:MOST_NAMES]


def join_answers(view: EntityView, answers: Sequence[Sequence[Candidate]]) -> Pool:
    """Joins what was found for each name of an entity; keeps those that match in the best form and most names."""
    found: dict[str, Candidate] = {}
    forms: dict[str, tuple[str, int]] = {}
    for answer in answers:
        for candidate in answer:
            matched = candidate.matched if candidate.matched in FORM_ORDER else "alias"  # a catalogue that does not say
            form, matching = forms.get(candidate.qid, (matched, 0))
            better = min(form, matched, key=FORM_ORDER.index)
            forms[candidate.qid] = (better, matching + 1)
            found[candidate.qid] = replace(candidate, matched=better)
    most = max((matching for _, matching in forms.values()), default=0)
    ranked = sorted(found.values(), key=lambda c: (most - forms[c.qid][1], -(c.popularity or 0.0), int(c.qid[1:])))
    return Pool(view, tuple(ranked[:MOST_CANDIDATES]), forms)


def join_pools(first: Pool | None, second: Pool | None) -> Pool | None:
    """The candidates of two catalogues, each as the first knows it; None when the second has no answer."""
    if first is None or second is None:
        return second
    answers = [[replace(c, matched=pool.forms[c.qid][0]) for c in pool.candidates] for pool in (second, first)]
    joined = join_answers(first.view, answers)
    forms = {}
    for qid, (form, _) in joined.forms.items():
        matching = max(pool.forms[qid][1] for pool in (first, second) if qid in pool.forms)
        forms[qid] = (form, matching)
    return replace(joined, forms=forms, team=first.team, signs={**first.signs, **second.signs})


def describe_pools(reading: Reading, pools: Sequence[Pool | None], score: Score) -> list[list[Features]]:
    """The features of all candidates of all entities of one article."""
    article = _view(reading, pools)
    lives = tell_lives(reading)
    described = []
    for pool in pools:
        found: list[Features] = []
        if pool is not None:
            given = pool.linkable
            found = describe_pool(
                pool.view, article, given, forms=pool.forms, signs=pool.signs, weigh=score.word_weight
            )
            life = lives.get(pool.view.entity.id)
            if life is not None:
                found = [x | {"life": weigh_life(life, c)} for x, c in zip(found, given, strict=True)]
        described.append(found)
    return described
