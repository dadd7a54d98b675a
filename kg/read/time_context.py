"""Tells from the words around it whether an expression is a time, and whether it lies behind or ahead."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from kg.read.calendar_anchor import Tense
from kg.read.time_patterns import Expression

REACH = 40  # words looked at on either side
LINKS = set("on in at by from since until till during before after following ahead of the early late about for".split())
OPENERS = set("that and but while when as if because though although".split())
SENSES = set("hear see feel smell find taste heard seen felt found".split())  # "could hear" tells what was
MODALS = set("will 'll ’ll wo shall may might must would could".split())
ABLE = set("can ca should".split())  # of any time: "summers can be hot"
REPORTS = set("say says think thinks believe believes report reports know show shows suggest suggests".split())
PAST_AUXILIARIES = set("was were had did been 'd ’d have has 've ’ve having".split())
PRESENT = set("is are am 's 're 'm ’s ’re ’m".split())
BETWEEN = set("not n't n’t also now then still be been being to".split())  # inside a verb group
SCHEDULED = set(
    "expected scheduled due set slated planned poised supposed upcoming bound "
    "anticipated projected forecast predicted".split()
)
PASSIVE = set("set forecast predicted".split())  # of these, only "is set to"
FORECASTS = set("predict predicts forecasts expect expects anticipate anticipates".split())
# "to" and a verb after these lies ahead: "agreed to meet on Friday".
AHEAD = SCHEDULED | set(
    "going plan plans planning intend intends intended agree agreed agrees vow vowed vows promise promised promises "
    "pledge pledged pledges want wants wanted hope hopes hoped aim aims aimed prepare prepared preparing order ordered "
    "urge urged ask asked call called decide decided propose proposed ready likely need needs has have invited".split()
)
TO_BE = set("is are was were 's 're".split())
# In the present tense these tell a timetable.
TIMETABLE = set(
    "open opens begin begins start starts end ends run runs return returns arrive arrives leave leaves expire expires "
    "close closes resume resumes convene convenes continue continues is are".split()
)
IRREGULAR = set(
    "said was were had did went came took made got gave told found left held met began won lost died hit shot "
    "fell rose grew became kept let put read ran saw sent set sold spoke spent stood struck brought built bought "
    "caught chose cut drew drove fought flew heard hurt knew laid led lay lit meant paid quit rang sang sank sat "
    "shook shut slept slid sought spread stole swept swore taught thought threw tore understood withdrew woke "
    "wore wrote broke beat bore blew felt forced hung overthrew rode shone shrank split spun stuck sprang upheld "
    "undertook burst bound cast dealt dug fed fled forgot forgave froze hid known given taken seen shown written "
    "broken driven stolen torn gone done".split()
)
# What is named after a weekday, or has one in its name.
NAMED_DAYS = set("black bloody good ash super easter palm cyber holy maundy shrove whit fat giving throwback".split())
NAMED_BY_DAY = set("times mirror mail telegraph express post herald independent live lights".split())
NAMES = {"person", "work", "product", "organisation", "money"}
HOLIDAY_LEADS = set("at on before after by until till since this last next".split())
# Numbers of four digits that are no years stand after these, or before those.
COUNTED = set(
    "no no. number # room channel flight page pp. p. route article section chapter line about around over nearly some "
    "than least approximately almost roughly highway boeing resolution level".split()
)
MEASURES = set(
    "people troops dollars euros pounds votes miles km kilometers kilometres m meters metres feet ft kg tons "
    "tonnes men women children square percent per % cent soldiers deaths jobs homes seats points copies hectares "
    "acres calories mg ml mm cm mph watts volts words pages hours days years times yards".split()
)
SOME = set("them us these those whom which".split())
STREETS = set("Street Road Avenue Square Boulevard Lane Drive Stadium Bridge Hospital University Movement".split())
WEEKDAYS = set("monday tuesday wednesday thursday friday saturday sunday".split())
YEAR_LEADS = set(
    "in since until till by of during before after from to and late early mid circa c. born b. d. m. year for".split()
)


def is_time(doc: Doc, expression: Expression, first: int, last: int) -> bool:
    """Whether the words around the tokens ``first`` to ``last`` allow that they are a time.

    "2000 people", "Bloody Sunday", a month that is part of a person's name are none.
    """
    rule, fields = expression.rule, expression.fields
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1] if last + 1 < len(doc) else None
    cited = rule == "year" and before in (",", "(") and after is not None and after.text in (")", ";")
    if rule != "date" and not cited and doc[first].ent_type_ in NAMES and doc[first].ent_type_ == doc[last].ent_type_:
        return False
    if rule in ("month", "season", "weekday") and "y" not in fields and _is_part_of_name(doc, first, last):
        return False
    if rule == "date" and "y" not in fields and after is not None and after.text in STREETS:
        return False
    if rule == "weekday":
        named = after is not None and after.lower_ in NAMED_BY_DAY and after.text[0].isupper()
        return before not in NAMED_DAYS and not named
    if rule == "holiday":
        part = after is not None and (after.pos_ == "NOUN" or after.is_title)
        sure = " " in fields["name"] or not fields.keys().isdisjoint(("y", "rel"))
        return sure or (before in HOLIDAY_LEADS and not part)
    if rule == "year" and "mod" not in fields and len(fields["y"]) == 4:
        return _is_year(int(fields["y"]), before, after)
    return True


def _is_part_of_name(doc: Doc, first: int, last: int) -> bool:
    """Whether the tokens lie in a longer name that is no date: "Spring Hill"."""
    kind = doc[first].ent_type_
    longer = doc[first].ent_iob_ == "I" or (last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I")
    return kind not in ("", "date") and kind == doc[last].ent_type_ and longer


def _is_year(number: int, before: str, after: Token | None) -> bool:
    word = after.lower_ if after is not None else ""
    if word in WEEKDAYS:  # "2024 Friday UTC" is a time of day
        return False
    if word == "of" and after is not None and after.i + 1 < len(after.doc) and after.nbor().lower_ in SOME:
        return False
    if word in MEASURES:
        return before == "in" and word in ("people", "votes")
    if before in COUNTED:
        return False
    if number % 100 == 0 and before != "the" and after is not None and after.pos_ == "NOUN" and word.endswith("s"):
        return False
    return 1900 <= number <= 2100 or before in YEAR_LEADS or before in "([,–-" or word in (")", "]")


Found = Tense | Literal["unclear"]


def tense_at(doc: Doc, start: int, end: int) -> Tense | None:
    """Which time the clause around the tokens ``start`` to ``end`` tells of; None when that is unclear.

    The verb before the time decides; at the start of a clause the verb after it. Parts of speech help where they are
    set; without them only verbs that show their tense are seen.
    """
    first = start
    while first > 0 and not doc[first].is_sent_start and doc[first - 1].lower_ in LINKS:
        first -= 1
    words = {doc[i].lower_ for i in range(first, start)}
    opens = first == 0 or bool(doc[first].is_sent_start) or doc[first - 1].lower_ in OPENERS
    if "since" in words or (opens and words & {"after", "following"}):
        return "past"
    if "ahead" in words:
        return "future"
    near, far = (_look_right(doc, end), _look_left) if opens else (_look_left(doc, first), _look_right)
    tense = near or far(doc, first if opens else end)
    if tense == "unclear":
        return None
    if words & {"until", "till"}:  # "stayed until Friday" and "extended it until Friday"
        return None if tense == "past" else "future"
    return tense


def _look_left(doc: Doc, first: int) -> Found | None:
    for i in range(first - 1, max(first - REACH, 0) - 1, -1):
        if doc[i].text == ";" or doc[i + 1].is_sent_start:
            return None
        if tense := _tense_of(doc, i):
            return tense
    return None


def _look_right(doc: Doc, end: int) -> Found | None:
    for i in range(end, min(end + REACH, len(doc))):
        if doc[i].text == ";" or doc[i].is_sent_start:
            return None
        tense = _tense_of(doc, i)
        if tense and not (_is_auxiliary(doc[i]) and _goes_on(doc, i)):
            return tense
    return None


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether the auxiliary at ``i`` has its verb after it."""
    after = next((doc[k] for k in range(i + 1, min(i + 4, len(doc))) if doc[k].lower_ not in BETWEEN), None)
    return after is not None and _is_verb(after)


