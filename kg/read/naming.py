"""Finds the names of a text: what the model gives, with borders mended and kinds by the nouns in and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.read.borders import PROPER, mend_borders
from kg.read.decode import Name, decode_names
from kg.read.genders import gender_of_name
from kg.read.names import SHIPS, STORMS
from kg.read.network import Answers, Network
from kg.read.parting import MARKS, Known

THINGS = frozenset(("organisation", "place", "facility", "group", "product", "event", "work", "other"))
MISC = frozenset(("event", "work", "other"))
POLITE = frozenset("mr mrs ms miss madam mx dr prof messrs".split())
HONOURS = frozenset("QC KC MEP MBE OBE CBE PhD".split())
"""Letters behind a person's name."""
DISEASES = frozenset("disease syndrome lymphoma sarcoma palsy".split())
FEVERS = frozenset(("fever", "virus"))
"""What follows the name of a place or the like at once in that of a disease: "Roe fever"."""
ADJECTIVAL = frozenset(("Olympic", "Paralympic"))
"""What looks like a name and says only of what kind a thing is: an "Olympic" title."""
DASHES = frozenset(("-", "--", "–", "—"))
MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec".split())
DATELINE = 14  # words of a dateline, at most
COMPANY_LAST = frozenset(
    "Aggregates Airlines Airways Associates Capital Chemicals Electronics Enterprises Entertainment Foods Holdings "
    "Industries Laboratories Logistics Minerals Motors Partners Pharmaceuticals Resources Solutions Systems "
    "Technologies Therapeutics Ventures".split()
)
"""What ends the name of a company and never that of a person."""
PEOPLE = frozenset("people peoples tribe tribes tribesmen refugees rebels minority minorities".split())
KIND_BY_LAST = {
    word: kind
    for kind, nouns in {
        "work": "act law laws constitution treaty agreement accord accords bill code regulations charter protocol "
        "declaration directive amendment ordinance",
        "event": "cup championship championships festival war olympics olympiad paralympics summit election elections "
        "referendum revolution marathon",
        "other": "award awards prize prizes medal index",
    }.items()
    for word in nouns.split()
}
"""The kind of what is called by these nouns at the end of a name."""
NO_BODIES = frozenset(KIND_BY_LAST) - frozenset(
    "law laws bill code charter declaration war revolution marathon".split()
)
"""Those of them that end no name of a company, a party or the like."""
BODIES_BY_NOUN = frozenset(
    "newspaper daily weekly magazine tabloid broadcaster airline carrier company firm bank retailer automaker carmaker "
    "startup charity nonprofit".split()
)
"""Nouns right before a name that say what body it is: "the newspaper Roe"."""
BODIES_AFTER = frozenset(
    "movement network militia faction party coalition alliance gang cartel foundation company firm airline club".split()
)
"""Nouns right behind a name that say the same: "the Roe movement"."""
SHOWN = frozenset("show film series drama novel book album song movie sitcom".split())
"""Nouns right behind the name of a work: "the Roe Hall show"."""
BUILT = frozenset(
    "airport bridge dam hospital jail mall mine museum plant port prison refinery stadium station theatre zoo".split()
)
"""Nouns at the end of the name of a facility."""
LAND = frozenset(
    "island islands isle river lake bay mountain mountains peninsula peak ridge valley desert strait gulf creek canyon "
    "glacier archipelago reef".split()
)
"""Nouns at the end of the name of a place."""
WHERE = frozenset("at on off in near around across towards toward onto along over".split())
DEMONYMS = (("er", ""), ("an", ""), ("an", "a"), ("ian", ""), ("ite", ""))
"""Endings of the names of people by their place, and what the place's name has in their stead."""
SHORTEST = 4  # letters of such a place
VERSUS = frozenset(("v", "v.", "vs", "vs."))
AROUND = 8  # words on each side of a name that show whether its sentence has capitals
CASED = 50  # words of a text among which one has a capital, unless all is in small letters


def find_names(words: Sequence[str], starts: Sequence[bool], answers: Answers, network: Network) -> list[Name]:
    """The names in a text, in order, from what ``network`` answered for its words.

    ``starts`` says of each word whether a paragraph starts with it.
    """
    names = decode_names(words, answers.names, answers.misc, network.transitions, starts=starts)
    known = network.gazetteer.find_kind
    return mend_names([read_dateline(name, words, starts, known) for name in names], words, known)


