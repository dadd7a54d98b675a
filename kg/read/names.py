"""What can be read off a name itself: its bare form, a person's title, surname and first name, an acronym."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from rapidfuzz.distance import OSA

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess duke duchess
    president vice-president premier minister chancellor senator sen representative rep congressman congresswoman
    governor gov mayor ambassador judge justice secretary speaker chairman chairwoman chair chief director deputy
    general gen lieutenant lt ltg colonel col major maj captain capt commander cmdr sergeant sgt admiral adm
    brigadier brig marshal corporal cpl private pvt officer inspector superintendent detective constable
    pope cardinal archbishop bishop reverend rev father sister brother imam ayatollah sheikh shaikh sheik mullah rabbi
    king queen prince princess emperor empress sultan emir tsar saint st
    cllr councillor councilman councilwoman councilor alderman assemblyman assemblywoman commodore
    coach manager actor actress singer author
    """.split()
)
PARTICLES = frozenset(
    "al el bin ibn ben abu de da di do dos das del della der den van von zu la le lo mac mc san st ter ten y e".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md obe mbe cbe kc qc".split())
COMPANY = re.compile(
    r",?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|AG|SA|S\.A|SE|NV|GmbH|SpA|Oy|AB|Group|Holdings?)\.?$"
)
POSSESSIVE = re.compile(r"['’]s?$")
# Words that end the name of a body: what follows its possessive is the name of another one, a part of it.
BODIES = frozenset(
    """
    administration agency army assembly association authority bank board brigade bureau cabinet commission committee
    company congress corps corporation council court department federation force forces foundation government
    group guard guards institute league ministry movement navy office organisation organization parliament
    party police senate service
    society state states union university
    """.split()
)
INNER_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])\s+(?=[A-Z])")
MINOR = frozenset("of the and for in on at to a an de du la des et und für & le el y".split())


def bare(name: str) -> str:
    """A name without quotation marks, possessive ending, leading article, doubled spaces and an editor's brackets."""
    whole = " ".join(re.sub(r"[\[\]]", "", name).split())
    name = whole.strip("\"“”‘'’«»()[],;:–—- ")
    if name.count("(") == name.count(")") + 1 and f"{name})" in whole:
        name += ")"
    name = POSSESSIVE.sub("", name) if len(name) > 3 and name.endswith(("'s", "’s", "s'", "s’")) else name
    return re.sub(r"^(?:the|a|an)\s+(?=\S)", "", name, flags=re.IGNORECASE)


DIVISION = re.compile(
    r"(?<=\w)\s+(?:area|county|district|governorate|municipality|oblast|prefecture|province|region|state|territory|town|village)$"
)


def without_division(name: str) -> str:
    """A place's name without what it is in small letters behind it: "Henan province"."""
    return DIVISION.sub("", name) if name[:1].isupper() else name


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """A bare name as key for comparison: no accents, no case, no full stops, one kind of hyphen and apostrophe."""
    name = unicodedata.normalize("NFKD", bare(name))
    name = "".join(c for c in name if not unicodedata.combining(c)).casefold()
    name = re.sub(r"[.’'`´]", "", name)
    return " ".join(re.sub(r"[-‐‑–—_/]", " ", name).split())


def words_of(name: str) -> list[str]:
    """The folded words of a name."""
    return fold(name).split()


RANK = re.compile(r"(?:[a-z]{1,2}[A-Z]{2,4}|[A-Z]{3,4}|[A-Z]{1,2}[A-Z][a-z]{2})\s+(?=[A-Z][\w'’-]*[a-z]\S*\s+[A-Z])")


def without_rank(name: str) -> str:
    """A person's name without a military rank in short form before it ("LTG", "BGen")."""
    return RANK.sub("", name, count=1) if RANK.match(name) else name


SHIPS = frozenset("MV MS MT SS RMS RMV RV USS USNS HMS HMAS HMCS HMNZS INS KRI ARA BRP USCGC RRS".split())
STORMS = frozenset(("hurricane", "typhoon", "cyclone"))


