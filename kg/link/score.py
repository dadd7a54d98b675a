"""Scores how likely each candidate is the entity: a conditional logit whose outside option is "none of these".

The score of candidate i is exp(w·x_i) / (1 + sum_j exp(w·x_j)); the weights are fitted by ``training/linker.py``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ModelError
from kg.link.callings import read_fields
from kg.link.context import (
    FIELDS,
    ArticleView,
    EntityView,
    is_country,
    is_team,
    stem_words,
)
from kg.link.listing import describe_listing, describe_naming
from kg.link.lives import describe_time
from kg.link.names import normalise
from kg.link.persons import describe_person
from kg.link.spellings import respell_name
from kg.link.sport import describe_sport
from kg.link.wording import PLACE_TYPES
from kg.model import Candidate

SHIPPED = Path(__file__).parent / "score.json"
FORM_ORDER = (
    "label",
    "alias",
    "short",
    "respelt",
    "loose",
    "qualified",
    "acronym",
    "surname",
    "part",
    "similar",
    "demonym",
)
_CLOSE_KINDS = {
    frozenset(pair.split("-"))
    for pair in (
        "organisation-place",
        "organisation-product",
        "organisation-group",
        "organisation-work",
        "organisation-event",
        "work-product",
        "work-event",
        "place-product",
    )
}
CAPITAL = "Q5119"
OBSCURE = 0.5  # popularity below which a place of a country that is not spoken of is seldom meant
SPOKEN = 0.1  # how much a text speaks of sport before an organisation may be a team
_OTHER_KINDS = frozenset({"concept", "position"})
WEIGHED = {"life": 1.0}  # features that are logs of likelihoods already; no corpus of links tells of enough of them

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Score:
    """The fitted score: a weight per feature, the idf of common words of descriptions, and the two thresholds."""

    weights: Mapping[str, float]
    idf: Mapping[str, float]
    rare: float
    threshold: float
    temperature: float = 1.0

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Score:
        """The score that ships with the package; raises ModelError when it is missing or damaged."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"cannot read the link score {path}: {error}; install the package again") from error

    def probabilities(self, features: Sequence[Features]) -> list[float]:
        """The probability of each candidate to be the entity; what lacks to 1 is that of none."""
        logits = [sum(self.feature_weight(k) * v for k, v in x.items()) / self.temperature for x in features]
        highest = max([0.0, *logits])
        parts = [math.exp(logit - highest) for logit in logits]
        total = math.exp(-highest) + sum(parts)
        return [part / total for part in parts]

    def feature_weight(self, feature: str) -> float:
        """The weight of a feature, 0 for an unknown one."""
        return self.weights.get(feature, WEIGHED.get(feature, 0.0))

    def word_weight(self, word: str) -> float:
        """How much a word tells: its inverse document frequency among descriptions."""
        return self.idf.get(word, self.rare)


def describe_pool(
    entity: EntityView,
    article: ArticleView,
    candidates: Sequence[Candidate],
    *,
    forms: Mapping[str, tuple[str, int]],
    weigh: Callable[[str], float],
    signs: Mapping[str, Features] | None = None,
) -> list[Features]:
    """The features of each candidate of one entity.

    ``forms`` gives the best form of match and how many names match, ``signs`` features of how it was found.
    """
    compared = _compare_candidates(entity, candidates, forms)
    beside = _beside_features(entity, article, candidates, signs or {})
    naming = describe_naming(entity, candidates, weigh, article.words)
    countries = article.countries_beside(entity.entity)
    described = []
    for candidate, among, near, named in zip(candidates, compared, beside, naming, strict=True):
        form, matching = forms[candidate.qid]
        x = _name_features(entity, candidate, form, matching) | among | named
        if "lead_alike" in x:
            x["lead_alike_of_label"] = x["lead_alike"] * x["main_is_label"]
        x |= _kind_features(entity, candidate)
        x |= describe_sport(entity, article, candidate)
        x |= _context_features(entity, article, candidate, weigh)
        x |= _country_features(countries, candidate)
        x |= describe_time(article, candidate)
        if candidate.kind == "person":
            x |= describe_person(entity, article, candidate)
        x |= near
        if entity.bare:
            x |= _bare_features(countries, candidate)
        if form in _PARTIAL:
            x |= {f"{name}_in_part": x.get(name, 0.0) for name in _TELLING}
        described.append(x)
    return described