def read_dateline(name: Name, words: Sequence[str], starts: Sequence[bool], known: Known) -> Name:
    """The place where a report was written, in capitals at the start of a paragraph: "LEEDS, May 3 (Agency) -"."""
    inside = words[name.start : name.end]
    if name.type == "place" or not starts[name.start] or not all(word.isupper() for word in inside):
        return name
    kind = known(inside)
    ahead = words[name.end : name.end + DATELINE]
    dash = next((at for at, word in enumerate(ahead) if word in DASHES or starts[name.end + at]), len(ahead))
    if kind == "organisation" or dash == len(ahead) or ahead[dash] not in DASHES:
        return name
    between = ahead[:dash]
    dated = "(" in between or any(word.rstrip(".").lower()[:4].rstrip(".") in MONTHS for word in between)
    if not (dated or (kind == "place" and between in ([], [","]))):
        return name
    fits = all(not word.islower() or word.isdigit() for word in between if word.isalpha())
    return replace(name, type="place") if fits else name


def mend_names(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """The names of a text with better borders and kinds, in order, without those that are none.

    ``known`` gives the kind of the thing that has a name of these words, "" where there is none.
    """
    names = mend_borders(names, words, known)
    names = [_settle_kind(name, words, known) for name in names if words[name.start : name.end] not in _NO_NAMES]
    names = _follow_kinds(_vote_persons(names, words, known), words, known)
    capitals = sum(word[:1].isupper() for word in words)
    return [n for n in names if not _is_common(n, words, known)] if CASED * capitals > len(words) else names


_NO_NAMES = [[word] for word in sorted(ADJECTIVAL)]


def _vote_persons(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """With a full name as a person's where its first word is a first name, and its last stands elsewhere for a person
    alone: "Kemal Roe" was no town when "Roe" denied it."""
    alone = {words[name.start] for name in names if name.type == "person" and name.end - name.start == 1}
    return [
        replace(name, type="person")
        if name.type in ("place", "organisation", "other", "group", "work")
        and name.end - name.start in (2, 3)
        and words[name.end - 1] in alone
        and known(words[name.start : name.end]) in ("", "person")
        and gender_of_name(" ".join(words[name.start : name.end]))
        else name
        for name in names
    ]


def _settle_kind(name: Name, words: Sequence[str], known: Known) -> Name:
    """The name with the kind that a title, its ending, or the nouns in and right before it, give it."""
    found = _read_disease(_read_title(name, words), words)
    for tell in (_tell_by_first, _tell_by_last, _tell_by_noun):
        kind = tell(found, words)
        if kind:
            return replace(found, type=kind)
    return replace(found, type="group") if _is_demonym(found, words, known) else found


def _is_demonym(name: Name, words: Sequence[str], known: Known) -> bool:
    """Whether a name is formed from that of a known place: "Roevillers" of Roeville, "Roelandians" of Roeland."""
    inside = list(words[name.start : name.end])
    plural = inside[-1].endswith("s")
    if len(inside) > 2 or name.type not in ("place", "organisation") or known(inside) not in ("", "group"):
        return False
    if not plural and name.type != "place":
        return False
    singular = inside[-1][:-1] if plural else inside[-1]
    stems = [singular[: -len(end)] + more for end, more in DEMONYMS if singular.endswith(end)]
    return any(len(stem) >= SHORTEST and known([*inside[:-1], stem]) == "place" for stem in stems)


def _read_disease(name: Name, words: Sequence[str]) -> Name:
    """A disease with the name of a person: "Roe's disease"."""
    end = name.end + 2
    if name.type == "person" and end <= len(words) and words[end - 2] in MARKS and words[end - 1].lower() in DISEASES:
        return replace(name, end=end, type="other")
    at = name.end
    alone = at - name.start <= 2 and at < len(words) and words[at] in FEVERS
    return replace(name, end=at + 1, type="other") if alone and name.type in ("place", "person", "other") else name


def _read_title(name: Name, words: Sequence[str]) -> Name:
    """A person without the "Mr" that its name begins with, or that stands before it."""
    first = words[name.start].lower().rstrip(".")
    before = words[name.start - 1].lower().rstrip(".") if name.start else ""
    size = name.end - name.start
    if first in POLITE and size > 1 and name.type in ("person", "organisation", "place", "group"):
        return replace(name, start=name.start + 1 + (words[name.start + 1] == "." and size > 2), type="person")
    if size > 1 and words[name.end - 1] in HONOURS and name.type in ("organisation", "place"):
        return replace(name, type="person")
    if before in POLITE and name.type in ("organisation", "place", "facility", "group"):
        return replace(name, type="person")
    return name


def _tell_by_first(name: Name, words: Sequence[str]) -> str:
    if name.end - name.start == 1 or name.type not in THINGS | {"person"}:
        return ""
    first = words[name.start]
    if words[name.start : name.start + 2] == ["Order", "of"] and name.type in MISC:
        return "other"
    if not VERSUS.isdisjoint(words[name.start + 1 : name.end - 1]) and name.type not in ("work", "organisation"):
        return "event"
    if first in SHIPS:
        return "product"
    return (
        "event"
        if first.lower() in STORMS and name.end - name.start == 2 and not words[name.start + 1].endswith("s")
        else ""
    )


def _tell_by_last(name: Name, words: Sequence[str]) -> str:
    last = words[name.end - 1]
    noun = last.lower()
    if last in COMPANY_LAST and name.type in ("person", "place") and name.end - name.start > 1:
        return "organisation"
    kind = KIND_BY_LAST.get(noun, "") if name.end - name.start > 1 and last[:1].isupper() else ""
    if name.end - name.start > 2 and words[name.end - 2] == "Flight" and last[:1].isdigit() and name.type != "person":
        return "event"
    if noun in BUILT and name.type == "place" and name.end - name.start > 1:
        return "facility"
    if noun in LAND and name.type in MISC and name.end - name.start > 1 and name.start:
        before = [word.lower() for word in words[max(0, name.start - 2) : name.start]]
        return "place" if before[-1] in WHERE or (before[-1] == "the" and before[0] in WHERE) else ""
    if not kind or words[name.end - 2].islower():  # the head of "Board of Elections" is another
        return ""
    if name.type == "organisation":
        return kind if noun in NO_BODIES else ""
    return kind if name.type in MISC and (name.type, kind) != ("work", "event") else ""


def _tell_by_noun(name: Name, words: Sequence[str]) -> str:
    before = words[name.start - 1] if name.start else ""
    if before.title() == before and before.lower() in STORMS and name.type in ("person", "place", "organisation"):
        return "event"
    if name.type != "person" or before not in BODIES_BY_NOUN:
        return ""
    return "" if gender_of_name(" ".join(words[name.start : name.end])) else "organisation"


def _tell_by_next(name: Name, words: Sequence[str]) -> str:
    """The kind that the noun behind a name gives it, where "the" stands before it."""
    after = words[name.end] if name.end < len(words) else ""
    if not name.start or words[name.start - 1].lower() != "the":
        return ""
    if after in BODIES_AFTER and name.type in ("person", "place"):
        return "organisation"
    return "work" if after in SHOWN and name.type in ("person", "place", "organisation") else ""


def _follow_kinds(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """With one kind for a name wherever it stands, when one place tells it: "the Roe people", "Hurricane Roe"."""
    told: dict[tuple[str, ...], str] = {}
    surnames = {words[n.end - 1] for n in names if n.type == "person" and n.end - n.start > 1}
    for name in names:
        inside = tuple(words[name.start : name.end])
        if name.type in ("person", "group") and name.end < len(words) and words[name.end] in PEOPLE:
            told[inside] = "group"
        elif name.type == "organisation" and name.start and words[name.start - 1] in BODIES_BY_NOUN:
            told[inside] = "organisation"
        elif name.type == "event" and name.start and words[name.start - 1].lower() in STORMS:
            told[inside] = "event"
        elif name.type != "person" and (words[name.start] in SHIPS or words[name.start].lower() in STORMS):
            told[inside[1:]] = name.type
        elif words[name.end - 1] not in surnames and (kind := _tell_by_next(name, words)) and not known(inside):
            told[inside] = kind
    if not told:
        return list(names)
    followed = []
    for name in names:
        inside = tuple(words[name.start : name.end])
        kind = told.get(inside, "")
        if (
            kind
            and name.type in ("person", "place", "organisation")
            and not (len(inside) == 1 and inside[0] in surnames)
        ):
            name = replace(name, type=kind)
        followed.append(name)
    return followed


def _is_common(name: Name, words: Sequence[str], known: Known) -> bool:
    """Whether a name has neither a capital nor a digit: a kind of fish, or a phrase in quotation marks.

    Web addresses are names, and so are those of people, bodies and places that are known, or with no capital around:
    not all write "Rome" large.
    """
    inside = words[name.start : name.end]
    if name.type in ("date", "money") or any(c.isupper() or c.isdigit() or c == "." for c in "".join(inside)):
        return False
    if name.type not in PROPER:
        return True
    around = words[max(0, name.start - AROUND) : name.end + AROUND]
    cased = any(len(word) > 1 and word[:1].isupper() for word in around)
    return cased and known(inside) != ("place" if name.type == "facility" else name.type)
