"""Finds who holds the office of a phrase, by the words around it and the tree: titles, appositions and predicates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

import kg.read.office_words as lists
from kg.model import Entity, Status
from kg.read.claims import Place
from kg.read.office_nouns import OfficePhrase, find_root, goes_with_plan
from kg.read.office_phrases import PhraseFinder, is_person, is_possessive

NEAR = 12  # words looked at on either side of a predicate
ASIDE = 30  # words of an aside between dashes
CLOSE = 5  # words before a verb in which "should" makes a condition of it
ADJOINED = frozenset(("nmod:desc", "compound", "flat", "appos", "nmod:unmarked", "amod", "nmod"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
RELATIVE = frozenset(("who", "that", "which"))


class Holding(NamedTuple):
    """Somebody who holds the office of a phrase, with the status and the pattern that tells it."""

    person: Entity
    status: Status
    pattern: str
    body: Entity | None = None  # behind the name: "President Jo Roe of Chile"


def list_holdings(finder: PhraseFinder) -> Iterator[tuple[OfficePhrase, Holding]]:
    """The office phrases of a text with their holders; phrases that "and" joins have the same ones."""
    reader = _Reader(finder)
    before: OfficePhrase | None = None
    held: list[Holding] = []
    for phrase in finder.find():
        found = reader.read(phrase)
        if before is not None and reader.is_second(before, phrase):
            if held and not found:
                found = [h._replace(status=h.status if phrase.status == "current" else phrase.status) for h in held]
            elif found and not held and found[0].pattern == "title":
                if before.status == "former":
                    found = [h._replace(status="former") for h in found]
                yield from ((before, h._replace(status=before.status, body=None)) for h in found)
        yield from ((phrase, h) for h in found)
        before, held = phrase, found


class _Reader:
    """Reads the holders of one phrase after the other."""

    def __init__(self, finder: PhraseFinder) -> None:
        self.doc, self.finder = finder.doc, finder

    def read(self, phrase: OfficePhrase) -> list[Holding]:
        """The holders of a phrase, by the first pattern that fits."""
        if phrase.opening in lists.NEGATED:
            return []
        if phrase.noun.words == "minister" and phrase.opening == "a" and phrase.value.lower() == "minister":
            return []  # of religion, or of what is not said
        low, high = self.finder.bound(phrase.core)
        titled = list(self._read_title(phrase, high))
        if titled or phrase.noun.role == "rank" or phrase.noun.plural:
            return titled
        beside = self._read_named(phrase, high) or self._read_apposition(phrase, low, high)
        if beside is not None:
            return [beside]
        if phrase.noun.words in lists.CROWNED and self.doc[phrase.stop : phrase.stop + 1].text != "of":
            return []  # "she is the king of the court" is no king
        found = self._read_predicate(phrase, low, high)
        return [found] if found is not None else self._read_verb(phrase, low, high)

    def is_second(self, first: OfficePhrase, second: OfficePhrase) -> bool:
        """Whether at most "and" stands between two phrases: "president and chief executive", "and former mayor"."""
        between = [t for t in self.doc[first.end : second.start] if t.pos_ != "DET"]
        joined = [t.lower_ for t in between] in ([], ["and"], [",", "and"], ["&"])
        if not joined or second.noun.plural or first.noun.plural or first.noun.role == "rank":
            return False
        if self._name_behind(second) is not None:
            return first.opening not in lists.ARTICLES
        return bool(between) and not self._is_before_name(second, self.finder.bound(second.core)[1])

    def _name_behind(self, phrase: OfficePhrase) -> Place | None:
        """The person's name right behind a phrase, or the one that has the title as its first word."""
        if phrase.end >= len(self.doc) or self.doc[phrase.end].is_sent_start:
            return None
        name = self.finder.name_at(phrase.end)
        if name is None and phrase.noun.words not in lists.FIRST_NAMES:
            name = self.finder.name_at(phrase.core)
        within = name is not None and name.span.end > phrase.end and self.doc[phrase.end].pos_ != "ADP"
        return name if within else None

    def _name_before(self, end: int) -> Place | None:
        """The longest person's name that ends here."""
        found = [p for p in self.finder.find_touching(end - 1, end) if p.span.end == end and is_person(p)]
        return min(found, key=lambda p: p.span.start, default=None) if end > 0 else None

    def _read_title(self, phrase: OfficePhrase, high: int) -> Iterator[Holding]:
        """ "President Jo Roe", "Presidents Jo Roe and Max Orr"."""
        name = self._name_behind(phrase)
        if name is None or self._is_sought(phrase) or not self._is_title_of(phrase, name):
            return
        while name is not None:
            body, after = self._read_body(name.span.end, high) if phrase.body is None else (None, name.span.end)
            yield Holding(name.entity, phrase.status, "title", body)
            if not phrase.noun.plural:
                return
            last = after
            while after < high and self.doc[after].lower_ in (",", "and", "&"):
                after += 1
            name = self.finder.name_at(after) if last < after < high else None

    def _is_sought(self, phrase: OfficePhrase) -> bool:
        """Whether somebody only stands for the office: "candidate for governor Jo Roe"."""
        before = self.doc[max(0, phrase.start - 2) : phrase.start]
        return len(before) == 2 and before[1].lower_ == "for" and before[0].lemma_.lower() in lists.SEEKERS

    def _is_title_of(self, phrase: OfficePhrase, name: Place) -> bool:
        """Whether the tree joins an office and the name behind it; one with a capital letter needs no tree."""
        if self.doc[phrase.core].is_title or self.doc[phrase.core].is_upper:
            return True
        words, root = range(name.span.start, name.span.end), find_root(name.span)
        above = phrase.start <= root.head.i < phrase.end and root.dep_ in ADJOINED
        return above or any(t.dep_ in ADJOINED and t.head.i in words for t in self.doc[phrase.core : phrase.end])

    def _read_body(self, at: int, high: int) -> tuple[Entity | None, int]:
        """The body in "of Chile" behind a name, and where it ends."""
        if at + 1 >= high or self.doc[at].lower_ != "of":
            return None, at
        first = at + 1 + (self.doc[at + 1].lower_ == "the")
        names = [p for p in self.finder.find_touching(first, first + 1) if p.mention.form == "name"]
        body = max((p for p in names if p.span.start == first), key=lambda p: p.span.end, default=None)
        if body is None or (body.span.end < high and is_possessive(self.doc[body.span.end])):
            return None, at
        return body.entity, body.span.end

    def _read_named(self, phrase: OfficePhrase, high: int) -> Holding | None:
        """ "The prime minister, Jo Roe, left"."""
        if phrase.end + 1 >= high or self.doc[phrase.end].text != "," or self._belongs_to_person(phrase):
            return None
        name = self.finder.name_at(phrase.end + 1)
        if name is None or (name.span.end < high and self.doc[name.span.end].text not in lists.CLOSING):
            return None
        root = find_root(name.span)
        fits = root.dep_ == "appos" and phrase.start <= root.head.i < phrase.end
        return Holding(name.entity, phrase.status, "named") if fits else None

    def _belongs_to_person(self, phrase: OfficePhrase) -> bool:
        """Whether the phrase only tells whose wife, aide or son somebody is."""
        word = self.doc[phrase.core]
        for _ in range(5):
            inside = phrase.start <= word.head.i < phrase.end
            if not inside and word.dep_.startswith("nmod") and word.head.lemma_.lower() in lists.NEIGHBOURS:
                return True
            word = word.head
        return False

    def _read_apposition(self, phrase: OfficePhrase, low: int, high: int) -> Holding | None:
        """ "Jo Roe, 52, mayor of Leeds,"."""
        at = self._pass_article(phrase.start, low) - 1
        if at <= low or self.doc[at].text not in {",", "(", *lists.DASHES}:
            return None
        if at - 2 > low and self.doc[at - 1].pos_ == "NUM" and self.doc[at - 2].text == ",":
            at -= 2
        elif at - 3 > low and self.doc[at - 1].text == ")" and self.doc[at - 3].text == "(":
            at -= 3
        name = self._name_before(at)
        joined = find_root(self.doc[phrase.core : phrase.stop]).dep_ == "appos"
        if name is None or not joined or self._is_before_name(phrase, high):
            return None
        before = self.doc[max(low, name.span.start - ASIDE) : name.span.start]
        if self.doc[at].text in lists.DASHES and any(t.text in lists.DASHES for t in before):
            return None  # the name ends an aside
        return Holding(name.entity, phrase.status, "apposition")

    def _pass_article(self, at: int, low: int) -> int:
        """Where a phrase begins with "the", "then the" or "now its" before it."""
        while at > low and (self.doc[at - 1].pos_ in ("DET", "PRON") or self.doc[at - 1].lower_ in lists.TELLING_WHEN):
            at -= 1
        return at

    def _is_before_name(self, phrase: OfficePhrase, high: int) -> bool:
        """Whether a name follows right behind the phrase, whose title it is; a bracket may stand between."""
        at = phrase.end
        if at + 1 < high and self.doc[at].text == "(":
            if self.finder.name_at(at + 1) is not None:
                return True
            at = next((t.i + 1 for t in self.doc[at : min(high, at + NEAR)] if t.text == ")"), high)
        return at < high and self.finder.name_at(at) is not None

    def _list_children(self, word: Token) -> list[Token]:
        """The words near by that hang on this one."""
        low, high = self.finder.bound(word.i)
        near = self.doc[max(low, word.i - NEAR) : min(high, word.i + NEAR + 1)]
        return [t for t in near if t.head.i == word.i and t.i != word.i]

    def _find_person(self, word: Token) -> Entity | None:
        """The person whose name this word is the head of; what "he" means is told too often wrong."""
        for place in self.finder.find_touching(word.i, word.i + 1):
            if is_person(place) and find_root(place.span).i == word.i:
                return place.entity
        return None

    def _find_subject(self, verb: Token) -> Entity | None:
        """The person who is a predicate's subject, by way of "who" and of predicates that share theirs."""
        for _ in range(3):
            subject = next((c for c in self._list_children(verb) if c.dep_ in SUBJECTS), None)
            if subject is not None and subject.lower_ not in RELATIVE:
                return self._find_person(subject)
            if verb.dep_ in ("acl:relcl", "acl"):
                return self._find_person(verb.head)
            if subject is None and verb.dep_ in ("dep", "parataxis") and verb.head.i < verb.i:
                return self._find_first_name(verb)
            shared = subject is None and verb.dep_ in ("conj", "xcomp", "advcl")
            if not shared or self._is_named_between(verb.head.i, verb.i):
                return None
            verb = verb.head
        return None

    def _is_named_between(self, start: int, end: int) -> bool:
        """Whether a person's name stands between two words, who may be the subject of the second."""
        return any(is_person(p) for p in self.finder.find_touching(start, end))

    def _find_first_name(self, verb: Token) -> Entity | None:
        """The person whose name opens the sentence right before a predicate that the tree hangs on the name."""
        name = self.finder.name_at(self.finder.bound(verb.i)[0])
        if name is None or not name.span.start <= verb.head.i < name.span.end:
            return None
        between = self.doc[name.span.end : verb.i]
        return name.entity if all(t.pos_ in ("AUX", "PART", "ADV") for t in between) else None

    def _read_predicate(self, phrase: OfficePhrase, low: int, high: int) -> Holding | None:
        """ "Jo Roe was mayor", "the mayor is Jo Roe"."""
        root = predicate = find_root(self.doc[phrase.core : phrase.stop])
        copula = next((c for c in self._list_children(root) if c.dep_ == "cop"), None)
        if copula is None and root.dep_ == "nsubj" and root.head.i != root.i:
            predicate = root.head
            copula = next((c for c in self._list_children(predicate) if c.dep_ == "cop"), None)
            person = self._find_person(predicate)
        else:
            person = self._find_subject(root)
        status = self._judge(predicate, copula) if copula is not None and person is not None else None
        if person is None or copula is None or status is None:
            return None
        between = self.doc[min(copula.i + 1, phrase.start) : phrase.start]
        if any(t.pos_ == "VERB" for t in between) or (status == "future" and phrase.opening not in ("the", "be")):
            return None  # "was elected mayor"; "will be a great president"
        if phrase.status == "future" and phrase.opening != "the":
            return None  # "that she is our next president"
        past = copula.lower_ in ("was", "were")
        if past and (predicate.dep_ == "ccomp" or phrase.ordinal):
            return None
        given = phrase.status if phrase.status != "current" else status
        return Holding(person, given, "predicate")

    def _judge(self, word: Token, verb: Token) -> Status | None:
        """The status by the tense of "be"; None for what is denied, asked or only thought of."""
        group = [*self._list_children(word), *self._list_children(verb)]
        words = {t.lower_ for t in group if t.i < max(word.i, verb.i) + 2}
        if "longer" in words:
            return "former"
        if words & lists.NEGATIONS or self._is_open(word):
            return None
        ahead = words & {"will", "'ll", "shall"}
        if words & lists.MAYBE or words & {"would", "'d", "to"} or (verb.lower_ in ("being", "be") and not ahead):
            return None
        if words & {"has", "have", "'ve"}:
            return "current" if self._is_since(word) else None
        if ahead:
            return "future"
        return "current" if verb.lower_ in ("is", "'s", "are", "am", "'m", "’s") else "former"

    def _is_since(self, word: Token) -> bool:
        high = self.finder.bound(word.i)[1]
        return any(t.lower_ == "since" for t in self.doc[word.i : min(high, word.i + 2 * NEAR)])

    def _is_open(self, word: Token) -> bool:
        """Whether a predicate stands in a condition, a question or below a verb of doubt."""
        present = word.lower_ in ("becomes", "become") or any(
            c.lower_ in ("is", "are") for c in self._list_children(word) if c.dep_ in ("aux:pass", "aux", "cop")
        )
        low, high = self.finder.bound(word.i)
        if any(t.text == "?" for t in (self.doc[high - 1], *self.doc[word.i : min(high, word.i + NEAR)])):
            return True
        for before in reversed(self.doc[max(low, word.i - NEAR) : word.i]):
            if before.is_punct:
                break
            if (
                before.lower_ in lists.CONDITIONS
                or (present and before.lower_ in lists.ONCE)
                or (before.lower_ == "should" and word.i - before.i < CLOSE)
            ):
                return True
        for _ in range(4):
            if any(c.lower_ in lists.CONDITIONS for c in self._list_children(word) if c.i < word.i):
                return True
            if word.dep_ in ("ccomp", "xcomp", "advcl", "acl") and word.head.lemma_ in lists.DENIALS:
                return True
            word = word.head
        return False

    def _read_verb(self, phrase: OfficePhrase, low: int, high: int) -> list[Holding]:
        """ "Jo Roe became mayor", "was elected as mayor", "resigned as mayor"; "they named Jo Roe mayor"."""
        root = find_root(self.doc[phrase.core : phrase.stop])
        verb, marked = self._find_verb(phrase, root, low)
        copied = any(c.dep_ == "cop" and c.lower_ == "be" for c in self._list_children(root))
        lemma = verb.lemma_.lower()
        if verb.i == root.i or not (marked or copied or lemma in lists.BARE) or root.dep_ in SUBJECTS:
            return []
        passive = verb.dep_ == "acl" or any(c.dep_ in ("aux:pass", "nsubj:pass") for c in self._list_children(verb))
        if lemma in ("succeed", "replace") and marked and not passive:
            return self._read_succession(verb)
        status = self._judge_verb(lemma, verb)
        person = self._find_given(phrase, verb)
        if person is None and lemma in lists.GIVEN and not passive:
            person = self._find_object(verb)
        elif person is None:
            person = self._find_subject(verb)
        if person is None or status is None:
            return []
        given = phrase.status if phrase.status == "former" else status
        return [Holding(person, given, "verb")]

    def _find_verb(self, phrase: OfficePhrase, root: Token, low: int) -> tuple[Token, bool]:
        """The verb that an office belongs to, the one right before it first, and whether "as" joins them."""
        at = self._pass_article(phrase.start, low)
        marked = at > low and self.doc[at - 1].lower_ == "as"
        at -= marked
        if marked and at > low and self.doc[at - 1].lower_ in ("in", "down"):
            at -= 1
        verb = self.doc[at - 1] if at > low and self.doc[at - 1].pos_ == "VERB" else root.head
        name = self._name_before(at) if at > low else None
        if name is not None and name.span.start > low and self.doc[name.span.start - 1].lemma_ in lists.GIVEN:
            verb = self.doc[name.span.start - 1]
        elif marked and self.doc[at - 1].lemma_ in lists.POSTS:
            verb = next((t for t in reversed(self.doc[max(low, at - 5) : at]) if t.lemma_ in lists.LOSE), verb)
        return verb, marked

    def _find_given(self, phrase: OfficePhrase, verb: Token) -> Entity | None:
        """The person between a verb and the office: "named Jo Roe chair", "named Jo Roe as chair"."""
        name = self.finder.name_at(verb.i + 1) if verb.i + 1 < phrase.start else None
        if name is None or verb.lemma_.lower() not in lists.GIVEN or name.span.end > phrase.start:
            return None
        between = self.doc[name.span.end : phrase.start]
        near = len(between) < 3 and all(t.pos_ in ("ADP", "DET", "SCONJ") for t in between)
        return name.entity if near else None

    def _find_object(self, verb: Token) -> Entity | None:
        objects = [c for c in self._list_children(verb) if c.dep_ == "obj"]
        return next((person for c in objects if (person := self._find_person(c)) is not None), None)

    def _read_succession(self, verb: Token) -> list[Holding]:
        """ "Jo Roe succeeded Max Orr as mayor" tells of both."""
        status = self._judge_verb("become", verb)
        if status is None:
            return []
        new, old = self._find_subject(verb), self._find_object(verb)
        before: Status = "former" if status == "current" else "current"
        found = ((new, status), (old, before))
        return [Holding(person, told, "verb") for person, told in found if person is not None]

    def _judge_verb(self, lemma: str, verb: Token) -> Status | None:
        """The status that a verb gives its office: gained, planned, held or lost; None for what is not said so."""
        if lemma not in lists.GAIN | lists.PLAN | lists.LOSE | lists.SERVE or self._is_open(verb):
            return None
        near = [t for t in self._list_children(verb) if t.i < verb.i + 2 and t.dep_ not in ("obj", "obl")]
        words = {t.lower_ for t in near}
        negated = bool(words & lists.NEGATIONS)
        if verb.lower_ == "becoming" and verb.doc[max(0, verb.i - 1)].lower_ not in ("since", "after", "on", "upon"):
            return None  # "the prospect of becoming president"
        ahead = bool(words & {"will", "'ll", "shall", "would", "'d"}) or goes_with_plan(verb)
        if verb.dep_ == "xcomp" and "to" in words:
            if verb.head.lemma_ not in lists.SURE:
                return None
            ahead = True
        elif words & lists.MAYBE or "to" in words:
            return None
        if lemma in lists.SERVE:
            return None if negated or ahead else self._judge_service(verb, words)
        if lemma in ("step", "stand") and not {"down", "aside"} & {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}:
            return None
        if lemma in lists.LOSE:
            return "current" if ahead or negated else "former"
        if negated:
            return None
        return "future" if ahead or lemma in lists.PLAN else "current"

    def _judge_service(self, verb: Token, words: set[str]) -> Status | None:
        """The status of "serves as", "was serving as", "has served as since", "remains"."""
        if verb.lower_.endswith("ing") and not words & {"is", "was"}:
            return "current" if verb.head.lemma_ in ("begin", "start") else None
        if words & {"has", "have"}:
            return "current" if self._is_since(verb) else None
        return "current" if verb.lower_.endswith("s") or "is" in words or verb.lemma_ == "remain" else "former"