def _compare_candidates(
    entity: EntityView, candidates: Sequence[Candidate], forms: Mapping[str, tuple[str, int]]
) -> list[Features]:
    """How each candidate stands among the others: by fame, by kind, and as a body beside its own building."""
    popularities = [c.popularity or 0.0 for c in candidates]
    strengths = [math.exp(8 * (c.popularity or 0.0)) * _FORM_WEIGHT[forms[c.qid][0]] for c in candidates]
    total = sum(strengths)
    named = [c for c in candidates if forms[c.qid][0] in {"label", "alias", "short"}]
    alike = [c for c in named if c.kind == entity.entity.kind]
    sites = [c for c in candidates if c.kind == "place" and not is_country(c) and not _PEOPLED.search(c.description)]
    bodies = [c for c in named if c.kind == "organisation"]
    crowd = {
        "crowd": math.log(max(1, len(candidates))),
        "crowd_exact": math.log(1 + sum(forms[c.qid][0] in {"label", "alias"} for c in candidates)),
        "crowd_kind": math.log(1 + sum(_kind_agreement(entity.entity.kind, c.kind) == "same" for c in candidates)),
    }
    compared = []
    for candidate, strength in zip(candidates, strengths, strict=True):
        x = {"share": strength / total, "lead": _lead(popularities, candidate.popularity or 0.0)} | crowd
        if candidate in alike:
            x["lead_alike"] = _lead([c.popularity or 0.0 for c in alike], candidate.popularity or 0.0)
        if sites and bodies:  # "the Pentagon said" is no building
            x["acting_body"] = entity.acting * (candidate in bodies)
            x["acting_site"] = entity.acting * (candidate in sites)
        compared.append(x)
    return compared


def _beside_features(
    entity: EntityView, article: ArticleView, candidates: Sequence[Candidate], signs: Mapping[str, Features]
) -> list[Features]:
    """What the words that touch the name tell of each candidate, and of the others where they tell of one."""
    teams = entity.entity.kind == "organisation" and any(map(is_team, candidates))
    typed = [_has_type(entity, c) for c in candidates]
    listing = describe_listing(entity, article, candidates)
    said_types = entity.wording.types & PLACE_TYPES
    told = {name for found in signs.values() for name in found}
    beside = []
    for candidate, has_type, listed in zip(candidates, typed, listing, strict=True):
        x = dict(signs.get(candidate.qid, {}))
        x |= {f"{name}_other": float(name in told and name not in x) for name in ("extended", "qualified")}
        x |= listed
        if said_types and candidate.kind == "place":
            fitting = said_types.intersection(stem_words(f"{candidate.label} {candidate.description}"))
            x["placed" if fitting else "placed_other"] = 1.0
        if any(typed):
            x["typed" if has_type else "typed_other"] = 1.0
        if entity.expansion:
            x["expanded" if _has_words(candidate, entity.expansion) else "expanded_other"] = 1.0
        if entity.lettered:
            x["lettered_title" if candidate.kind in {"position", "concept"} else "lettered_other"] = entity.lettered
        if teams and candidate.kind == "place":
            x["place_beside_team"] = float(article.sport > SPOKEN or entity.sporting > SPOKEN)
        beside.append(x)
    return beside


def _has_words(candidate: Candidate, expansion: str) -> bool:
    """Whether a candidate has half of the words of what an acronym stands for in the text."""
    words = {word for word in expansion.split() if len(word) > 3} or set(expansion.split())
    told = set(normalise(f"{candidate.label} {candidate.description}").split())
    return 2 * len(words & told) >= len(words)


def _has_type(entity: EntityView, candidate: Candidate) -> bool:
    """Whether a candidate is what the article calls the entity right beside its name: "Lakeside province"."""
    words = {w for name in entity.names for w in stem_words(name)}
    return bool(entity.wording.types & (set(stem_words(f"{candidate.label} {candidate.description}")) - words))


