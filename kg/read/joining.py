"""Joins the names of one article into entities: full name and surname, acronym, shortened and misspelt names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.first_names import load_first_names
from kg.model import Entity, Form, Kind, Mention, Passage
from kg.read.aliases import PLACE_OF, Place, find_aliases, is_common, shorten_body
from kg.read.names import (
    COMPANY,
    acronym_key,
    acronyms_of,
    bare,
    edit_distance,
    fold,
    has_title,
    is_acronym,
    is_misspelling,
    person_words,
    split_possessive,
    split_repeated,
    surname_of,
    without_class,
    without_division,
)
from kg.read.persons import JOINED, Bearers, are_told_apart, is_relative, is_surname, same_person, share_surname

OFFICE = re.compile(r"(?P<office>ministry|department|bureau|office) (?:of|for) (?:the )?(?P<what>[^,]+)")
TRADE = re.compile(
    r"\s+(?:Aggregates|Airlines|Airways|Chemicals|Electronics|Enterprises|Entertainment|Foods|Industries|Logistics|"
    r"Minerals|Motors|Pharmaceuticals|Productions|Technologies|Therapeutics|Trust)$"
)
"""What ends the full name of a company that is called by the rest alone."""


COMPARED = re.compile(r"\b(?:elder|older|younger|late)\s$")
"""What tells the bearers of one surname apart."""


class Found(NamedTuple):
    """A mention that was found, before it belongs to an entity."""

    passage: Passage
    kind: Kind
    form: Form = "name"


@dataclass(slots=True)
class Group:
    """Names that mean the same thing; ``forms`` counts them as written (bare), in order of first mention."""

    kinds: Counter[Kind]
    forms: Counter[str]
    mentions: list[Mention] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """The commonest kind of its names."""
        return self.kinds.most_common(1)[0][0]

    @property
    def first(self) -> int:
        """Where it is first named."""
        return self.mentions[0].passage.start

    def take(self, other: Group) -> None:
        """Adds another group's names to this one."""
        self.kinds.update(other.kinds)
        self.forms.update(other.forms)
        self.mentions = sorted([*self.mentions, *other.mentions], key=lambda m: m.passage.start)


def join_names(names: Sequence[Found], text: str) -> tuple[Entity, ...]:
    """The entities behind the names of one article ``text``, in order of first mention, ids "e1", "e2", ..."""
    names = _split_names(names)
    groups = _join_equal(names)
    groups = _join_persons(groups, text)
    _complete_first_names(groups, text)
    groups = _join_aliases(groups, text)
    groups = _join_acronyms(groups)
    groups = _join_shortened(groups)
    groups = _join_turned(groups)
    groups = _join_called(groups)
    groups = _join_misspelt(groups)
    groups.sort(key=lambda group: group.first)
    return tuple(_entity(number, group) for number, group in enumerate(groups, 1))


def _split_names(names: Sequence[Found]) -> list[Found]:
    """The names, where "the Guards Corps' Quds Force" is two, and so is a headline with the first word after it."""
    known = {fold(name.passage.text) for name in names}
    parts: list[Found] = []
    for name in names:
        passage, kind, form = name
        cut = split_possessive(passage.text, known) if kind not in ("work", "event") else None
        cut = cut or split_repeated(passage.text, known)
        if cut is None:
            parts.append(name)
            continue
        first, second = passage.text[: cut[0]], passage.text[cut[1] :]
        parts.append(Found(Passage(passage.start, passage.start + cut[0], first), kind, form))
        parts.append(Found(Passage(passage.start + cut[1], passage.end, second), kind, form))
    return parts


def _entity(number: int, group: Group) -> Entity:
    return Entity(f"e{number}", group.kind, best_form(group), tuple(group.mentions))


def best_form(group: Group) -> str:
    """The form that names the entity best: the fullest that is no acronym, then the commonest, then the first."""
    forms = list(group.forms)
    if group.kind == "person":
        forms = [" ".join(form.split()[len(form.split()) - _bare_length(form) :]) for form in forms]
    counts: Counter[str] = Counter()
    for form, count in zip(forms, group.forms.values(), strict=True):
        counts[form] += count
    return max(counts, key=lambda f: (not is_acronym(f), min(len(f.split()), 3), counts[f], -list(counts).index(f)))


