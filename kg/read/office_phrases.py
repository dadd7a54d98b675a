"""Finds the noun phrases that name an office or post ("former minister of trade"), with what belongs to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

import kg.read.office_words as lists
from kg.model import Status
from kg.read.claims import Place, Places
from kg.read.office_nouns import Body, Noun, OfficePhrase, find_root, load_first_words, load_nouns
from kg.read.tokenizer import find_words

REACH = 14  # words of a phrase before its noun, and after it
LONGEST = 9  # words of a noun, hyphens among them
FILLING = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
MARKING = lists.FORMER | lists.FUTURE | lists.PASSING
PREMODIFIERS = MARKING | lists.LESSER | lists.DOUBTFUL
JOINING = lists.POSSESSIVE | lists.HYPHENS


class PhraseFinder:
    """Finds the office phrases of a parsed ``Doc`` among its entities' mentions, in linear time."""

    def __init__(self, doc: Doc, places: Places) -> None:
        self.doc = doc
        self.find_touching = places.list_touching
        self._starts = [sentence.start for sentence in doc.sents] if len(doc) else []

    def bound(self, token: int) -> tuple[int, int]:
        """The first token of the sentence, and the one after its last."""
        at = bisect_right(self._starts, token)
        return self._starts[at - 1], self._starts[at] if at < len(self._starts) else len(self.doc)

    def find(self) -> Iterator[OfficePhrase]:
        """The phrases in the order of the text; one that lies in the tail of another is no phrase of its own."""
        done = last = reached = 0  # last: the end of the noun before one in a phrase; reached: of any noun
        firsts = load_first_words()
        for at in [token.i for token in find_words(self.doc, firsts.__contains__)]:
            found = self._match(at) if at >= reached else None
            if found is None:
                continue
            noun, stop = found
            phrase = self._make(noun, at, stop, last) if at >= done and not self._goes_on(stop) else None
            if phrase is not None:
                done, last = phrase.end, stop
                yield phrase
            reached = stop

    def name_at(self, start: int) -> Place | None:
        """The longest person's name that begins here."""
        if start >= len(self.doc):
            return None
        found = [p for p in self.find_touching(start, start + 1) if p.span.start == start and is_person(p)]
        return max(found, key=lambda p: p.span.end, default=None)

    def _match(self, at: int) -> tuple[Noun, int] | None:
        """The longest noun of the table that begins here, and where it ends; hyphens count as spaces."""
        if self.doc[at].lower_ not in load_first_words():
            return None
        words, best = "", None
        for token in self.doc[at : min(self.bound(at)[1], at + LONGEST)]:
            if token.text in lists.HYPHENS:
                continue
            words = f"{words} {token.lower_}".strip()
            noun = load_nouns().get(words)
            if noun is not None and not self._is_other(at, words):
                best = noun, token.i + 1
        return best

    def _is_other(self, at: int, words: str) -> bool:
        """Whether the words mean something else: "the first minister to go", "secretary of justice"."""
        if words in lists.CAPITAL_ONLY:
            return not self.doc[at].is_title
        return words in ("justice", "justices") and at > 0 and self.doc[at - 1].lower_ == "of"

    def _goes_on(self, stop: int) -> bool:
        """Whether another noun follows, so that the office is only a part of it: "mayor's", "president candidate"."""
        if stop >= len(self.doc) or self.doc[stop].is_sent_start:
            return False
        word = self.doc[stop]
        if word.text in lists.HYPHENS:
            joined = stop + 1 < len(self.doc) and not word.whitespace_
            return joined and self.doc[stop + 1].lower_ not in lists.BEHIND
        if is_possessive(word):
            return True
        if word.pos_ not in ("NOUN", "PROPN") or word.lower_ in lists.BEHIND | lists.FORMER:
            return False
        title = self._match(stop)
        if title is not None and (title[0].long or title[0].role in ("state", "government", "rank")):
            return False  # "committee chairman Rep. Roe"
        return not any(is_person(p) for p in self.find_touching(stop, stop + 1))

    def _make(self, noun: Noun, core: int, stop: int, last: int) -> OfficePhrase | None:
        low, high = self.bound(core)
        low = max(low, last)
        start, before = self._walk_left(core, low)
        left = [token.lower_ for token in self.doc[start:core] if token.text not in lists.HYPHENS]
        if lists.DOUBTFUL & set(left):
            return None
        end, mark = self._read_behind(stop, high)
        tail, behind = (end, None) if end > stop else self._walk_right(noun, stop, high)
        kept = self._keep(noun, start, core)
        body = behind or before or self._find_owner(start, low)
        opening = [token.lower_ for token in self.doc[max(low, start - 2) : start]]
        if len(opening) == 2 and opening[1] in lists.ARTICLES and opening[0] in lists.FORMERLY:
            mark = "former"  # "Jo Roe, then the mayor,"
        modifiers = [t for t in kept if t.text not in lists.POSSESSIVE and self._find_name_of(t) is None]
        return OfficePhrase(
            noun=noun,
            start=start,
            core=core,
            stop=stop,
            end=tail,
            value=self._write(noun, kept, core, (stop, tail if end == stop else stop)),
            status=_tell_status({*left, mark}),
            opening=opening[-1] if opening else "",
            body=body,
            lesser=any(token.lower_ not in MARKING for token in modifiers),
            bound=_is_bound(noun, kept, body, tail=self.doc[stop:tail]),
            ordinal=bool(left) and (left[-1] in lists.ORDINALS or lists.ORDINAL.match(left[-1]) is not None),
        )

    def _read_behind(self, stop: int, high: int) -> tuple[int, str]:
        """Where "-elect" or "emeritus" behind the noun ends, and which of them it is."""
        at = stop + 1 if stop < high and self.doc[stop].text in lists.HYPHENS else stop
        found = at < high and self.doc[at].lower_ in lists.BEHIND
        return (at + 1, self.doc[at].lower_) if found else (stop, "")

    def _find_name_of(self, token: Token) -> Place | None:
        """A name that the word is part of; party adjectives are none."""
        found = [p for p in self.find_touching(token.i, token.i + 1) if p.mention.form == "name"]
        return next(
            (p for p in found if token.lower_ not in lists.PARTIES or lists.PARTISAN_BODY.search(p.entity.name)), None
        )

    def _walk_left(self, core: int, low: int) -> tuple[int, Body | None]:
        """Where the words before the noun begin, and the body among them that stands nearest to the noun."""
        at, body = core, None
        while at > low and core - at < REACH:
            word = self.doc[at - 1]
            hyphened = word.text in lists.HYPHENS and not word.whitespace_
            if hyphened and at - 2 >= low and not self.doc[at - 2].whitespace_:
                at -= 2
                continue
            owned = is_possessive(word)
            named = self._find_name_ending(at - 1 if owned else at, low)
            if named is not None:
                if named.entity.kind == "person" or not (owned or self._is_before(named, at, core, low)):
                    break
                at = named.span.start
                body = body or self._make_body(named, core)
            elif owned or not self._is_modifier(word, at, core, low):
                break
            else:
                at -= 1
        if body is not None and at < core and self._is_part(body, at, core):
            body = replace(body, direct=False)
        return at, body

    def _is_part(self, body: Body, start: int, core: int) -> bool:
        """Whether another name stands right before the body's, which may be only a part of it: "Irish Red Cross"."""
        names = [p for p in self.find_touching(start, core) if p.mention.form == "name"]
        own = next((p for p in names if p.entity.id == body.entity.id), None)
        return own is not None and any(p.span.end == own.span.start for p in names)

    def _find_name_ending(self, end: int, low: int) -> Place | None:
        """The longest name whose last word is the one before ``end``."""
        if end <= low:
            return None
        names = [p for p in self.find_touching(end - 1, end) if p.mention.form == "name"]
        found = [p for p in names if p.span.end >= end > p.span.start >= low]
        return min(found, key=lambda p: p.span.start, default=None)

    def _is_joined(self, word: Token, at: int, core: int) -> bool:
        """Whether the tree hangs a word on those from ``at`` to the noun, or one of them on the word."""
        end, up = core + 5, word
        for _ in range(4):
            if at <= up.head.i < end and up.head.i != up.i:
                return True
            if up.head.i >= end or up.head.i == up.i:
                break
            up = up.head
        return any(t.head.i == word.i and t.dep_ != "punct" for t in self.doc[at : core + 1])

    def _is_modifier(self, word: Token, at: int, core: int, low: int) -> bool:
        """Whether a word before the noun belongs to its phrase."""
        if word.ent_type_ in ("date", "person") or word.is_space or word.is_digit or word.lower_ in lists.STANDING_NEAR:
            return False
        if word.pos_ == "CCONJ":
            return at - 2 > low and at < core and self._is_coordinated(word, at, core)
        if word.pos_ == "NOUN" and word.is_lower and self.doc[at].is_title and word.lower_ not in lists.COMMON:
            return False  # "the network President Roe formed"
        marked = word.lower_ in PREMODIFIERS and word.pos_ not in ("DET", "PRON")
        return word.lower_ in lists.SURELY_BEFORE or (
            (marked or word.pos_ in FILLING) and self._is_joined(word, at, core)
        )

    def _is_coordinated(self, word: Token, at: int, core: int) -> bool:
        before = self.doc[word.i - 1]
        plain = before.pos_ in FILLING and before.ent_type_ != "person"
        return word.lower_ in ("and", "&") and plain and self._is_joined(before, at, core)

    def _is_before(self, named: Place, at: int, core: int, low: int) -> bool:
        """Whether a name without "'s" belongs to the office behind it: not that of "in Rome President Roe"."""
        first = named.span.start
        before = self.doc[first - 1] if first > low else None
        if before is not None and before.lower_ in ("in", "at"):
            return False
        alone = at == core and (before is None or before.pos_ in ("DET", "PUNCT", "CCONJ"))
        return alone or self._is_joined(find_root(named.span), at, core)

    def _make_body(self, named: Place, core: int) -> Body:
        between = [t for t in self.doc[named.span.end : core] if t.text not in JOINING]
        return Body(named.entity, all(t.lower_ in MARKING for t in between))

    def _find_owner(self, start: int, low: int) -> Body | None:
        """The body that a pronoun before the phrase means: "its chairman"."""
        if start - 1 < low or self.doc[start - 1].lower_ not in ("its", "their"):
            return None
        owners = [p for p in self.find_touching(start - 1, start) if p.mention.form == "pronoun" and len(p.span) == 1]
        return next((Body(p.entity, True) for p in owners if p.entity.kind in ("organisation", "place")), None)

    def _walk_right(self, noun: Noun, stop: int, high: int) -> tuple[int, Body | None]:
        """Where "of the board of the bank" ends, and the body that it names."""
        at, bodies = stop, list[Body]()
        plain = True  # whether all before is "of the board"
        while at + 1 < high and at - stop < REACH:
            word = self.doc[at].lower_
            if word not in (lists.OUTER if at == stop else lists.INNER):
                break
            if word == "from" and noun.role:
                break  # a senator is from Ohio, a party leader only comes from there
            found = self._read_phrase(at + 1, high) if noun.role in lists.STAFF_ONLY.get(word, {noun.role}) else None
            if found is None or (word == "for" and self._is_span(at + 1)):
                break
            end, body = found
            if body is not None:
                bodies.append(replace(body, direct=body.direct and plain and word in ("of", "at", "for", "to")))
            plain = plain and word in ("of", "at") and self.doc[end - 1].lower_ == "board" and end - at <= 3
            at = end
        return at, next((b for b in bodies if b.direct), bodies[-1] if bodies else None)

    def _is_span(self, at: int) -> bool:
        """Whether a span of time begins here: "twelve years", "many years"."""
        return self.doc[at].pos_ == "NUM" or self.doc[at].lower_ in ("many", "several", "most", "nearly", "almost")

    def _read_phrase(self, at: int, high: int) -> tuple[int, Body | None] | None:
        """The end of the noun phrase that begins here, and the body that it names; None where there is none."""
        last = min(high, at + REACH)
        if self.doc[at].pos_ == "DET" or self.doc[at].dep_ == "nmod:poss":
            at += self._find_name_of(self.doc[at]) is None
        first, body, possessed = at, None, False
        while at < last:
            owner = self._find_owner_end(at, last)
            if owner and body is None:
                at, possessed = owner, True
                continue
            word = self.doc[at]
            names = [p for p in self.find_touching(at, at + 1) if p.mention.form == "name" and p.span.start == at]
            named = max(names, key=lambda p: p.span.end, default=None)
            if self._ends_tail(word, named, after_name=body is not None and not possessed):
                if word.i > first and self._is_of_person(word):
                    return None  # "of former Ohio governor Jo Roe"
                break
            if named is not None:
                body, possessed, at = Body(named.entity, at == first), False, named.span.end
                continue
            if is_possessive(word) and at > first:
                possessed = True
            elif word.pos_ in FILLING and body is not None:
                inside = not possessed or word.lower_ in lists.UNITS
                body = replace(body, direct=False) if inside else None
            elif word.pos_ not in FILLING and not self._is_link(word, first, high):
                break
            at += 1
        while at > first and self.doc[at - 1].text in lists.HYPHENS:
            at -= 1
        if is_possessive(self.doc[at - 1]):
            return None
        return (at, body) if at > first and self.doc[at - 1].lower_ not in lists.MOMENTS else None

    def _is_of_person(self, word: Token) -> bool:
        """Whether a word is a person's title, or an honorific."""
        found = self._match(word.i)
        return word.lower_ in lists.HONORIFICS or (found is not None and self.name_at(found[1]) is not None)

    def _find_owner_end(self, at: int, high: int) -> int:
        """Where "Mrs. Roe's" or "President Roe's" ends, with a noun behind it; 0 where there is no such thing."""
        titled = self._match(at)
        first = titled[1] if titled is not None else at + (self.doc[at].lower_ in lists.HONORIFICS)
        name = self.name_at(first) if first < high else None
        end = name.span.end if name is not None else high
        owned = end + 1 < high and is_possessive(self.doc[end]) and self.doc[end + 1].pos_ in FILLING
        return end + 1 if owned else 0

    def _ends_tail(self, word: Token, named: Place | None, *, after_name: bool) -> bool:
        """Whether a word is no more of the phrase: a person, a date, another office's title."""
        if word.ent_type_ in ("date", "person") or word.is_space or (named and named.entity.kind == "person"):
            return True
        if word.lower_ in ("last", "next", "this"):
            return True
        return self._is_of_person(word) or (word.pos_ == "ADJ" and after_name)

    def _is_link(self, word: Token, first: int, high: int) -> bool:
        """Whether a word that is no noun joins those of a phrase: a hyphen, "based" in "Oslo-based", "and"."""
        if word.i == first:
            return False
        before = self.doc[word.i - 1]
        if word.text in lists.HYPHENS:
            return not before.whitespace_ and not word.whitespace_
        if before.text in lists.HYPHENS:
            return word.pos_ == "VERB"
        return word.pos_ == "CCONJ" and self._is_listed(word.i, first, high)

    def _is_listed(self, at: int, first: int, high: int) -> bool:
        """Whether "and" joins a noun to those before it: "minister of trade and industry"."""
        for word in self.doc[at + 1 : min(high, at + 4)]:
            if word.pos_ not in FILLING or word.ent_type_ in ("person", "date") or self._match(word.i) is not None:
                return False
            if word.pos_ in ("NOUN", "PROPN") and (first <= word.head.i < at or word.dep_ == "nmod"):
                return True
        return False

    def _keep(self, noun: Noun, start: int, core: int) -> list[Token]:
        """The words before the noun that belong to the office's name."""
        kept: list[Token] = []
        for token in self.doc[start:core]:
            loose = token.text in lists.HYPHENS and (not kept or kept[-1].i != token.i - 1)
            if not loose and not (self._is_passing(noun, token, start) and self._find_name_of(token) is None):
                kept.append(token)
        while kept and (kept[0].text in JOINING or kept[0].pos_ == "CCONJ"):
            kept.pop(0)
        return kept

    def _is_passing(self, noun: Noun, token: Token, start: int) -> bool:
        """Whether a word before the noun is none of the office's name: "former", "first", "Republican"."""
        word = token.lower_
        if word in lists.PARTIES:
            adjective = word in ("republican", "democratic") and noun.role != "leader"
            return (adjective or noun.role not in lists.PARTISAN) and not (
                word == "labour" and "minister" in noun.words
            )
        if word == "first":
            return not token.is_title
        return (word in MARKING and not (token.is_title and token.i > start)) or lists.ORDINAL.match(word) is not None

    def _write(self, noun: Noun, kept: list[Token], core: int, behind: tuple[int, int]) -> str:
        """The office as text; ``behind`` is what follows the noun, as tokens."""
        name = self.doc[core : behind[0]].text
        if noun.long or noun.plural:
            name = noun.long or noun.words
            name = name.title().replace(" Of ", " of ") if self.doc[core].is_title else name
        before = "".join(token.text_with_ws for token in kept)
        return " ".join(f"{before}{name} {self.doc[behind[0] : behind[1]].text}".split())


def is_person(place: Place) -> bool:
    """Whether a mention is a person's name."""
    return place.mention.form == "name" and place.entity.kind == "person"


def is_possessive(word: Token) -> bool:
    """Whether a word is the "'s" of what stands before it."""
    return word.text in lists.POSSESSIVE and (word.pos_ == "PART" or (word.dep_ == "case" and word.head.i < word.i))


def _tell_status(marks: set[str]) -> Status:
    if marks & lists.FORMER and not {"then", "newly"} <= marks:
        return "former"
    return "future" if marks & lists.FUTURE else "current"


def _is_bound(noun: Noun, kept: list[Token], body: Body | None, *, tail: Span) -> bool:
    """Whether something makes a position of the noun: "party leader", "leader of the party", not "world leader"."""
    if any(token.lower_ in lists.LOOSE for token in kept):
        return False
    if noun.role == "leader":
        led = body is not None and body.entity.kind == "organisation"
        return led or any(token.lower_ in lists.LED for token in (*kept, *tail))
    return len(tail) > 0 or bool(kept) or body is not None
