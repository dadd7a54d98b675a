"""Reads the Wikidata relations that a text states between its entities, each with the sentence that states it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.model import Claim, Entity, Passage, Relation, Status, Time
from kg.properties import BY_ID
from kg.read.claims import make_layout
from kg.read.components import ENTITIES, find_answers
from kg.read.genders import gender_of_name
from kg.read.implied import imply_relations
from kg.read.labels import UPOS
from kg.read.network import Network
from kg.read.pairs import NO_PATH, RELATED, SIZES, UP, Floats, Halves, Pairs, Phrases, pair_mentions
from kg.read.plausible import Named, fold_name, least_chance, name_bond, name_place
from kg.read.relation_cues import NEEDING, is_cued, is_former
from kg.read.relation_scores import Mentioned, Stated, add_read, find_nested, gather_mentions, pool, score_pairs
from kg.read.relation_trees import lies_within
from kg.read.roles import RELATIONS, Layout
from kg.read.tokenizer import text_of

OTHER_WAY = {"P40": ("P22", "P25"), "P710": ("P1344",)}  # what says the same the other way round, and better
PARENT_OF = {"he": "P22", "she": "P25"}
KIN = frozenset(("P22", "P25", "P40", "P26", "P3373"))  # of which two people have one
BONDS = frozenset(("P102", "P108", "P463"))  # of which a person has one to a body
DIRECTED = frozenset(("P749", "P361", "P131"))  # which hold one way round only
WIDELY_TRUE = {"P17": 0.9, "P131": 0.9, "P27": 0.8, "P276": 0.9}
"""Properties that hold of many things which a text only mentions together: it states them where one phrase hangs near
the other in the tree; elsewhere they are told from this probability on."""
FAR = 0.9
SENTENCE_BOUND = frozenset(
    ("P27", "P102", "P108", "P463", "P159", "P166", "P169", "P488", "P6", "P35", "P571", "P69", "P112", "P569", "P570")
)  # which two sentences together state from ``FAR`` on only
LIFETIME = frozenset(("P569", "P570"))  # told of those whom a text names, or speaks of by pronouns alone
PATH = list(SIZES).index("path")
BRANCHES = list(SIZES).index("left branch")
PLACED = frozenset((RELATIONS.index(name), RELATIONS.index("obl")) for name in ("nsubj", "obj"))
SPREADING = frozenset(("P19", "P20", "P159", "P551"))  # true of a place with all that it lies in
WITHIN = ("P131", "P17", "P361")
WHEREABOUTS = frozenset(("P17", "P131", "P276"))
NEAR_STEPS = 2  # in the tree, up from both to the word that both hang from
EITHER = [RELATED.index("P108"), RELATED.index("P463")]
LEAST = 0.5  # probability from which a property is told at all
FAINT = 0.25  # below it a word that says what the property says does not help
CUE = 0.9  # log odds that such a word adds: so many more are right on KnowledgeNet's third fold
BOUND = 0.65  # from which somebody is told to work for a body or to be a member
SURE_PARENT = 0.8  # from which father and mother are told apart; below it a child is told
VERBS = frozenset(UPOS.index(tag) for tag in ("VERB", "AUX"))


def find_relations(
    doc: Doc,
    times: Sequence[Time],
    claims: Iterable[Claim],
    *,
    layout: Layout | None = None,
    strangers: Sequence[Entity] = (),
    implied: bool = False,
) -> tuple[Relation, ...]:
    """The relations of a ``Doc`` that went through the pipeline, in the order of the text.

    What one sentence says of two things with one property is one relation. ``times`` may be objects of relations;
    ``layout`` is that of ``make_layout`` where it has been made; ``strangers`` are more entities. With ``implied``,
    what only the whole text implies of two things is told too, with that status.
    """
    read = find_answers(doc, "relations")
    entities: Sequence[Entity] = (*doc.user_data.get(ENTITIES, ()), *strangers)
    layout = layout or make_layout(doc, read)
    text = text_of(doc)
    mentioned = gather_mentions(doc, layout, read, times, strangers)
    named = name_things(entities, times)
    inner = read.answers.pairs
    likely = state_relations(read.network, layout, inner, mentioned)
    nested = find_nested(layout, mentioned)
    likely = _keep_plausible(spread_places(likely, nested.beside), named, entities)
    stated = settle(likely, nested.pairs, {n: time.value or "" for n, time in enumerate(times, len(entities))})
    found: list[tuple[Stated, Status]] = [(each, _tell_status(each, layout)) for each in stated]
    if implied:
        known = {(each.subject, each.property, each.object) for each in stated}
        likely = settle(_keep_plausible(imply_relations(read.network, layout, inner, mentioned), named, entities))
        found += [(each, "implied") for each in likely if (each.subject, each.property, each.object) not in known]
    contents = Contents(claims)
    relations = []
    for each, status in sorted(found, key=lambda f: (f[0].first, f[0].last, f[0].subject, f[0].property, f[0].object)):
        start, end = doc[read.words[each.first]], doc[read.words[each.last]]
        heads = (doc[read.words[each.left]].idx, doc[read.words[each.right]].idx)
        time = times[each.object - len(entities)] if each.object >= len(entities) else None
        relations.append(
            Relation(
                subject=entities[each.subject].id,
                property=each.property,
                object=None if time else entities[each.object].id,
                evidence=Passage(start.idx, end.idx + len(end), text[start.idx : end.idx + len(end)]),
                score=each.score,
                value=time.value if time else None,
                status=status,
                claim=contents.find(*heads) if says_somebody(layout, each.left, each.right) else None,
            )
        )
    return tuple(relations)


def _tell_status(each: Stated, layout: Layout) -> Status:
    return "former" if is_former(each.property, layout, each.left, each.right) else "current"


def spread_places(given: Iterable[Stated], beside: Mapping[int, Iterable[int]]) -> list[Stated]:
    """What is stated, and the same of the places (by ``Nested.beside``) that the text names with a place: who was born
    in "Leeds, England" was born in both."""
    stated = list(given)
    told = {(each.subject, each.property, each.object, each.first) for each in stated}
    for each in sorted(stated, key=lambda e: -e.score):
        for other in sorted(beside.get(each.right, ())) if each.property in SPREADING else ():
            key = (each.subject, each.property, other, each.first)
            if key not in told and other != each.subject:
                told.add(key)
                stated.append(replace(each, object=other))
    return stated


def is_described(entity: Entity) -> bool:
    """Whether a text has words for somebody and no name: "the individual"."""
    forms = {mention.form for mention in entity.mentions}
    return entity.kind in ("person", "group") and "nominal" in forms and "name" not in forms


def _keep_plausible(likely: Iterable[Stated], named: Sequence[Named], entities: Sequence[Entity]) -> list[Stated]:
    settled = (replace(each, property=_name_property(each, named, entities)) for each in likely)
    return [
        each
        for each in settled
        if each.score >= least_chance(each.property, named[each.subject], named[each.object])
        and not (each.property in LIFETIME and is_described(entities[each.subject]))
    ]


def _name_property(each: Stated, named: Sequence[Named], entities: Sequence[Entity]) -> str:
    """The property by the names of its object: a body's, or the first name of a father or mother."""
    if each.property in PARENT_OF.values():
        gender = gender_of_name(entities[each.object].name)
        return PARENT_OF.get(gender or "", each.property)
    return name_place(each.property, named[each.subject], named[each.object]) or name_bond(
        each.property, named[each.object]
    )


