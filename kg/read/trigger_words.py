"""The types of event that a word may tell of by itself, and those that a verb tells of with what stands around it.

Two tables: ``event_words.tsv``, by which plain news is labelled too, and ``event_frames.tsv``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.candidates import Tagged
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma

Words = Mapping[str, frozenset[str]]
FindKind = Callable[[int], str | None]
"""Gives the kind of the entity that a word, given by its number, names or heads a mention of."""
CLEAR = {"VERB": "VERB", "NOUN": "NOUN"}  # the list of clear words by part of speech
NONE = frozenset[str]()
CLASS = "class"  # begins the row of a class of nouns
NOTHING = "-"  # the type of what tells of no event
SHARE = frozenset("% percent share majority half third quarter majority".split())  # of the vote
PEOPLE = frozenset("he she him her who whom i we us me they them".split())
SUBJECTS = frozenset(("nsubj", "nsubj:outer"))
OBJECTS = frozenset(("obj", "iobj"))
UNCERTAIN = frozenset("demand protest vote votes".split())  # nouns that tell of events and of other things
FURTHER = 3  # words right of a verb among which its particle stands
UP = 3  # verbs up to the subject that a verb shares


@cache
def load_words() -> Mapping[str, Words]:
    """The types of each lemma, under "VERB" and "NOUN" (clear words), "hint" (all words) and "not NOUN" (types that a
    hint does not have as a noun)."""
    found: dict[str, dict[str, set[str]]] = {"VERB": {}, "NOUN": {}, "hint": {}, "not NOUN": {}}
    for type_, part, lemmas in _list_rows("event_words.tsv"):
        for lemma in lemmas.split():
            if part != "not NOUN":
                found["hint"].setdefault(lemma, set()).add(type_)
            if part != "hint":
                found[part].setdefault(lemma, set()).add(type_)
    return {part: {lemma: frozenset(types) for lemma, types in words.items()} for part, words in found.items()}


def _list_rows(name: str) -> Iterator[list[str]]:
    for line in (files("kg.read") / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def find_types(word: str, part: str) -> tuple[frozenset[str], bool]:
    """The types that a word in small letters may tell of as a part of speech ("VERB", "NOUN" ...), none where the table
    does not have it; and whether it is clear."""
    words = load_words()
    lemma = find_lemma(word, part)
    if part in CLEAR:
        table = words[CLEAR[part]]
        if clear := table.get(word, NONE) | table.get(lemma, NONE):
            return clear, True
    hints = words["hint"].get(word, NONE) | words["hint"].get(lemma, NONE)
    return (hints - words["not NOUN"].get(lemma, NONE) if part == "NOUN" else hints), False


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of the table of frames: ``needs`` are the words that must stand in each place ("*" for any), ``bars`` those
    that must not; with ``tells_object`` the object is the trigger."""

    type: str
    needs: Words
    bars: Words
    tells_object: bool


@cache
def load_frames() -> Mapping[str, tuple[Frame, ...]]:
    """The frames of each verb, in the order of the table."""
    classes = load_classes()
    found: dict[str, list[Frame]] = {}
    for type_, verbs, conditions in _list_rows("event_frames.tsv"):
        if type_ != CLASS:
            frame = _read_frame(type_, conditions, classes)
            for verb in verbs.split():
                found.setdefault(verb, []).append(frame)
    return {verb: tuple(frames) for verb, frames in found.items()}


@cache
def load_classes() -> Words:
    """The classes of nouns that frames name, each with its own name after "@", by which a kind of entity is found."""
    rows = _list_rows("event_frames.tsv")
    return {name: frozenset((*nouns.split(), f"@{name}")) for type_, name, nouns in rows if type_ == CLASS}


def _read_frame(type_: str, conditions: str, classes: Words) -> Frame:
    needs: dict[str, frozenset[str]] = {}
    bars: dict[str, frozenset[str]] = {}
    for condition in conditions.split():
        if condition == "*":
            continue
        place, _, listed = condition.partition("=")
        words = frozenset(
            word for name in (listed or "*").split(",") for word in classes.get(name.removeprefix("@"), (name,))
        )
        (bars if place.startswith("!") else needs)[place.removeprefix("!")] = words
    tells_object = needs.pop("tell", None) is not None
    return Frame(type_, needs, bars, tells_object)


def find_framed(text: Tagged, find_kind: FindKind) -> dict[int, str]:
    """The words that the frame of a verb tells to be triggers, with their types ("-": of none)."""
    if not len(text.labels):
        return {}
    frames = load_frames()
    verbs = {
        word: lemma
        for word, tag in enumerate(text.upos)
        if UPOS[tag] == "VERB"
        and text.labels[word] != "amod"
        and (lemma := find_lemma(text.lower[word], "VERB")) in frames
    }
    places = Places(text, find_kind)
    found = dict.fromkeys(
        (w for w, low in enumerate(text.lower) if low in UNCERTAIN and places.is_no_event(w)), NOTHING
    )
    for word, lemma in verbs.items():
        for frame in frames[lemma]:
            if all(places.fits(word, place, words) for place, words in frame.needs.items()) and not any(
                places.fits(word, place, words) for place, words in frame.bars.items()
            ):
                objects = places.find_objects(word) if frame.tells_object else ()
                found[objects[0] if objects else word] = frame.type
                break
    return found


