"""Weighs whether a person of an article is one whom a catalogue knows, or a private namesake."""

from __future__ import annotations

import re

from kg.first_names import load_first_names
from kg.link.callings import describe_calling
from kg.link.context import ArticleView, EntityView, tell_disciplines
from kg.link.names import normalise, word_set
from kg.model import Candidate

SPOKEN = 0.1  # how much a text speaks of sport before it tells of which
KNOWN = 0.5  # popularity of people whom news name without more
FAMOUS = 0.75  # popularity of people whom all know by a first name
# Whom news ask and name for their work on the spot, and catalogues seldom hold.
_LOCAL = word_set(
    "sheriff detective inspector constable superintendent sergeant officer trooper policeman policewoman attorney "
    "attorneys lawyer lawyers prosecutor prosecutors solicitor barrister magistrate analyst analysts expert experts "
    "pastor reverend rev vicar priest engineer doctor dr surgeon physician captain lieutenant soldier reporter "
    "correspondent researcher lecturer professor prof broker investor founder owner judge coroner councillor "
    "councilman councilwoman bookkeeper landlord"
)

_LEGENDARY = re.compile(
    r"\b(?:biblical|bible|mytholog\w+|mythical?|legendary|fictional|character|deity|god(?:dess)?|prophet|apostle|"
    r"evangelist|patriarch|matriarch|religious figure)\b",
    re.IGNORECASE,
)


def describe_person(entity: EntityView, article: ArticleView, candidate: Candidate) -> dict[str, float]:
    """Features of a candidate that is a person: by its name, by what the article calls the entity, and by its sport."""
    return (
        _describe_name(entity, candidate)
        | describe_calling(entity.calling, candidate, article.year)
        | _describe_standing(entity, candidate)
        | _describe_player(article, candidate)
    )


def _describe_name(entity: EntityView, candidate: Candidate) -> dict[str, float]:
    """Whether somebody goes by a name like this: by a first name alone only who is well known by it."""
    popularity = candidate.popularity or 0.0
    lone = all(" " not in key for key in entity.keys)
    label = normalise(candidate.label)
    features = {
        f"namesakes_{'one' if lone else 'many'}": candidate.namesakes or 0.0,
        "mononym": float(" " not in candidate.label),
    }
    if not lone:
        own = {word for key in entity.keys for word in key.split()}
        features["named_otherwise"] = float(not own & set(label.split()))  # a birth name, mostly somebody else's own
        return features
    features["lone_obscure"] = max(0.0, KNOWN - popularity)  # called by one name is who is known, or was named before
    given = any(key in load_first_names() for key in entity.keys)
    last = " " in label and label.split()[0] in load_first_names() and label.split()[-1] in entity.keys
    famous = popularity > FAMOUS and " " in label
    features["lone_first"] = float(given and not last and not famous)  # "Mark" is nobody called just that
    if " " in candidate.label:  # a first name or a nickname
        features["not_last_name"] = float(not any(label.endswith(key) for key in entity.keys))
        features["lone_other"] = float(given and not set(entity.keys) & set(label.split()))  # a stage name's bearer
    return features


def _describe_standing(entity: EntityView, candidate: Candidate) -> dict[str, float]:
    """Whether the person has the standing of those whom a catalogue holds."""
    features = {"legendary": float(bool(_LEGENDARY.search(candidate.description)))}
    popularity = candidate.popularity or 0.0
    obscure = max(0.0, KNOWN - popularity)
    if entity.calling.nouns & _LOCAL:
        features["called_local"] = 1.0
        features["called_local_obscure"] = obscure
    if sum(m.form == "name" for m in entity.entity.mentions) == 1:
        features["once"] = 1.0
        features["once_obscure"] = obscure
    if not candidate.description:
        features["undescribed_person"] = 1.0
        features["undescribed_namesakes"] = candidate.namesakes or 0.0
        features["called_undescribed"] = float(bool(entity.calling.nouns & _LOCAL))
    return features


def _describe_player(article: ArticleView, candidate: Candidate) -> dict[str, float]:
    """Whether a player plays what the article speaks of."""
    told = tell_disciplines(candidate, named=False)
    if not told or article.sport <= SPOKEN or not article.disciplines:
        return {}
    share = sum(article.disciplines.get(discipline, 0.0) for discipline in told)
    return {"player_share": share, "player_other": float(share == 0.0)}