def says_somebody(layout: Layout, left: int, right: int) -> bool:
    """Whether what joins two words inside a claim is the speaker's: all that stands in quotation marks, and what a verb
    says. "She said Acme's head, Bo Ek, had left" gives his office in the article's own words."""
    if layout.quotations[left] and layout.quotations[right]:
        return True
    heads = layout.text.heads
    paths: list[list[int]] = []
    for word in (left, right):
        path = [word]
        while heads[path[-1]] != path[-1] and len(path) < 100:
            path.append(heads[path[-1]])
        paths.append(path)
    shared = set(paths[0]) & set(paths[1])
    if not shared:
        return True
    tops = [next(n for n, word in enumerate(path) if word in shared) for path in paths]
    return any(
        layout.text.upos[word] in VERBS for path, top in zip(paths, tops, strict=True) for word in path[: top + 1]
    )


def name_things(entities: Sequence[Entity], times: Sequence[Time]) -> list[Named]:
    """The entities with their names, and the times with their values after them, as numbers of things count them."""
    named = [
        Named(
            entity.kind,
            frozenset(fold_name(m.passage.text) for m in entity.mentions if m.form == "name")
            or frozenset((fold_name(entity.name),)),
        )
        for entity in entities
    ]
    return named + [Named("date", frozenset(filter(None, (time.value,)))) for time in times]


