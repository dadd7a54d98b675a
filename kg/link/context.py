"""What an article says around an entity, in the form that candidates are compared with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.link.callings import Calling, read_calling
from kg.link.names import normalise, strip_title, word_set
from kg.link.wording import FullNames, Wording, is_bare_body, read_expansion, read_wording
from kg.model import Article, Candidate, Entity, Passage

WINDOW = 160  # characters to each side of a mention
MOST_MENTIONS = 12
MOST_PAIRED = 400_000  # characters of an article whose words are kept in pairs
COUNTRY_CLASSES = frozenset({"Q6256", "Q3624078"})  # country, sovereign state
EXACT_FORMS = frozenset({"label", "alias", "short"})
_SPORT_WORDS = word_set(
    "team game match goal cup league season coach player tournament championship innings wicket score scored "
    "striker midfielder quarterback playoff final semifinal win beat victory defeat football rugby cricket "
    "tennis basketball baseball hockey soccer golf champion round test squad captain stadium referee penalty "
    "title race"
)
FIELDS = {
    word: field
    for field, words in {
        "war": "military army general gen ltg lieutenant colonel commander officer force defense defence staff "
        "troop soldier navy admiral marine war weapon militia brigade",
        "politics": "minister president politician senator member parliament legislator governor mayor party "
        "diplomat ambassador secretary congress election candidate lawmaker premier chancellor mp "
        "senate policy vote",
        "sport": "footballer player football club athlete cricketer coach team baseball basketball tennis rugby "
        "swimmer cyclist driver golfer boxer midfielder striker goalkeeper league match season game cup "
        "tournament",
        "art": "actor actress singer musician film director writer author novelist painter composer band rapper "
        "album song television artist comedian producer model poet novel show movie music star",
        "trade": "company business businessman businesswoman entrepreneur executive ceo chief investor economist "
        "bank firm founder billionaire market stock share",
        "knowledge": "scientist physicist chemist professor researcher historian philosopher mathematician "
        "biologist university study research engineer inventor psychologist",
        "faith": "bishop pope cardinal priest imam rabbi ayatollah cleric theologian church saint archbishop",
        "law": "judge lawyer attorney court justice prosecutor police criminal murderer killer trial convicted",
    }.items()
    for word in word_set(words)
}
# By the stem of a word: "tenni" is tennis.
DISCIPLINES = {
    word: discipline
    for discipline, words in {
        "football": "football soccer goalkeeper midfielder striker fifa uefa bundesliga fc afc offside equaliser",
        "cricket": "cricket cricketer wicket innings batsman bowler bowled bowling lbw odi ashes umpire",
        "rugby": "rugby scrum try tries fly-half prop lock hooker scrum-half flanker wallabies springbok",
        "baseball": "baseball inning pitcher homer shortstop outfielder mlb bullpen catcher rbi",
        "basketball": "basketball nba rebound point-guard dunk",
        "hockey": "hockey nhl puck goaltender",
        "gridiron": "nfl quarterback touchdown linebacker cornerback tailback interception",
        "athletics": "hurdle hurdler sprinter sprint marathon relay javelin decathlon heptathlon iaaf steeplechase",
        "tennis": "tenni atp wta wimbledon",
        "golf": "golf golfer pga birdie bogey",
        "cycling": "cycling cyclist peloton",
        "boxing": "boxing boxer bout heavyweight welterweight middleweight",
        "swimming": "swimming swimmer freestyle backstroke breaststroke",
        "racing": "nascar motogp f1 motorsport",
    }.items()
    for word in word_set(words)
}
_WORD = re.compile(r"[^\W\d_][\w-]+")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|into|from|to|toward|towards|through)\s+(?:the\s+)?$"
)
_AFTER_ACTOR = re.compile(
    r"^(?:\s+\w+ly|\s+(?:later|also|has|had|have|will|would))*\s+(?:officials?|spokes\w+|leaders?|chief|sources?|said|says|"
    r"say|told|tells|denied|denies|announced|announces|confirmed|declined|warned|accused|decided|wants|plans|insisted|"
    r"claimed|reported|ordered|approved|voted|rejected|agreed|believes)\b"
)


_BEFORE_RIVAL = re.compile(
    r"\b(?:beat|beating|over|against|versus|vs?\.?|face|facing|upset|thrash\w*|defeat\w*|by|past)\s+(?:the\s+)?$"
)
_AFTER_PLAYER = re.compile(
    r"^\s+(?:have|are|were|beat|beats|won|wins?|lost|loses?|drew|play\w*|kick\w*|face[sd]?|host(?:ed|s)?|travel\w*|score[sd]?|"
    r"thrash\w*|defeat\w*|coach|captain|manager|striker|midfielder|defender|quarterback|forward|goalkeeper|batsm[ae]n|bowler|"
    r"international|player|players|team|fans|versus|vs?\.|against|\d{1,3}\b)"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_UNIT = re.compile(r"(?:,?\s(?:and\s)?[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)*\s([Cc]ounties|[Pp]arishes)\b")
_TEAM = re.compile(
    r"\b(?:team|sportsteam|club|franchise|F\.?C\.?|[FSN]K|"
    r"(?:Football|Cricket|Rugby|Hockey|Basketball|Athletic|Sports?) Club)\b"
)
_GRIDIRON = re.compile(r"\b(?:American football|Canadian football|National Football League|NFL)\b")
_NATIONAL = re.compile(r"\bnational (?:[\w'-]+ ){0,4}team\b|^(?:England|Scotland|Wales|Ireland|West Indies) .*team\b")
MANY_TEAMS, MOSTLY_TEAMS, TABLE = 10, 0.8, 0.8  # organisations, their share that may be teams, what that says of sport
SPORTING = 0.3  # how much an article speaks of sport before its places may be teams
_BESIDE_BEFORE, _BESIDE_AFTER = 40, 70  # characters that hold what a thing is called beside its name


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity as the score sees it: names and keys, words around it, and how its mentions are used.

    ``beside`` are those words that stand next to the name ("the singer X", "X, a bank in Y"). ``located``, ``acting``
    and ``playing`` are shares of the mentions: "in X", "X said", "X have lost to". ``completed``
    says that the first name is a full one from elsewhere in the text, ``lettered`` is the share of mentions that stand
    behind a comma after a person. ``wording`` is what touches the name, ``sporting`` the share of words near it that
    speak of sport (0..1), ``calling`` what a person is said to be, ``expansion`` the key of what an acronym stands for:
    "artificial lake (AL)".
    """

    entity: Entity
    names: tuple[str, ...]
    keys: tuple[str, ...]
    near: frozenset[str]
    beside: frozenset[str]
    located: float
    acting: float
    playing: float
    completed: bool
    lettered: float
    wording: Wording
    sporting: float
    calling: Calling
    expansion: str

    @property
    def bare(self) -> bool:
        """Whether it is called like a body or an office that every country has: "Supreme Court"."""
        return self.entity.kind not in {"person", "place"} and is_bare_body(self.keys[0])


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as the score sees it: words, year, countries, the vote of each entity for one, fields (0..1).

    ``pairs`` are the keys of its words two by two, ``disciplines`` the shares of kinds of sport. ``places`` gives
    for a key the best known place that an entity of this name may be.
    """

    words: frozenset[str]
    pairs: frozenset[str]
    year: int | None
    countries: Mapping[str, float]
    votes: Mapping[str, tuple[str, float]]
    places: Mapping[str, Candidate]
    sport: float
    fields: Mapping[str, float]
    disciplines: Mapping[str, float]

    @property
    def sporting(self) -> bool:
        """Whether it speaks of sport so much that a place may stand for its team."""
        return self.sport >= SPORTING

    def says(self, key: str) -> bool:
        """Whether all neighbouring words of a key of two or more stand side by side in the text."""
        words = key.split()
        return len(words) > 1 and all(f"{a} {b}" in self.pairs for a, b in pairwise(words))

    def countries_beside(self, entity: Entity) -> dict[str, float]:
        """How much the article speaks of each country, by what its other entities are."""
        country, weight = self.votes.get(entity.id, ("", 0.0))
        return {name: count - weight * (name == country) for name, count in self.countries.items()}


def stem_words(text: str) -> list[str]:
    """The words of a text in lower case, without a plural s."""
    found = (word.casefold() for word in _WORD.findall(text))
    return [w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 3 else w for w in found]


def view_entity(
    entity: Entity, article: Article, full: FullNames | None = None, people: frozenset[int] = frozenset()
) -> EntityView:
    """Gathers what the article says around the mentions of an entity; names count once each, the main one first.

    A person of one name only is called by the full name that ``full`` gives. ``people`` are the ends of the names of
    persons.
    """
    named = [m.passage for m in entity.mentions if m.form == "name"]
    named = named or [m.passage for m in entity.mentions if m.form == "nominal"]
    names = tuple(dict.fromkeys([entity.name, *(" ".join(p.text.split()) for p in named)]))
    if entity.kind == "place" and (unit := _unit_after(named, article.text)):
        names = tuple(f"{name} {unit}" for name in names)
    whole = _complete(names, full) if entity.kind == "person" and full else ""
    names = (whole, *names) if whole else names
    own = {word for name in names for word in stem_words(name)}
    near: set[str] = set()
    beside = {word for name in names for word in stem_words(name)[:-1]}  # a title
    located = acting = playing = 0
    for passage in named[:MOST_MENTIONS]:
        before = article.text[max(0, passage.start - WINDOW) : passage.start]
        after = article.text[passage.end : passage.end + WINDOW]
        near.update(stem_words(before), stem_words(after))
        beside.update(stem_words(_SENTENCE_END.split(before[-_BESIDE_BEFORE:])[-1]))
        beside.update(stem_words(_SENTENCE_END.split(after[:_BESIDE_AFTER])[0]))
        located += bool(_BEFORE_PLACE.search(before[-20:]))
        acting += bool(_AFTER_ACTOR.search(after[:50]))
        playing += bool(_BEFORE_RIVAL.search(before[-20:]) or _AFTER_PLAYER.search(after[:20]))
    count = max(1, min(len(named), MOST_MENTIONS))
    keys = tuple(dict.fromkeys(normalise(name) for name in names))
    lettered = sum(_follows_person(p, article.text, people) for p in named[:MOST_MENTIONS])
    uses = (located / count, acting / count, playing / count, bool(whole), lettered / count)
    return EntityView(
        entity,
        names,
        keys,
        frozenset(near - own),
        frozenset(beside),
        *uses,
        read_wording(named, article.text),
        _tell_sport(near),
        read_calling(named, article.text) if entity.kind == "person" else Calling(),
        read_expansion(named, article.text),
    )


def _follows_person(passage: Passage, text: str, people: frozenset[int]) -> bool:
    """Whether there is nothing but a comma between a person's name and this, as before a degree."""
    before = text[max(0, passage.start - 3) : passage.start].rstrip()
    letters = passage.text.replace(".", "")
    return (
        letters.isupper()
        and len(letters) < 6
        and before.endswith(",")
        and passage.start - (2 if text[passage.start - 1].isspace() else 1) in people
    )