def _bare_features(countries: Mapping[str, float], candidate: Candidate) -> Features:
    """Whether a body that every country has is that of the country which the article speaks of most."""
    if candidate.country is None:
        return {"bare_countryless": 1.0}
    most = max(countries.values(), default=0.0)
    share = countries.get(candidate.country, 0.0) / most if most > 1e-6 else 0.0
    return {"bare_share": share, "bare_unsaid": float(share < 1e-6)}


def _lead(popularities: Sequence[float], own: float) -> float:
    """How much more popular than its most popular rival a candidate is, from -0.5 to 0.5."""
    ranked = sorted(popularities, reverse=True)
    rival = ranked[1] if len(ranked) > 1 and own == ranked[0] else ranked[0]
    return 0.5 if len(ranked) == 1 else max(-0.5, min(0.5, own - rival))


_PARTIAL = frozenset({"surname", "part", "acronym", "similar", "loose", "respelt"})
# What tells more of a thing whose name does not match as a whole.
_TELLING = ("field_agrees", "country_said", "lead", "kind_same", "said_whole")
_FORM_WEIGHT = dict(zip(FORM_ORDER, (1.0, 1.0, 0.7, 0.6, 0.6, 0.6, 0.4, 0.2, 0.2, 0.3, 0.3), strict=True))


def _name_features(entity: EntityView, candidate: Candidate, form: str, matching: int) -> Features:
    popularity = candidate.popularity or 0.0
    words = max(len(key.split()) for key in entity.keys)
    several = "many" if words > 1 else "one"
    label = normalise(_BRACKETED.sub("", candidate.label))  # "Android (operating system)"
    features = {
        "bias": 1.0,
        f"form_{form}": 1.0,
        f"form_{form}_{several}": 1.0,
        f"popularity_{several}": popularity,
        "popular": max(0.0, popularity - 0.6),
        "names_matching": matching / len(entity.names),
        "same_writing": float(candidate.label in entity.names),
        "main_is_label": float(label == entity.keys[0]),
    }
    if form in {"surname", "part", "acronym", "similar"}:
        features[f"popularity_{form}"] = popularity
    if form == "respelt":
        same = {key.replace(" ", "") for key in entity.keys}
        features["letters_same"] = float(label.replace(" ", "") in same)
        respelt = {other for name in entity.names for other in respell_name(name, entity.entity.kind)}
        features["respelt_label"] = float(label in respelt)
        features["respelt_label_many"] = float(label in respelt and " " in label)
        features["people_respelt"] = float(entity.entity.kind == "group" and candidate.kind in {"group", None})
    if form in {"alias", "short"}:
        own = {word for key in entity.keys for word in key.split()}
        features["label_overlap"] = sum(word in own for word in label.split()) / max(1, len(label.split()))
    if max(len(key) for key in entity.keys) <= 3:
        features["tiny"] = 1.0
        if form == "alias" and not any(name.replace(".", "").isupper() for name in entity.names):
            features["tiny_word"] = 1.0  # "Hon" is no country code
    return features


def _kind_agreement(kind: str, other: str | None) -> str:
    if other is None:
        return "unknown"
    if kind == other:
        return "same"
    if kind == "other" or other in _OTHER_KINDS:
        return "other"
    if frozenset({kind, other}) in _CLOSE_KINDS:
        return "close"
    return "person_clash" if "person" in {kind, other} else "clash"


def _kind_features(entity: EntityView, candidate: Candidate) -> Features:
    features = {f"kind_{_kind_agreement(entity.entity.kind, candidate.kind)}": 1.0}
    features[f"is_{candidate.kind or 'unknown'}"] = 1.0
    if candidate.kind == "work" and not _LAWS.search(candidate.description):
        features["work_for_place"] = float(entity.entity.kind == "place")
    if candidate.kind in {"position", "concept"}:
        features["office_called"] = float(bool(_OFFICE.search(entity.keys[0])))
    if candidate.kind == "place":
        features |= {"place_located": entity.located, "place_acting": entity.acting}
        features["country"] = float(is_country(candidate))
        features["capital"] = float(CAPITAL in candidate.classes)
    if candidate.kind == "organisation":
        features |= {"organisation_located": entity.located, "organisation_acting": entity.acting}
    return features