def state_relations(network: Network, layout: Layout, inner: Halves, mentioned: Mentioned) -> list[Stated]:
    """What the head says may be stated: for each two things, property and sentences one, from the threshold on, or from
    ``LEAST`` on where a word beside them says the same."""
    rows = pair_mentions(mentioned.phrases, mentioned.owners, layout.sentences)
    pairs, logits = score_pairs(network, layout, inner, mentioned, rows)
    if not len(pairs):
        return []
    phrases, owners = mentioned.phrases, mentioned.owners
    at = layout.sentences[phrases.heads]
    low, high = np.minimum(at[pairs.left], at[pairs.right]), np.maximum(at[pairs.left], at[pairs.right])
    keys = np.stack((owners[pairs.left], owners[pairs.right], low, high), axis=1)
    groups, group_of = np.unique(keys, axis=0, return_inverse=True)
    group_of = group_of.reshape(-1)
    pooled = pool(logits, group_of, len(groups))
    chances = network.relations.calibrate(pooled)
    order = np.argsort(group_of, kind="stable")
    firsts = np.searchsorted(group_of[order], np.arange(len(groups) + 1))
    sure = (chances >= np.maximum(network.relations.thresholds, LEAST)) | find_bonds(
        chances, network.relations.thresholds
    )
    told = []
    for group, label in np.argwhere(chances >= FAINT).tolist():
        own = order[firsts[group] : firsts[group + 1]]
        best = int(own[logits[own, label].argmax()])
        subject, object_, first, last = groups[group].tolist()
        left, right = int(pairs.left[best]), int(pairs.right[best])
        cued = is_cued(RELATED[label], layout, phrases, (left, right))
        each = Stated(
            subject,
            RELATED[label],
            object_,
            int(np.searchsorted(layout.sentences, first)),
            int(np.searchsorted(layout.sentences, last, side="right")) - 1,
            int(phrases.heads[left]),
            int(phrases.heads[right]),
            _add_odds(float(chances[group, label]), CUE) if cued else float(chances[group, label]),
            joins_closely(RELATED[label], layout, phrases, pairs, best),
        )
        # A seat that nothing calls one is told by one phrase ("the Oslo bank Acme"), not by what is beside it.
        apart = RELATED[label] == "P159" and int(pairs.top[best]) not in (each.left, each.right)
        if not cued and (apart or RELATED[label] in NEEDING) and each.score < FAR:
            continue
        if first != last and RELATED[label] in SENTENCE_BOUND and each.score < FAR:
            continue
        if sure[group, label] or (cued and each.score >= LEAST):
            told.append(each)
    return add_read(layout, mentioned, told)


def _add_odds(chance: float, odds: float) -> float:
    return 1 / (1 + (1 - chance) / max(chance, 1e-9) * math.exp(-odds))


def find_bonds(chances: Floats, thresholds: Floats) -> NDArray[np.bool_]:
    """Which of employer and membership [groups, RELATED] is told where it is likely that one of the two is so."""
    found = np.zeros(chances.shape, bool)
    either = chances[:, EITHER]
    rows = np.flatnonzero(1 - (1 - either).prod(axis=1) >= max(BOUND, thresholds[EITHER].min()))
    found[rows, np.array(EITHER)[either[rows].argmax(axis=1)]] = True
    return found


def joins_closely(property: str, layout: Layout, phrases: Phrases, pairs: Pairs, row: int) -> bool:
    """Whether the tree joins the two phrases of a pair so closely that it states what may only be widely true."""
    near = is_near(pairs.features[row, PATH])
    if property not in WHEREABOUTS:
        return near
    heads = int(phrases.heads[pairs.left[row]]), int(phrases.heads[pairs.right[row]])
    return (near and not joins_strangers(layout, pairs, row)) or lies_within(layout, *heads)


def is_near(path: int) -> bool:
    """Whether two phrases hang close to each other in the tree, by the number of the path feature."""
    return path != NO_PATH and sum(divmod(int(path), UP + 1)) <= NEAR_STEPS


def joins_strangers(layout: Layout, pairs: Pairs, row: int) -> bool:
    """Whether a verb joins two phrases without saying where the first is: "by Acme's count, Norland has two".

    It says so when the first is its subject or object, and the second an adverbial.
    """
    top, path = int(pairs.top[row]), int(pairs.features[row, PATH])
    if path != UP + 2 or layout.text.upos[top] not in VERBS:
        return False
    return tuple(pairs.features[row, BRANCHES : BRANCHES + 2].tolist()) not in PLACED


