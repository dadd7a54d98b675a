"""Tells a team from its town and one cup from another, by how much and of which sport an article speaks."""

from __future__ import annotations

import re

from kg.link.context import ArticleView, EntityView, is_national, is_team, tell_disciplines
from kg.link.names import normalise
from kg.model import Candidate

SPOKEN = 0.1  # how much an article speaks of sport before a cup is one of sport
PLAYING = 0.6  # how much an article speaks of sport before what plays is a team
_CUP = re.compile(r"(?:(\d{4}) )?(womens )?world cup(?: (\d{4}))?")
_WORLD_CUPS = {"football": "FIFA", "rugby": "Rugby", "cricket": "Cricket"}  # the whole name by the kind of sport
_EUROPEAN = frozenset({"champions league", "europa league", "nations league"})
_ELSEWHERE = frozenset("caf afc concacaf conmebol african africa asian asia".split())
_QUALIFYING = frozenset("qualifier qualifying qualify qualified qualification".split())
_BETWEEN = 4  # years from one world cup to the next
_MINOR = re.compile(r"\bunder[- ]\d\d\b|\bwomen|\b(?:reserves?|youth|B team|academy)\b|\bU-?\d\d\b", re.IGNORECASE)


def name_competitions(entity: EntityView, article: ArticleView) -> list[str]:
    """The whole names of what an article calls "the World Cup" or "the Champions League", the likeliest first.

    The kind of sport tells which it is, and the year which edition: the one of the name, that of the article's year, or
    where teams qualify the next one; news seldom mean the cup of all years.
    """
    if not article.disciplines or article.sport <= SPOKEN:
        return []
    discipline = max(sorted(article.disciplines), key=lambda name: article.disciplines[name])
    for key in entity.keys:
        if key in _EUROPEAN and discipline == "football" and not _ELSEWHERE & article.words:
            return [f"UEFA {key}"]
        if (match := _CUP.fullmatch(key)) and discipline in _WORLD_CUPS:
            whole = f"{_WORLD_CUPS[discipline]} {'Women’s ' if match[2] else ''}World Cup"
            if match[1] or match[3]:
                return [f"{match[1] or match[3]} {whole}"]
            ahead = _BETWEEN if _QUALIFYING & article.words else 1
            return [f"{article.year + i} {whole}" for i in range(ahead) if article.year]
    return []


def describe_sport(entity: EntityView, article: ArticleView, candidate: Candidate) -> dict[str, float]:
    """In sports news "Derby" is a team rather than a town, and a team of the sport that is spoken of."""
    if article.sport <= SPOKEN and is_team(candidate):
        return {"team_unsporting": 1.0}
    if not article.sport:
        return {}
    plays = float(article.sport >= PLAYING and entity.playing > 0 and entity.located < 0.5)
    if is_team(candidate):
        features = {"team_in_sport": article.sport, "team_playing": entity.playing, "team_located": entity.located}
        features["team_near_sport"] = entity.sporting
        told_of = tell_disciplines(candidate)
        if told_of and article.disciplines:
            share = sum(article.disciplines.get(discipline, 0.0) for discipline in told_of)
            features |= {"discipline_share": share, "discipline_other": float(share == 0.0)}
        if candidate.matched == "part":
            own = {word for key in entity.keys for word in key.split()}
            features["team_by_place"] = 1.0
            features["team_by_label"] = float(own <= set(normalise(candidate.label).split()))
        features["team_plays"] = plays
        features["team_for_organisation"] = float(entity.entity.kind == "organisation")
        if is_national(candidate) and entity.entity.kind == "organisation":
            features["national_team"] = float(any(article.disciplines.get(d) for d in told_of))
        if _MINOR.search(f"{candidate.label} {candidate.description}"):
            features["minor_team"] = 1.0
        return features
    if candidate.kind == "place":
        for_team = article.sport * (entity.entity.kind == "organisation")
        return {
            "place_for_team": for_team,
            "place_plays": plays,
            "place_in_sport": article.sport,
            "place_near_sport": entity.sporting * (entity.playing > 0),
        }
    return {}
