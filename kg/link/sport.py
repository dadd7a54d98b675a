"""Tells a team from its town in sports news, by how much and of which sport an article speaks."""

from __future__ import annotations

import re

from kg.link.context import ArticleView, EntityView, is_national, is_team, tell_disciplines
from kg.link.names import normalise
from kg.model import Candidate

PLAYING = 0.6  # how much an article speaks of sport before what plays is a team
_MINOR = re.compile(r"\bunder[- ]\d\d\b|\bwomen|\b(?:reserves?|youth|B team|academy)\b|\bU-?\d\d\b", re.IGNORECASE)


def describe_sport(entity: EntityView, article: ArticleView, candidate: Candidate) -> dict[str, float]:
    """In sports news "Derby" is a team rather than a town, and a team of the sport that is spoken of."""
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