def _is_auxiliary(token: Token) -> bool:
    word = token.lower_
    if token.text == "May":  # a name or a month
        return False
    return token.pos_ == "AUX" or word in MODALS or word in ABLE or word in PRESENT or word in PAST_AUXILIARIES


def _is_verb(token: Token) -> bool:
    if token.pos_:
        return token.pos_ in ("VERB", "AUX") or token.lower_ == "due"
    word = token.lower_
    if token.i and token.nbor(-1).lower_ in MODALS | {"to"}:
        return True
    known = word in IRREGULAR or word in AHEAD or word in TIMETABLE or _is_auxiliary(token)
    return known or (len(word) > 4 and word.endswith("ed"))


def _group(doc: Doc, i: int) -> tuple[set[str], int]:
    """The auxiliaries and adverbs before the verb ``i``, and the place of the first of them."""
    words: set[str] = set()
    k = i
    while k > 0 and i - k < 6 and not doc[k].is_sent_start:
        before = doc[k - 1]
        if not (before.lower_ in BETWEEN or _is_auxiliary(before) or before.pos_ in ("ADV", "PART")):
            break
        words.add(before.lower_)
        k -= 1
    return words, k


def _tense_of(doc: Doc, i: int, depth: int = 0) -> Found | None:
    """The tense of the verb at ``i``; None where no verb is or it shows none."""
    token, word = doc[i], doc[i].lower_
    if word in ("due", "upcoming"):
        return "future"
    if word == "according":  # to what was said or written
        return "past"
    if not _is_verb(token):
        return None
    group, begin = _group(doc, i)
    if group & ABLE or word in ABLE:
        return "scheduled"
    if "could" in group and word in SENSES:
        return "past"
    if group & MODALS or (word in MODALS and token.text != "May"):
        return "past" if "have" in group or "'ve" in group else "future"
    if "to" in group:
        return _tense_of_infinitive(doc, begin, depth + 1)
    if word in FORECASTS or (word in SCHEDULED and (word not in PASSIVE or group & (PRESENT | {"was", "were"}))):
        return "future"
    if word.endswith("ing"):
        return "past" if group & PAST_AUXILIARIES else "future" if group & PRESENT else None
    if group & PAST_AUXILIARIES or word in ("was", "were", "did", "had", "been"):
        return "past"
    if word in IRREGULAR or word.endswith("ed"):
        return "present" if group & PRESENT else "past"
    return "scheduled" if word in TIMETABLE else None if word in REPORTS else "present"


def _tense_of_infinitive(doc: Doc, begin: int, depth: int) -> Found:
    """What the words before "to ..." say: "agreed to meet" lies ahead, "flew there to meet" is as the verb is."""
    if doc[begin].lower_ in TO_BE or doc[begin].lower_ in AHEAD or (begin and doc[begin - 1].lower_ in TO_BE):
        return "future"
    for k in range(begin - 1, max(begin - 6, 0) - 1, -1):
        if doc[k].lower_ in AHEAD:
            return "future"
        if _is_verb(doc[k]):
            return (_tense_of(doc, k, depth) if depth < 3 else None) or "unclear"
        if doc[k].is_sent_start:
            break
    return "unclear"