def _bare_length(form: str) -> int:
    """How many written words of a person's name are left without titles before it."""
    words = form.split()
    while len(words) > 1 and has_title(" ".join(words)):
        words = words[1:]
    return len(words)


def _join_equal(names: Iterable[Found]) -> list[Group]:
    """One group per name as written (folded); its kind is the commonest one, but groups of people stay apart."""
    groups: dict[tuple[str, str], Group] = {}
    for passage, kind, form in names:
        text = without_division(passage.text) if kind == "place" else passage.text
        key = fold(text)
        if not any(c.isalnum() for c in key):
            continue
        if kind in ("place", "organisation"):
            key = PLACE_OF.get(key, key)
        family = "group" if kind == "group" else "person" if kind == "person" else "thing"
        group = groups.setdefault((family, key), Group(Counter(), Counter()))
        group.kinds[kind] += 1
        group.forms[bare(text)] += 1
        group.mentions.append(Mention(passage, form))
    return _settle_kinds(groups)


def _settle_kinds(groups: dict[tuple[str, str], Group]) -> list[Group]:
    """The same name as a person here and as a thing there is one reading error: the commoner kind wins.

    A surname of somebody with a full name in the article stays a person.
    """
    surnames = {word for family, key in groups if family == "person" and " " in key for word in surname_of(key.split())}
    for (family, key), group in list(groups.items()):
        thing = groups.get(("thing", key))
        if family != "person" or thing is None or key in surnames:
            continue
        larger, smaller = (group, thing) if len(group.mentions) >= len(thing.mentions) else (thing, group)
        kinds = larger.kinds
        larger.take(smaller)
        larger.kinds = kinds
        del groups[("thing", key) if larger is group else (family, key)]
    return list(groups.values())


def _join_persons(groups: list[Group], text: str) -> list[Group]:
    """Joins "Soleimani", "Gen. Soleimani" and "Qassem Soleimani" to the fullest name they are compatible with."""
    persons = [(group, person_words(next(iter(group.forms)))) for group in groups if group.kind == "person"]
    known = {words[-1] for group, words in persons if not is_surname(next(iter(group.forms)))}
    lasts = {id(group): person_words(next(iter(group.forms)).split()[-1]) for group, _ in persons}
    double = {tuple(lasts[id(group)]) for group, words in persons if words != lasts[id(group)]}  # "Roe-Lee" is one word
    short = {id(group) for group, words in persons if len(words) == 1 or (
        words[-1] in known and is_surname(next(iter(group.forms)))) or (
        words == lasts[id(group)] and tuple(words) in double)}  # fmt: skip
    full = sorted((p for p in persons if id(p[0]) not in short), key=lambda p: (-len(p[1]), p[0].first))
    kept: list[tuple[Group, list[str]]] = []
    alike: dict[str, list[tuple[Group, list[str]]]] = defaultdict(list)  # by last and by first word: either must agree
    merged: set[int] = set()
    for group, words in full:
        near = [*alike[words[-1]], *alike[words[0]]]
        home = next((g for g, longer in near if same_person(words, longer) and not _told_apart(text, group, g)), None)
        if home is None:
            kept.append((group, words))
            for word in {words[-1], words[0]}:
                alike[word].append((group, words))
        else:
            home.take(group)
            merged.add(id(group))
    by_part: dict[str, list[Group]] = defaultdict(list)
    for group, words in kept:
        for part in {" ".join(surname_of(words)), " ".join(lasts[id(group)]), words[-1], words[0]}:
            by_part[part].append(group)
    between: dict[str, list[Group]] = defaultdict(list)  # "Perez" of "Ana Perez Solis"
    for group, words in kept:
        for word in {*words[1:-1]} - load_first_names().keys():
            between[word].append(group)
    bearers = {id(group): [m.passage.start for m in group.mentions] for group, _ in kept}
    for group, words in persons:
        homes = by_part.get(" ".join(words)) or by_part.get(words[-1], []) if id(group) in short else []
        if not homes and len(words) == 1 and len(between[words[0]]) == 1:
            homes = between[words[0]]
        surnamed = [home for home in homes if any(person_words(form)[-1] == words[-1] for form in home.forms)]
        if homes and not _give_surname(group, surnamed or homes, bearers, text):
            merged.add(id(group))
    return [group for group in groups if id(group) not in merged]