class Places:
    """What stands around the verbs of a text, to be asked for by their numbers."""

    def __init__(self, text: Tagged, find_kind: FindKind) -> None:
        self._text, self._find_kind = text, find_kind
        self._below: dict[int, list[int]] = {}
        for word, head in enumerate(text.heads):
            if head != word:
                self._below.setdefault(head, []).append(word)
        self._starts = [word for word, starts in enumerate(text.sentence_starts) if starts]

    def fits(self, verb: int, place: str, words: frozenset[str]) -> bool:
        """Whether one of ``words`` stands in a place of a verb."""
        if place == "form":
            return self._text.lower[verb] in words
        if place == "voice":
            return ("passive" if self._is_passive(verb) else "active") in words
        if place == "prt":
            return any(other in words for other in self._text.lower[verb + 1 : verb + 1 + FURTHER])
        if place == "near":
            return not words.isdisjoint(self._find_sentence(verb))
        if place == "obj":
            standing = self.find_objects(verb)
        elif place == "subj":
            standing = self.find_subjects(verb)
        else:
            standing = self._find_linked(verb, place)
        return any(self._is_one_of(word, words) for word in standing)

    def is_no_event(self, noun: int) -> bool:
        """Whether a noun that often tells of an event tells of none: "demand for cars", "900 votes", "56% of the vote",
        "left in protest"."""
        text, below = self._text, self._below.get(noun, ())
        links = {text.lower[other] for other in below if text.labels[other] in ("case", "det", "nmod:poss")}
        counted = any(text.labels[other] == "nummod" for other in below)
        if UPOS[text.upos[noun]] != "NOUN":
            return False
        if text.lower[noun] == "protest":
            return links == {"in"} and text.labels[noun].startswith("obl")
        if text.lower[noun] == "demand":
            return links <= {"the", "for", "of", "in", "with", "as"} and not any(
                text.labels[other].startswith(("acl", "ccomp")) for other in below
            )
        share = text.lower[text.heads[noun]] in SHARE or UPOS[text.upos[text.heads[noun]]] == "NUM"
        return counted or (share and "of" in links)

    def find_objects(self, verb: int) -> list[int]:
        """The objects of a verb in the active, in the passive its subject."""
        text = self._text
        if not self._is_passive(verb):
            return [other for other in self._below.get(verb, ()) if text.labels[other] in OBJECTS and other > verb]
        subjects = [other for other in self._below.get(verb, ()) if text.labels[other] == "nsubj:pass"]
        head = text.heads[verb]
        if not subjects and text.labels[verb].startswith("acl"):
            return [head]
        if not subjects and text.labels[verb] == "conj" and UPOS[text.upos[head]] == "VERB":
            subjects = [other for other in self._below.get(head, ()) if text.labels[other] == "nsubj:pass"]
        return self._resolve(subjects, verb)

    def find_subjects(self, verb: int) -> list[int]:
        """The subject of a verb in the active, or that of the verb that it shares it with; in the passive what "by"
        joins to it."""
        text = self._text
        for _ in range(UP):
            if self._is_passive(verb):
                return self._find_linked(verb, "by")
            subjects = [other for other in self._below.get(verb, ()) if text.labels[other] in SUBJECTS]
            if subjects:
                return self._resolve(subjects, verb)
            head, label = text.heads[verb], text.labels[verb]
            if head == verb or label not in ("conj", "xcomp", "advcl", "acl"):
                return []
            if label == "acl":
                return [head]
            verb = head
        return []

    def _resolve(self, words: list[int], verb: int) -> list[int]:
        """The noun that a relative clause belongs to for its pronoun."""
        text = self._text
        relative = text.labels[verb] == "acl:relcl"
        return [text.heads[verb] if relative and text.lower[w] in ("who", "which", "that") else w for w in words]

    def _is_passive(self, verb: int) -> bool:
        text = self._text
        labels = {text.labels[other] for other in self._below.get(verb, ())}
        if labels & {"aux:pass", "nsubj:pass"}:
            return True
        head = text.heads[verb]
        if labels & (SUBJECTS | OBJECTS) or text.lower[verb].endswith("ing"):
            return False
        if text.labels[verb] == "conj" and head != verb:
            return any(text.labels[other] == "aux:pass" for other in self._below.get(head, ()))
        return text.labels[verb] == "acl" and head < verb and "mark" not in labels

    def _find_linked(self, verb: int, link: str) -> list[int]:
        """What a preposition joins to a verb."""
        text = self._text
        joined = (
            other for other in self._below.get(verb, ()) if text.labels[other].startswith(("obl", "nmod", "xcomp"))
        )
        return [
            other for other in joined if any(text.lower[c] == link for c in self._below.get(other, ()) if c < other)
        ]

    def _is_one_of(self, word: int, words: frozenset[str]) -> bool:
        text = self._text
        if "*" in words or find_lemma(text.lower[word], "NOUN") in words:
            return True
        if "@name" in words and UPOS[text.upos[word]] == "PROPN":
            return True
        if (kind := self._find_kind(word)) is not None:
            return f"@{kind}" in words
        return "@person" in words and (text.lower[word] in PEOPLE or UPOS[text.upos[word]] == "NUM")

    def _find_sentence(self, word: int) -> list[str]:
        """The words, as nouns, of the sentence around one."""
        number = bisect_right(self._starts, word)
        start = self._starts[number - 1] if number else 0
        end = self._starts[number] if number < len(self._starts) else len(self._text.words)
        return [find_lemma(each, "NOUN") for each in self._text.lower[start : min(end, start + 200)]]