def settle(
    stated: Iterable[Stated], nested: Container[tuple[int, int]] = (), days: Mapping[int, str] | None = None
) -> list[Stated]:
    """What is stated without contradiction and repetition.

    Of several objects of a property that has one, the likeliest is kept, and those that are ``nested`` with it ("born
    in Leeds, England") or the same one of the ``days``, more or less exactly. Of what excludes one another the
    likeliest is kept too. Neighbouring sentences count where no single one says the same; of a symmetric property, and
    of two that say the same, one way round is kept.
    """
    by_fact: dict[tuple[int, str, int], list[Stated]] = defaultdict(list)
    for each in _name_parents(stated):
        if not each.near and each.score < WIDELY_TRUE.get(each.property, 0.0):
            continue
        by_fact[each.subject, each.property, each.object].append(each)
    best = {fact: max(each.score for each in given) for fact, given in by_fact.items()}
    winners = _choose_between(best)
    kept: dict[tuple[int, str], int] = {}
    for (subject, name, object_), _ in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        if BY_ID[name].single:
            kept.setdefault((subject, name), object_)
    found = []
    for (subject, name, object_), given in by_fact.items():
        rivalry = _make_rivalry(subject, name, object_)
        if rivalry is not None and winners[rivalry] != _orient(subject, name, object_):
            continue
        same = [(object_, other, subject) for other in OTHER_WAY.get(name, ())]
        if BY_ID[name].inverse == name:
            turned = (object_, name, subject)
            if turned in best and (best[turned], turned) > (best[subject, name, object_], (subject, name, object_)):
                continue
        other = kept.get((subject, name), object_)
        pairs = ((object_, other), (other, object_))
        fits = other == object_ or any(
            pair in nested
            or any((pair[0], within, pair[1]) in best for within in WITHIN)
            or _is_more_exact(days or {}, *pair)
            for pair in pairs
        )
        if not fits or any(fact in best for fact in same):
            continue
        found += _choose_places(given)
    return found


def _is_more_exact(days: Mapping[int, str], one: int, other: int) -> bool:
    """Whether one date is the other, or a day or month of it."""
    values = days.get(one, ""), days.get(other, "")
    return bool(values[1]) and (values[0] == values[1] or values[0].startswith(f"{values[1]}-"))


def _make_rivalry(subject: int, name: str, object_: int) -> tuple[str, int, int] | None:
    """What two things contend for: one of them is the parent, spouse or sibling of the other, or a part of it."""
    rivalry = "kin" if name in KIN else "bond" if name in BONDS else name if name in DIRECTED else None
    return (rivalry, min(subject, object_), max(subject, object_)) if rivalry else None


def _orient(subject: int, name: str, object_: int) -> tuple[str, int]:
    """What a fact of a rivalry says: of kin, "child" and the number of the child, or the property alone."""
    if name in ("P22", "P25"):
        return "P40", subject
    return (name, object_) if name == "P40" or name in DIRECTED else (name, -1)


def _choose_between(best: Mapping[tuple[int, str, int], float]) -> dict[tuple[str, int, int], tuple[str, int]]:
    """The likeliest of what contends for each two things."""
    found: dict[tuple[str, int, int], tuple[str, int]] = {}
    for fact in sorted(best, key=lambda fact: (-best[fact], fact)):
        rivalry = _make_rivalry(*fact)
        if rivalry is not None:
            found.setdefault(rivalry, _orient(*fact))
    return found


def _name_parents(stated: Iterable[Stated]) -> Iterator[Stated]:
    """The statements; one of a father or mother that is not sure which, or of both in one, is one of a child."""
    given = list(stated)
    told = {(each.subject, each.property, each.object) for each in given}
    for each in given:
        parent = each.property in OTHER_WAY["P40"]
        both = parent and all((each.subject, name, each.object) in told for name in OTHER_WAY["P40"])
        if both or (parent and each.score < SURE_PARENT):
            each = replace(
                each, subject=each.object, property="P40", object=each.subject, left=each.right, right=each.left
            )
        yield each


def _choose_places(given: Sequence[Stated]) -> list[Stated]:
    """Each place that states a fact, likeliest first, without those that share a sentence with one chosen before."""
    chosen: list[Stated] = []
    for each in sorted(given, key=lambda e: (e.last - e.first, -e.score)):
        if all(each.last < other.first or each.first > other.last for other in chosen):
            chosen.append(each)
    return chosen


class Contents:
    """The contents of claims, to be asked which of them says something."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        given = list(claims)
        self._direct = {claim.id for claim in given if claim.quotation == "direct"}
        spans = [(p.start, p.end, claim.id) for claim in given for p in claim.content]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def find(self, *places: int) -> str | None:
        """The claim whose content holds all of the places (offsets of the text), the innermost where several do."""
        last = bisect_right(self._starts, min(places))
        holding = [s for s in self._spans[max(0, last - 50) : last] if s[1] > max(places)]
        return min(holding, key=lambda s: s[1] - s[0])[2] if holding else None

    def is_direct(self, claim: str) -> bool:
        """Whether all of a claim's content stands in quotation marks."""
        return claim in self._direct
