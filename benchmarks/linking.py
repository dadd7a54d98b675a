"""Scores entity links against ELEVANT benchmarks, as ELEVANT counts them and by overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from benchmarks.gold import GoldLabel, LinkedArticle, Span
from benchmarks.scores import Score
from kg.model import Article, Link, Reading

Answers = Mapping[Span, str]
WORD_MARKS = "'\"_"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one gold mention: ``found`` or ``missed`` (neither when it need not be found).

    ``wrong`` holds the spans of wrong links on it, and ``touched`` says whether any answer fell on its spans.
    """

    found: bool = False
    missed: bool = False
    wrong: frozenset[Span] = frozenset()
    touched: bool = False


def score_links(
    articles: Iterable[LinkedArticle],
    link: Callable[[Article], tuple[Reading, tuple[Link, ...]]],
    is_held: Callable[[str], bool],
    *,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Score]:
    """The counts over ``articles`` when ``link`` reads and links each; ``is_held``: whether the catalogue has a QID.

    "exact": the counts of ELEVANT (Bast et al., EMNLP 2023, "A Fair and In-Depth Evaluation of Existing End-to-End
    Entity Linking Systems") in its mode for links into the knowledge base. The span must be that of a gold label, up to
    word boundaries. A label and its parts are one gold thing. A link on a date, a quantity, an unknown thing or on
    nothing is wrong; optional labels are not missed. "overlap": a link is right when it shares a character with
    a gold label of the same item. For each, "_held" wants only items of the catalogue, "_named" only names.
    ``tell`` gets a line for each wrong link and each missed name.
    """
    scores = dict.fromkeys(("exact", "exact_held", "exact_named", "overlap", "overlap_held", "overlap_named"), Score())
    for article in articles:
        reading, links = link(Article(id=article.id, text=article.text))
        answers = collect_answers(reading, links, article.scope)
        if tell:
            for line in list_mistakes(article, answers):
                tell(line)
        chosen = {
            "": _choose_roots(article, lambda label: True),
            "_held": _choose_roots(article, lambda label: is_held(label.qid or "")),
            "_named": _choose_roots(article, lambda label: label.named),
        }
        for suffix, roots in chosen.items():
            scores["exact" + suffix] += score_exactly(article, answers, roots)
            scores["overlap" + suffix] += score_by_overlap(article, answers, roots)
    return scores


def collect_answers(reading: Reading, links: Iterable[Link], scope: Span) -> dict[Span, str]:
    """The QID of every mention of a linked entity that lies inside ``scope``, by span."""
    qids = {link.entity: link.qid for link in links if link.verdict == "linked" and link.qid}
    spans = {
        (mention.passage.start, mention.passage.end): qids[entity.id]
        for entity in reading.entities
        if entity.id in qids
        for mention in entity.mentions
    }
    return {span: qid for span, qid in sorted(spans.items()) if scope[0] <= span[0] and span[1] <= scope[1]}


def score_exactly(article: LinkedArticle, answers: Answers, chosen: set[int]) -> Score:
    """The counts of ELEVANT for one article; only the gold things whose root is in ``chosen`` count as wanted."""
    verdicts, wrong = judge_article(article, answers)
    found = sum(v.found for v in verdicts.values())
    counted = [v for root, v in verdicts.items() if root in chosen]
    hits, misses = sum(v.found for v in counted), sum(v.missed for v in counted)
    return Score(found, found + len(wrong), hits, hits + misses)


def list_mistakes(article: LinkedArticle, answers: Answers) -> list[str]:
    """One line for each wrong link, with the gold items that it touches, and for each missed name."""
    verdicts, wrong = judge_article(article, answers)
    lines = []
    for start, end in sorted(wrong):
        gold = [label.qid or "none" for label in article.labels if label.span[0] < end and start < label.span[1]]
        meant = ", ".join(gold) or "nothing"
        lines.append(f"{article.id} wrong: {article.text[start:end]!r} {answers[start, end]}, gold {meant}")
    for label in article.labels:
        if label.named and label.id in verdicts and verdicts[label.id].missed:
            lines.append(f"{article.id} missed: {article.text[slice(*label.span)]!r} {label.qid}")
    return lines


def judge_article(article: LinkedArticle, answers: Answers) -> tuple[dict[int, Verdict], set[Span]]:
    """The verdict on every gold thing by the id of its root, and the spans of all wrong links."""
    widened = {_widen(span, article.text): span for span in answers}
    gold = {label.id: _widen(label.span, article.text) for label in article.labels}
    spans = {x.id: x.span if x.span in answers else widened.get(gold[x.id]) for x in article.labels}
    verdicts = {x.id: _judge(x, article.labels, answers, spans) for x in article.labels if x.parent is None}
    aside = {span for span in answers if span not in spans.values() and _widen(span, article.text) not in gold.values()}
    return verdicts, aside.union(*(v.wrong for v in verdicts.values()))


def _judge(
    label: GoldLabel, labels: tuple[GoldLabel, ...], answers: Answers, spans: Mapping[int, Span | None]
) -> Verdict:
    """The verdict on a label: its own if its link is right or no part of it is touched, else that of its parts."""
    span = spans[label.id]
    if span is not None and label.qid == answers[span]:
        return Verdict(found=not label.optional, touched=True)
    children = [child for child in labels if child.parent == label.id]
    parts = [_judge(child, labels, answers, spans) for child in children]
    if any(part.touched for part, child in zip(parts, children, strict=True) if _is_seen(part, child, label)):
        missed = any(part.missed for part in parts)
        wrong = frozenset().union(*(part.wrong for part in parts))
        return Verdict(any(part.found for part in parts) and not missed and not wrong, missed, wrong, True)
    wanted = label.qid is not None and (not label.optional or any(not c.optional and c.qid for c in children))
    return Verdict(False, wanted, frozenset([span] if span else []), span is not None)


def _is_seen(part: Verdict, child: GoldLabel, parent: GoldLabel) -> bool:
    """A wrong link on a child of the same span is the parent's own; on any other child it is the child's."""
    return child.span != parent.span or part.found


def score_by_overlap(article: LinkedArticle, answers: Answers, chosen: set[int]) -> Score:
    """The counts for one article when an answer need only share a character with a gold label of its item."""
    right, counted, found = 0, 0, set()
    for span, qid in answers.items():
        meant = [x for x in article.labels if x.qid == qid and x.span[0] < span[1] and span[0] < x.span[1]]
        if any(not label.optional for label in meant):
            right += 1
        counted += not meant or any(not label.optional for label in meant)
        found |= {_find_root(label, article.labels).id for label in meant}
    return Score(right, counted, len(found & chosen), len(chosen))


def _choose_roots(article: LinkedArticle, is_chosen: Callable[[GoldLabel], bool]) -> set[int]:
    """The ids of the gold things that must be linked and have a label that is chosen."""
    return {
        _find_root(label, article.labels).id
        for label in article.labels
        if label.qid and not label.optional and is_chosen(label)
    }


def _find_root(label: GoldLabel, labels: tuple[GoldLabel, ...]) -> GoldLabel:
    by_id = {x.id: x for x in labels}
    while label.parent is not None:
        label = by_id[label.parent]
    return label


def _widen(span: Span, text: str) -> Span:
    """The span widened to word boundaries, so that "Albert" and "Albert's" are the same mention."""
    start, end = span
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in WORD_MARKS):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in WORD_MARKS):
        end += 1
    if text[start] == '"' and '"' not in text[start + 1 : end]:
        start += 1
    return start, end