def _tell_sport(words: set[str]) -> float:
    """How much words speak of sport."""
    told = sum(word in _SPORT_WORDS or word in DISCIPLINES or FIELDS.get(word) == "sport" for word in words)
    return min(1.0, 10 * told / (len(words) + 10))


def _complete(names: Sequence[str], full: FullNames) -> str:
    """The full name of somebody whom all names call by one word."""
    found = {full.complete(strip_title(normalise(name))) for name in names}
    return found.pop() if len(found) == 1 else ""


def _unit_after(named: Sequence[Passage], text: str) -> str:
    """What every mention of a place is one of in a list such as "Orange, Kern and Inyo Counties"; empty elsewhere."""
    found = [_UNIT.match(text[p.end : p.end + 120]) for p in named]
    units = {match.group(1).capitalize() if match else "" for match in found}
    return {"Counties": "County", "Parishes": "Parish"}.get(units.pop(), "") if len(units) == 1 else ""


def view_article(article: Article, pools: Iterable[tuple[EntityView, Sequence[Candidate]]]) -> ArticleView:
    """Gathers the words, the year and the countries of an article from its entities and their candidates."""
    votes: dict[str, tuple[str, float]] = {}
    places: dict[str, Candidate] = {}
    teams: list[bool] = []
    for view, candidates in pools:
        entity = view.entity
        if entity.kind == "organisation":
            teams.append(any(c.kind == "organisation" and is_team(c) for c in candidates))
        near = (
            [c for c in candidates if c.kind == "place" and c.matched in EXACT_FORMS] if entity.kind == "place" else []
        )
        if near:
            best = max(near, key=lambda c: c.popularity or 0.0)
            places.update(dict.fromkeys(view.keys, best))
        if not view.bare and (vote := _country_vote(candidates)):
            votes[entity.id] = (vote[0], vote[1] * min(4, len(entity.mentions)) ** 0.5)
    countries: dict[str, float] = {}
    for country, weight in votes.values():
        countries[country] = countries.get(country, 0.0) + weight
    text = f"{article.title or ''}\n{article.text}"
    words = stem_words(text)
    sport = min(1.0, 40 * sum(word in _SPORT_WORDS or word in DISCIPLINES for word in words) / (len(words) + 50))
    if len(teams) >= MANY_TEAMS and sum(teams) >= MOSTLY_TEAMS * len(teams):  # a table of results has few other words
        sport = max(sport, TABLE)
    key = normalise(text[:MOST_PAIRED]).split()
    pairs = frozenset(f"{a} {b}" for a, b in pairwise(key))
    year = read_year(article.published)
    shares = (_share(words, FIELDS), _share(words, DISCIPLINES))
    return ArticleView(frozenset(words), pairs, year, countries, votes, places, sport, *shares)