def without_class(name: str) -> str:
    """What a ship or storm is called without the word that says what it is ("MV", "Hurricane"); "" for other names."""
    first, _, rest = name.partition(" ")
    return rest if first in SHIPS or first.lower() in STORMS else ""


NICKNAME = re.compile(r"(?<=\w)[.,]?\s+[\"“(][^\"”()]*[\"”)](?=\s+\w)")
GENERATIONS = frozenset("jr sr ii iii iv".split())


def person_words(name: str) -> list[str]:
    """The folded words of a person's name without titles before and suffixes after it, and a nickname inside it."""
    words = [word.strip(",") for word in words_of(NICKNAME.sub("", without_rank(name)))]
    words = [word for word in words if word] or words_of(name)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return words


def generation_of(name: str) -> str:
    """The "jr", "sr" or number after a person's name, else ""."""
    words = [word.strip(",") for word in words_of(name)]
    return words[-1] if len(words) > 1 and words[-1] in GENERATIONS else ""


def has_title(name: str) -> bool:
    """Whether a person's name begins with a title."""
    words = words_of(name)
    return len(words) > 1 and (words[0] in TITLES or without_rank(name) != name)


def surname_of(words: list[str]) -> list[str]:
    """The surname of a person's folded words, particles ("bin", "van der", "al") included."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return words[start:]


def acronyms_of(name: str) -> set[str]:
    """What a long name may be shortened to, in capitals without full stops; empty for one-word names."""
    words = [w for w in re.split(r"[\s\-–/]+", COMPANY.sub("", bare(name))) if w]
    capital = [w for w in words if w[:1].isalnum()]
    major = [w for w in capital if w.casefold() not in MINOR]
    if len(major) < 2:
        return set()
    # "and" and "of" count in some acronyms (DRC: no; EOKA: no; USSR: no; DoD: yes).
    return {"".join(w[0] for w in chosen).upper() for chosen in (capital, major)}


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: two to seven letters, mostly capitals."""
    letters = bare(name).replace(".", "")
    return (
        2 <= len(letters) <= 7 and letters.isalnum() and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)
    )


def acronym_key(name: str) -> str:
    """An acronym without full stops, in capitals; a plural "s" is dropped."""
    letters = bare(name).replace(".", "")
    return (letters[:-1] if letters[-1:] == "s" and letters[:-1].isupper() else letters).upper()


def split_possessive(name: str, known: Container[str]) -> tuple[int, int] | None:
    """Where "the Guards Corps' Quds Force" falls into two names: (end of one, start of the other), in characters.

    Only where the first part ends as the name of a body does, or stands in ``known`` (folded names):
    "the Women's March" and "Lloyd's of London" are one name.
    """
    for match in INNER_POSSESSIVE.finditer(name):
        words = words_of(name[: match.start()])
        if (len(words) > 1 and words[-1] in BODIES) or " ".join(words) in known:
            return match.start(), match.end()
    return None


def split_repeated(name: str, known: Container[str]) -> tuple[int, int] | None:
    """Where "Port Leeds Port Leeds" falls into two names: (end of one, start of the other), in characters.

    Only where the half stands in ``known`` (folded names) too: "Pago Pago" is one name.
    """
    half = len(name) // 2
    if (
        len(name) % 2 == 0
        or not name[half].isspace()
        or name[:half] != name[half + 1 :]
        or fold(name[:half]) not in known
    ):
        return None
    return half, half + 1


def edit_distance(a: str, b: str, limit: int) -> int:
    """The optimal string alignment distance (edits and swaps of neighbours), or ``limit + 1`` when it is larger."""
    return OSA.distance(a, b, score_cutoff=limit)


def is_misspelling(a: str, b: str) -> bool:
    """Whether two different folded words are likely one word, misspelt: long, same first letter, near."""
    if a[:1] != b[:1] or min(len(a), len(b)) < 5:
        return False
    limit = 2 if min(len(a), len(b)) >= 8 else 1
    return edit_distance(a, b, limit) <= limit
