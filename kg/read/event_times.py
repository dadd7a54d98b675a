"""Tells when an event took place or will: what its sentence states, the sentences around, or the day of publication.

A stated time is the one that plays the role, else one that hangs on the trigger, else one on the verb that an event
noun belongs to. Without one, a time at the start of the sentence, or of the sentence before, is taken from the context.
Without that, what has happened has the day of publication as upper bound, and what is said in the present to lie ahead
has it as lower bound; what was to come in the past ("would leave") has none, for it may be over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.model import Interval, Realis, Time, TimeSource
from kg.read.calendar_values import days_of, interval_of
from kg.read.predicates import SUBJECTS, find_group, is_clause
from kg.read.realis_words import EVENTIVE
from kg.read.role_rules import find_deed
from kg.read.triggers import Mentions, Trigger, find_light_verb

STEPS = 3  # words up to the verb that an event noun or a joined verb belongs to
SINCE, AFTER = frozenset(("since", "from")), frozenset(("after", "following"))
UNTIL, BEFORE = frozenset(("until", "till", "by")), frozenset(("before",))
DEPTH = 8  # words up to the verb that shows the tense
PRESENT = frozenset("will shall 'll ’ll wo is are am 's ’s 're ’re 'm ’m has have do does may can must should".split())
PAST = frozenset("was were had did would 'd ’d".split())
OPENERS = frozenset('on in at by from since late early during earlier later the and but , " “'.split())
# Below these a noun or a clause has the time of its verb.
SHARING = frozenset(("obj", "nsubj:pass", "nsubj", "obl", "xcomp", "advcl", "conj"))


class When(NamedTuple):
    """An interval and where it comes from; both None where nothing tells."""

    interval: Interval | None = None
    source: TimeSource | None = None


NEVER = When()
YEAR = re.compile(r"(?<![\d–-])(?:19|20)\d\d(?![\d–-])")


def find_year(trigger: Trigger) -> Interval | None:
    """The one year that the name of an event holds: of "the 2024 election"; None for a trigger that is no name."""
    name = trigger.passage.text
    years = YEAR.findall(name) if name != trigger.token.text else []
    return Interval(f"{years[0]}-01-01", f"{years[0]}-12-31") if len(years) == 1 else None


class Clock:
    """The times of a ``Doc``, to be asked when an event is.

    ``published`` is an ISO 8601 date or date-time, None when unknown.
    """

    def __init__(self, mentions: Mentions, times: Sequence[Time], published: str | None) -> None:
        days = days_of(published[:10]) if published else None
        self.published = days[0].isoformat() if days else None
        self._times = [
            (interval_of(time.value) if span is not None else None, span)
            for time, span in zip(times, mentions.time_spans, strict=True)
        ]
        self._hanging: dict[int, int] = {}
        self._opening: dict[int, int] = {}
        self._timed: set[int] = set()  # first tokens of sentences with a time
        for number, (interval, span) in enumerate(self._times):
            if interval is not None and span is not None:
                root = span.root
                deed = find_deed(root.head, root, span.text)
                self._hanging.setdefault((deed or root.head).i, number)
                self._timed.add(span.sent.start)
                if _opens_sentence(span):
                    self._opening.setdefault(span.sent.start, number)

    def tell(self, trigger: Trigger, realis: Realis) -> When:
        """When the event of a trigger is."""
        number = self._find_stated(trigger, realis)
        stated = self._read(number, realis) if number is not None else None
        if stated is not None:
            return When(stated, "stated")
        context = self._find_context(trigger.token, realis)
        if context is not None:
            return When(context, "context")
        if self.published is None:
            return NEVER
        if realis in ("actual", "reported"):
            return When(Interval(None, self.published), "published")
        if realis == "future" and not is_told_as_past(trigger.token):
            return When(Interval(self.published, None), "published")
        return NEVER

    def _find_stated(self, trigger: Trigger, realis: Realis) -> int | None:
        """The time that plays the role, hangs on the trigger, or on the verb that it shares a time with."""
        told = [f for f in trigger.fillers if f.time is not None and self._times[f.time][0] is not None]
        if told:
            return max(told, key=lambda filler: filler.score).time
        token = trigger.token
        for _ in range(STEPS):
            if (number := self._hanging.get(token.i)) is not None:
                return number
            above = find_clock_verb(token, is_actual=realis in ("actual", "reported"))
            if above is None:
                return None
            token = above
        return None

    def _read(self, number: int, realis: Realis) -> Interval | None:
        """A time with the words before it ("since Monday"); None where the event cannot be then."""
        interval, span = self._times[number]
        if interval is None or span is None:
            return None
        links = {child.lower_ for child in span.root.lefts if child.dep_ in ("case", "mark")} | {_word_before(span)}
        start, end = interval.start, interval.end
        if links & UNTIL:
            start = None
        elif links & BEFORE:
            start, end = None, start
        elif links & SINCE:
            end = None
        elif links & AFTER:
            start, end = end, None
        if self.published is not None and realis in ("actual", "reported"):
            if start is not None and start > self.published:
                return None
            end = min(end or self.published, self.published)
        return Interval(start, end)

    def _find_context(self, token: Token, realis: Realis) -> Interval | None:
        """The time that opens the sentence or the one before it, of what its main clause tells."""
        if not self._opening or realis not in ("actual", "reported", "negated"):
            return None
        sentence = token.sent
        main = _find_main(token)
        number = self._opening.get(sentence.start)
        if number is not None:
            span = self._times[number][1]
            return self._read(number, realis) if span is not None and main.i == span.root.head.i else None
        if main.i != sentence.root.i or sentence.start in self._timed or sentence.start == 0:
            return None
        before = sentence.doc[sentence.start - 1]
        number = None if "\n" in before.text else self._opening.get(before.sent.start)
        late = any(t.lower_ in ("had", "'d", "’d") for t in find_group(main))
        return self._read(number, realis) if number is not None and not late else None


def find_clock_verb(token: Token, *, is_actual: bool) -> Token | None:
    """The verb whose time is also that of a trigger: "held" of "held talks", "killed" of "killed in an attack"."""
    above, label = token.head, token.dep_
    if label not in SHARING or above.i == token.i:
        return None
    if not is_clause(token):
        if above.pos_ != "VERB":
            return None
        if label == "xcomp":  # "pleaded guilty on Monday"
            return above
        inside = label == "obl" and any(c.lower_ in ("in", "during") for c in token.lefts)
        own = label != "obl" and above.lemma_ in EVENTIVE
        return above if inside or own or find_light_verb(token) is not None else None
    if label == "xcomp":
        return above if is_actual else None
    if any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in token.lefts):
        return None
    return above if label == "conj" or token.lower_.endswith("ing") else None


def is_told_as_past(token: Token) -> bool:
    """Whether what lies ahead is told from the past ("would leave", "planned to leave"), so that it may be over."""
    for _ in range(DEPTH):
        small = {word.lower_ for word in find_group(token)}
        if small & PRESENT:
            return False
        if small & PAST:
            return True
        if token.pos_ == "VERB" and "to" not in small and not token.lower_.endswith("ing"):
            return token.lower_ != token.lemma_ and not token.lower_.endswith("s")
        if token.head.i == token.i:
            return False
        token = token.head
    return True


def _find_main(token: Token) -> Token:
    """The predicate that a trigger shares its clause with, as far as nothing is told or said apart."""
    for _ in range(DEPTH):
        if token.dep_ not in SHARING or token.head.i == token.i or (token.dep_ == "advcl" and _is_marked(token)):
            return token
        token = token.head
    return token


def _is_marked(clause: Token) -> bool:
    return any(child.dep_ == "mark" for child in clause.lefts)


def _opens_sentence(span: Span) -> bool:
    """Whether a time stands at the start of its sentence."""
    start = span.sent.start
    return span.start - start <= 3 and all(t.lower_ in OPENERS or t.is_space for t in span.doc[start : span.start])


def _word_before(span: Span) -> str:
    return span.doc[span.start - 1].lower_ if span.start else ""