_PERFORMERS = re.compile(
    r"\b(?:band|(?:boy|girl|idol|pop|rock|music|musical|vocal) (?:band|group|duo|trio)|musical|duo)\b"
)
_LAWS = re.compile(
    r"\b(?:law|statute|constitution|act|treaty|agreement|declaration|accords?|newspaper|magazine|website)\b"
)
_OFFICE = re.compile(r"\b(?:president|prime minister|minister|chancellor|secretary|king|queen|pope|governor|speaker)$")
_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_PEOPLED = re.compile(
    r"\b(?i:city|town|village|municipality|settlement|state|country|county|province|capital|district|region|island|"
    r"borough|suburb|place|community|territory|continent)\b"
)


def _context_features(
    entity: EntityView, article: ArticleView, candidate: Candidate, weigh: Callable[[str], float]
) -> Features:
    told = f"{candidate.label} {candidate.description}" if candidate.kind != "person" else candidate.description
    own = {word for name in entity.names for word in stem_words(name)}
    own.update(stem_words(candidate.label) if candidate.kind == "person" else ())
    words = {w for w in stem_words(told) if len(w) > 2} - own
    names = {w for word in candidate.description.split() if word[:1].isupper() for w in stem_words(word)} & words
    near = sum(weigh(w) for w in words & entity.near)
    far = sum(weigh(w) for w in words & article.words)
    beside = sum(weigh(w) for w in words & entity.beside)
    total = sum(weigh(w) for w in words)
    features = {
        "beside": min(beside, 20.0) / 10,
        "beside_share": beside / (total + 10),
        "said_whole": float(article.says(normalise(candidate.label)) and normalise(candidate.label) not in entity.keys),
        "near": min(near, 20.0) / 10,
        "far": min(far, 30.0) / 10,
        "near_share": near / (total + 10),
        "far_share": far / (total + 10),
        "undescribed": float(not candidate.description),
    }
    if candidate.kind == "person":
        features |= _field_features(candidate.description, words, entity, article)
    elif candidate.kind == "work" or (candidate.kind == "organisation" and _PERFORMERS.search(candidate.description)):
        features[f"unsung_{candidate.kind}"] = float(not article.fields.get("art"))
    if names:
        features["described_names_said"] = len(names & article.words) / len(names)
        features["described_names"] = 1.0
    return features


def _field_features(description: str, words: set[str], entity: EntityView, article: ArticleView) -> Features:
    """Whether the fields of life that a description names (war, sport, art, ...) are those that are spoken of."""
    told = {FIELDS[w] for w in words if w in FIELDS}
    callings = read_fields(description)
    told = told | {"sport"} if "sport" in callings else told - {"sport"}  # "game show host" is no player
    if not told and not callings:
        return {}
    heard = {FIELDS[w] for w in entity.near if w in FIELDS}
    features = {"field_share": sum(article.fields.get(field, 0.0) for field in told)}
    features["sport_agrees" if "sport" in told else "unsporting"] = article.sport
    if heard and told:
        features |= {"field_agrees": float(bool(told & heard)), "field_clashes": float(not told & heard)}
    return features


def _country_features(countries: Mapping[str, float], candidate: Candidate) -> Features:
    """Whether the other entities of the article are of the candidate's country."""
    country = candidate.qid if is_country(candidate) else candidate.country
    total = sum(countries.values())
    if not country or total < 1e-6:
        return {"countryless": float(not country)}
    share = countries.get(country, 0.0) / total
    if candidate.qid == country:
        return {"country_self": share}
    unsaid = float(share <= 1e-6)
    features = {"country_share": share, "country_said": 1 - unsaid, "country_unsaid": unsaid}
    if candidate.kind == "person":
        features |= {"person_country_share": share, "person_country_unsaid": unsaid}
    if candidate.kind == "place":
        elsewhere = 1 - share * total / max(countries.values())
        features["place_elsewhere"] = elsewhere
        features["place_elsewhere_obscure"] = elsewhere * max(0.0, OBSCURE - (candidate.popularity or 0.0))
    return features