def is_team(candidate: Candidate) -> bool:
    """Whether a candidate is a team or a club."""
    return bool(_TEAM.search(f"{candidate.label} {candidate.description}"))


def tell_disciplines(candidate: Candidate, *, named: bool = True) -> set[str]:
    """The kinds of sport that a candidate's description names, and its label, too, where it is ``named`` after one."""
    told = f"{candidate.label} {candidate.description}" if named else candidate.description
    found = {DISCIPLINES[word] for word in stem_words(told) if word in DISCIPLINES}
    return found - {"football"} | {"gridiron"} if _GRIDIRON.search(told) else found


def is_national(candidate: Candidate) -> bool:
    """Whether a team is that of a country."""
    return bool(_NATIONAL.search(f"{candidate.label} {candidate.description}"))


def _share(words: Sequence[str], table: Mapping[str, str]) -> dict[str, float]:
    """The share of each field among the words that ``table`` knows."""
    counts = Counter(table[word] for word in words if word in table)
    return {field: count / counts.total() for field, count in counts.items()}


def _country_vote(candidates: Sequence[Candidate]) -> tuple[str, float] | None:
    """The country that an entity's likeliest candidate is or belongs to, and how much it counts."""
    near = [c for c in candidates if c.matched in EXACT_FORMS or c.matched == "demonym"]
    if not near:
        return None
    best = max(near, key=lambda c: c.popularity or 0.0)
    if is_country(best):
        return best.qid, 1.0
    second = max((c.popularity or 0.0 for c in near if c.country != best.country), default=0.0)
    clear = (best.popularity or 0.0) > max(0.4, second + 0.1)
    return (best.country, 0.5) if best.country and clear else None


def is_country(candidate: Candidate) -> bool:
    """Whether a candidate is a country."""
    return not COUNTRY_CLASSES.isdisjoint(candidate.classes)


def read_year(date: str | None) -> int | None:
    """The year of an ISO date or year, negative before our era; None when there is none."""
    match = re.match(r"([+-]?\d{1,5})", date or "")
    return int(match.group(1)) if match else None