def _complete_first_names(groups: Sequence[Group], text: str) -> None:
    """Adds the full name of whoever is introduced by a first name with a relative of the same surname."""
    people = [group for group in groups if group.kind == "person"]
    starts = {m.passage.start: m.passage for group in people for m in group.mentions}
    last = {fold(form.split()[-1]) for group in people for form in group.forms if " " in form}
    for group in people:
        alone = group.mentions[0].passage
        if any(" " in form for form in group.forms) or has_title(alone.text) or fold(alone.text) in last:
            continue
        between = JOINED.match(text, alone.end)
        partner = starts.get(between.end()) if between else None
        if partner and share_surname(text, (alone.start, alone.end), (partner.start, partner.end)):
            length = len(surname_of(person_words(partner.text)))
            group.forms[" ".join((bare(alone.text), *bare(partner.text).split()[-length:]))] += 1


def _told_apart(text: str, one: Group, other: Group) -> bool:
    names, others = ([(m.passage.start, m.passage.end) for m in group.mentions] for group in (one, other))
    return are_told_apart(text, names, others)


def _give_surname(group: Group, homes: Sequence[Group], bearers: Mapping[int, Sequence[int]], text: str) -> bool:
    """Gives each mention of a surname alone to the one of ``homes`` that it means; gives whether some are left.

    ``bearers`` holds where each of ``homes`` is named in full. What is left stays with ``group``.
    """
    if len(homes) == 1:
        if group.first < homes[0].first and is_relative(text, homes[0].first) and not has_title(best_form(group)):
            return True  # "Roe was jailed. His wife, Ann Roe, left": a relative is called so after the other
        homes[0].take(group)
        return False
    known = Bearers([(best_form(home), bearers[id(home)]) for home in homes], text)
    left = []
    for mention in group.mentions:
        compared = COMPARED.search(text, max(0, mention.passage.start - len("the younger ")), mention.passage.start)
        chosen = None if compared else known.choose(mention.passage.text, mention.passage.start)
        if chosen is None:
            left.append(mention)
        else:
            homes[chosen].take(Group(Counter({group.kind: 1}), Counter({bare(mention.passage.text): 1}), [mention]))
    group.mentions = left
    return bool(left)


def _join_aliases(groups: list[Group], text: str) -> list[Group]:
    """Joins the names that the text says are one thing's: "the Federal Security Service (FSB)"."""
    places = sorted(
        Place(m.passage.start, m.passage.end, number) for number, g in enumerate(groups) for m in g.mentions
    )
    home_of: dict[int, int] = {}
    for one, other in find_aliases(text, places, [g.kind for g in groups], [best_form(g) for g in groups]):
        first, second = _find_home(home_of, one), _find_home(home_of, other)
        if first != second:
            home_of[second] = first
            groups[first].take(groups[second])
    return [group for number, group in enumerate(groups) if number not in home_of]


def _find_home(home_of: Mapping[int, int], number: int) -> int:
    while number in home_of:
        number = home_of[number]
    return number


def _join_acronyms(groups: list[Group]) -> list[Group]:
    """Joins an acronym to the one long name in the article that it can stand for."""
    long: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.kind not in ("person", "group"):
            for acronym in set().union(*(acronyms_of(form) for form in group.forms)):
                long[acronym].append(group)

    def list_homes(group: Group) -> list[Group]:
        form = next(iter(group.forms))
        if group.kind in ("person", "group") or not is_acronym(form):
            return []
        return [home for home in long.get(acronym_key(form), []) if home is not group and _fit(home.kind, group.kind)]

    return _join_to_one(groups, list_homes)


