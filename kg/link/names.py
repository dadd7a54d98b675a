"""Turns the names of things into keys that survive case, accents, dots, spelling and transliteration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz.distance import OSA


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(text.split())


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
    | {"œ": "oe", "Œ": "Oe", "ı": "i", "þ": "th", "Þ": "Th", "ə": "e", "Ə": "E", "&": " and "}
    | dict.fromkeys("'’‘`´ʼʻʿʾ′", "")
)
_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}|\b\w\.\w\b")
_BREAKS = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")
_SPELLINGS = {
    "defence": "defense",
    "organisation": "organization",
    "organisations": "organizations",
    "centre": "center",
    "labour": "labor",
    "programme": "program",
    "theatre": "theater",
    "harbour": "harbor",
    "mt": "mount",
    "ft": "fort",
    "dept": "department",
    "natl": "national",
    "intl": "international",
    "govt": "government",
}
TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady baron baroness president king queen prince princess pope emperor "
    "sheikh sheik ayatollah imam mullah rabbi rev reverend bishop archbishop cardinal father sister brother "
    "prime minister premier chancellor senator sen congressman congresswoman congressmember "
    "representative rep governor gov mayor judge justice attorney secretary ambassador minister chairman "
    "chairwoman director spokesman spokeswoman general gen lieutenant lt major maj colonel col captain capt "
    "sergeant sgt commander cmdr admiral adm brigadier brig marshal corporal cpl lance private pvt officer "
    "detective inspector superintendent constable chief professor prof coach actor actress singer former late "
    "acting deputy vice hon excellency"
)
GENERATIONS = word_set("jr sr ii iii iv junior senior esq kcb obe mbe cbe mp phd md")
PARTICLES = word_set("al el bin ibn ben van von der den de da di du del della la le ter ten abu")
_LEGAL = word_set(
    "inc incorporated corp corporation co company ltd limited llc llp lp plc ag sa nv bv gmbh se ab oyj asa "
    "kgaa spa srl holdings holding group pjsc ojsc pvt pte"
)
_CLUBS = word_set("fc afc cf sc")
_SOUNDS = (
    ("sch", "s"),
    ("tch", "c"),
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "k"),
    ("ck", "k"),
    ("ch", "c"),
    ("sh", "s"),
    ("zh", "s"),
    ("ts", "s"),
    ("x", "ks"),
    ("q", "k"),
    ("g", "k"),
    ("w", "v"),
    ("z", "s"),
    ("dj", "j"),
)


def normalise(name: str) -> str:
    """The key of a name: lower case, no accents, apostrophes or dots, one blank between words, no leading "the"."""
    text = name.translate(_LETTERS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.casefold()
    if "." in text:
        text = _INITIALS.sub(_join_initials, text)
    words = [_SPELLINGS.get(word, word) for word in _BREAKS.split(text) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[0] == "st":
        words[0] = "saint"
    return " ".join(words)


def _join_initials(match: re.Match[str]) -> str:
    found = match.group()
    if not found.endswith((".", ". ")) and len(found) == 3:
        return found.replace(".", "") if found[0].isalpha() and found[2].isalpha() else found
    return re.sub(r"[.\s]", "", found) + (" " if found.endswith(" ") else "")


def name_variants(name: str) -> tuple[str, ...]:
    """The keys under which a name that an article uses may be found, the likeliest first."""
    keys = [normalise(name)]
    stripped = _POSSESSIVE.sub("", name.strip())
    if stripped != name:
        keys.insert(0, normalise(stripped))
    first, _, rest = stripped.strip().partition(" ")
    if " " in rest and sum(c.isupper() for c in first) > 1 and not rest.isupper():
        keys.append(normalise(rest))  # a rank in capitals: LTG, RADM
    keys += [shorter for key in keys[:2] if (shorter := strip_title(key)) != key]
    return tuple(dict.fromkeys(key for key in keys if key))


def strip_title(key: str) -> str:
    """A key without leading titles ("gen jonathan vance" gives "jonathan vance"); at least one word stays."""
    words = key.split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def shorten_person(key: str, *, freely: bool = False) -> tuple[str, ...]:
    """Shorter keys for a person: the first and the last name, and the name without "jr" and without initials.

    ``freely``: the first and the last name, the first two, the second and the last, and all but the first, of three
    names or more.
    """
    words = [word for word in key.split() if word not in GENERATIONS]
    if len(words) < (3 if freely else 2):
        return ()
    ends = f"{words[0]} {words[-1]}"
    if freely:
        found = [ends, f"{words[0]} {words[1]}", f"{words[1]} {words[-1]}", " ".join(words[1:])]
    else:
        without_initials = [word for number, word in enumerate(words) if len(word) > 1 or number == 0]
        found = [" ".join(words), ends, " ".join(without_initials)]
    return tuple(dict.fromkeys(shorter for shorter in found if shorter != key and " " in shorter))


def loose_key(key: str, countries: Mapping[str, str]) -> str:
    """A key for names of the same words in another order and number, with countries by their items.

    "iraqi parliament" and "parliament of iraq" give the same.
    ``countries`` gives the item of each name and demonym of a country. Empty for fewer than two such words.
    """
    words = key.split()
    found: set[str] = set()
    i = 0
    while i < len(words):
        for length in (4, 3, 2, 1):
            if country := countries.get(" ".join(words[i : i + length])):
                found.add(country)
                i += length
                break
        else:
            if words[i] not in _LOOSE_STOPS:
                found.add(_LOOSE_WORDS.get(words[i], words[i].removesuffix("s")))
            i += 1
    return "=" + " ".join(sorted(found)) if len(found) > 1 else ""


def surname(key: str) -> str:
    """The last name in a person's key, with its particle ("ursula von der leyen" gives "von der leyen")."""
    words = [word for word in key.split() if word not in GENERATIONS]
    if len(words) < 2:
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


_LOOSE_STOPS = word_set(
    "of the and for in on to a de du des la le von armed affairs fc afc cf sc"
)  # armed forces: forces
_LOOSE_WORDS = {"military": "force", "govt": "government", "ministries": "ministry", "dep": "department"}


def short_organisation(key: str) -> str:
    """A key without legal forms and signs of a club ("acme corp" gives "acme"); empty when nothing was taken off."""
    words = key.split()
    if len(words) > 1 and (words[0] in _CLUBS or words[-1] in _CLUBS):
        words = [word for word in words if word not in _CLUBS]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    shorter = " ".join(words)
    return shorter if shorter != key and len(shorter) > 2 else ""


def initials(name: str) -> str:
    """The acronym that a name of three or more words may have, in lower case; empty for shorter names."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w.lower() not in {"of", "the", "and", "for", "in", "on"}]
    if len(words) < 3 or not all(w[0].isupper() for w in words):
        return ""
    return "".join(w[0] for w in words).lower()


def sound_key(key: str) -> str:
    """A key by consonants, equal for most transliterations and many misspellings of a name; empty when too short."""
    words = [w for w in key.split() if w not in {"al", "el", "the", "of"}]
    sounds = _sound("".join(words))
    return sounds if len(sounds) >= 4 and len(key) >= 7 else ""


def _sound(word: str) -> str:
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k")
    first = "a" if word[:1] in "aeiouy" else word[:1]
    rest = re.sub(r"[aeiouyhj]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)


def edit_distance(left: str, right: str, *, most: int = 3) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two strings, or ``most`` + 1 when more."""
    return OSA.distance(left, right, score_cutoff=most)