def _join_to_one(groups: list[Group], list_homes: Callable[[Group], Iterable[Group]]) -> list[Group]:
    """Joins each group to what ``list_homes`` gives for it, where that is one other group, not joined itself before."""
    merged: set[int] = set()
    for group in groups:
        homes = {id(home): home for home in list_homes(group) if id(home) not in merged}
        if len(homes) == 1 and id(group) not in homes:
            next(iter(homes.values())).take(group)
            merged.add(id(group))
    return [group for group in groups if id(group) not in merged]


def _fit(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be one thing's: a model takes an unknown acronym's kind from little."""
    return one == other or "group" not in (one, other)


def _join_shortened(groups: list[Group]) -> list[Group]:
    """Joins "Microsoft" to "Microsoft Corp.", "Roe" to "Roe Airlines", "Navy Office" to "US Navy Office"."""
    places = {fold(form) for group in groups if group.kind in ("place", "group") for form in group.forms}
    whole: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for form in group.forms if group.kind == "organisation" else ():
            stems = {fold(COMPANY.sub("", form)), fold(TRADE.sub("", form)), fold(form.split(" & ")[0])}
            for short in {*stems, *_without_place(form, places), *shorten_body(form)} - {fold(form)}:
                whole[short].append(group)

    def list_homes(group: Group) -> list[Group]:
        keys = {fold(form) for form in group.forms} if group.kind == "organisation" else ()
        near = ((key, home) for key in keys for home in whole.get(key, []) if home is not group)
        return [home for key, home in near if not (is_common(key) and group.first < home.first)]

    return _join_to_one(groups, list_homes)


def _join_turned(groups: list[Group]) -> list[Group]:
    """Joins "the Defence Ministry" to "the Ministry of Defence"."""
    turned: dict[str, Group] = {}
    for group in groups:
        for form in group.forms:
            match = OFFICE.fullmatch(fold(form)) if group.kind == "organisation" else None
            if match:
                turned.setdefault(f"{match['what']} {match['office']}", group)

    def list_homes(group: Group) -> list[Group]:
        keys = {fold(form) for form in group.forms} if group.kind == "organisation" else ()
        return [turned[key] for key in keys if key in turned]

    return _join_to_one(groups, list_homes)


def _join_called(groups: list[Group]) -> list[Group]:
    """Joins "Roe" to "Hurricane Roe" and "MV Roe" where it was read as a storm or ship too."""
    called: dict[tuple[Kind, str], list[Group]] = defaultdict(list)
    for group in groups:
        if group.kind in ("event", "product"):
            for short in {without_class(form) for form in group.forms} - {""}:
                called[group.kind, fold(short)].append(group)
    return _join_to_one(groups, lambda group: called.get((group.kind, fold(next(iter(group.forms)))), []))


def _without_place(form: str, places: set[str]) -> set[str]:
    """The name without a place or nationality in front, when something like a name (two words) is left."""
    words = form.split()
    return {fold(" ".join(words[n:])) for n in (1, 2) if len(words) - n >= 2 and fold(" ".join(words[:n])) in places}


def _join_misspelt(groups: list[Group]) -> list[Group]:
    """Joins a name that occurs once to the same name spelt a little otherwise and occurring more often.

    Of persons the surname alone; of other things the whole name, of which a letter may differ.
    """
    known: dict[tuple[bool, str], list[tuple[str, Group]]] = defaultdict(list)
    for group in groups:
        if len(group.mentions) > 1 and group.kind != "group":
            for form in group.forms:
                key = _spelling(group, form)
                known[group.kind == "person", key[:1]].append((key, group))

    def list_homes(group: Group) -> list[Group]:
        form, person = next(iter(group.forms)), group.kind == "person"
        if len(group.mentions) > 1 or group.kind == "group" or (person and len(person_words(form)) > 1):
            return []
        key = _spelling(group, form)
        return [home for other, home in known[person, key[:1]] if home is not group and _alike(key, other, person)]

    return _join_to_one(groups, list_homes)


def _spelling(group: Group, form: str) -> str:
    return surname_of(person_words(form))[-1] if group.kind == "person" else fold(form)


def _alike(one: str, other: str, person: bool) -> bool:
    if person:
        return is_misspelling(one, other)
    return (
        min(len(one), len(other)) >= 8 and one.isalpha() and one[:1] == other[:1] and edit_distance(one, other, 1) <= 1
    )
