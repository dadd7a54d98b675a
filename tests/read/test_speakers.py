"""Who speaks in a relative clause, on hand-made trees."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Claim, Entity, Mention, Passage
from kg.read.claims import Place, Places
from kg.read.speakers import carry_speakers, find_speakers

VOCAB = spacy.blank("en").vocab


def find(text, heads, deps, name, who, kind="person", form="name"):
    """The speakers behind the token ``who``, where the one entity of the text is the token ``name``."""
    doc = Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split())
    token = doc[name]
    mention = Mention(Passage(token.idx, token.idx + len(token), token.text), form)
    place = Place(mention, Entity("e1", kind, token.text, (mention,)), doc[name : name + 1])
    return find_speakers(doc[who : who + 1], Places([place]))


HOME = ("the home of Roe , who said so", "1 1 3 1 6 6 1 6", "det ROOT case nmod punct nsubj acl:relcl obj")
PARTS = ("Roe came , and who said so", "1 1 5 5 5 1 5", "nsubj ROOT punct cc nsubj conj obj")


def test_who_is_the_person_named_right_before_it():
    assert find(*HOME, 3, 5) == ("e1",)


@pytest.mark.parametrize("given", [{"kind": "place"}, {"form": "nominal"}], ids=["a place", "no name"])
def test_who_is_nothing_else_right_before_it(given):
    assert find(*HOME, 3, 5, **given) == ()


def test_who_is_nobody_named_farther_away():
    assert find(*PARTS, 0, 4) == ()


def test_an_example_does_not_speak_for_all():
    doc = Doc(VOCAB, words="firms including Acme".split(), heads=[0, 2, 0], deps=["ROOT", "case", "compound"],
              pos=["NOUN", "ADP", "PROPN"])  # fmt: skip
    acme = make_place(doc, "e1", "organisation", 2, 3, "name")
    assert find_speakers(doc[:], Places([acme])) == ()


def test_a_title_with_its_short_form_in_brackets_is_the_person_s():
    words = "member of parliament ( MP ) Jo Roe"
    tags = "NOUN ADP NOUN PUNCT PROPN PUNCT PROPN PROPN".split()
    doc = Doc(VOCAB, words=words.split(), heads=[0, 2, 0, 4, 0, 4, 4, 6], pos=tags,
              deps="ROOT case nmod punct dep punct dep flat".split())  # fmt: skip
    assert find_speakers(doc[:], Places([make_place(doc, "e1", "person", 6, 8, "name")])) == ("e1",)


def test_who_opens_the_source_before_a_comma_speaks():
    words, tags = "Professor Roe , head of Acme ,", "NOUN PROPN PUNCT NOUN ADP PROPN PUNCT"
    doc = Doc(VOCAB, words=words.split(), heads=[1, 5, 5, 5, 5, 5, 5], pos=tags.split(),
              deps="nmod:desc nsubj punct appos case ROOT punct".split())  # fmt: skip
    places = [make_place(doc, "e1", "person", 1, 2, "name"), make_place(doc, "e2", "organisation", 5, 6, "name")]
    assert find_speakers(doc[:], Places(places)) == ("e1",)


def test_an_example_at_the_end_does_not_speak_for_all():
    words, tags = "generals , including President Roe", "NOUN PUNCT VERB NOUN PROPN"
    doc = Doc(VOCAB, words=words.split(), heads=[0, 0, 4, 4, 0], pos=tags.split(),
              deps="ROOT punct case nmod:desc appos".split())  # fmt: skip
    assert find_speakers(doc[:], Places([make_place(doc, "e1", "person", 4, 5, "name")])) == ()


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [("other", "flies", ()), ("organisation", "Acme", ("e1",)), ("other", "reports", ("e1",))],
    ids=["a thing", "an organisation", "documents"],
)
def test_they_are_no_things_but_documents(kind, name, found):
    doc = Doc(VOCAB, words="They said so".split(), heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    place = make_place(doc, "e1", kind, 0, 1, "pronoun")
    place = place._replace(entity=Entity("e1", kind, name, (place.mention,)))
    assert find_speakers(doc[:1], Places([place])) == found


def make_place(doc, name, kind, start, end, form):
    span = doc[start:end]
    mention = Mention(Passage(span.start_char, span.end_char, span.text), form)
    return Place(mention, Entity(name, kind, span.text, (mention,)), span)


def carry(words, pronoun, *people):
    """The speakers of a claim of the first word and of a ``pronoun``'s; ``people`` are tokens of persons."""
    doc = Doc(VOCAB, words=words.split())
    places = [make_place(doc, doc[n].text, "person", n, n + 1, "name") for n in people]
    given = []
    for number, (source, speaker, content) in enumerate(
        [(0, doc[0].text, (2, 4)), (pronoun, None, (pronoun + 2, len(doc)))]
    ):
        said, token = doc[slice(*content)], doc[source]
        passage = Passage(said.start_char, said.end_char, said.text)
        named = Passage(token.idx, token.idx + len(token), token.text)
        given.append(
            Claim(
                f"c{number}",
                speaker,
                named,
                None,
                (passage,),
                "indirect",
                "positive",
                "certain",
                "non-future",
                None,
                (),
                1.0,
            )
        )
    return [claim.speaker for claim in carry_speakers(doc, given, Places(places))]


def test_he_is_who_spoke_before_where_no_one_else_is_spoken_of():
    assert carry("Roe said it rained . He added it snowed", 5, 0) == ["Roe", "Roe"]


def test_he_is_nobody_where_another_is_spoken_of():
    assert carry("Roe said it rained . Poe slept . He added it snowed", 8, 0, 5) == ["Roe", None]


def test_she_is_not_a_man_who_spoke_before():
    assert carry("Lord said it rained . She added it snowed", 5, 0) == ["Lord", None]


def test_what_one_says_of_another_does_not_carry_on():
    assert carry("Roe said he lied about it", 2, 0) == ["Roe", None]


@pytest.mark.parametrize(
    ("word", "found"), [("Belgian", ()), ("British", ("e1",)), ("Belgians", ("e1",))], ids=["one", "all", "many"]
)
def test_one_of_a_people_is_not_the_people(word, found):
    doc = Doc(VOCAB, words=["the", word], heads=[1, 1], deps=["det", "ROOT"], pos=["DET", "PROPN"])
    assert find_speakers(doc[:], Places([make_place(doc, "e1", "group", 1, 2, "name")])) == found


@pytest.mark.parametrize(("verb", "found"), [("claims", ("e1",)), ("claim", ())], ids=["one", "many"])
def test_who_with_the_verb_of_many_is_not_the_one_before_it(verb, found):
    doc = Doc(VOCAB, words=f"heirs of Roe , who {verb} it".split(), heads=[0, 2, 0, 5, 5, 2, 5],
              deps="ROOT case nmod punct nsubj acl:relcl obj".split(),
              pos="NOUN ADP PROPN PUNCT PRON VERB PRON".split(),
              lemmas="heir of Roe , who claim it".split())  # fmt: skip
    assert find_speakers(doc[4:5], Places([make_place(doc, "e1", "person", 2, 3, "name")])) == found


def follow(words, heads, deps, cues, *, people, speakers):
    """The speakers of two claims with these cues, whose sources are the words before; ``people`` are tokens."""
    doc = Doc(VOCAB, words=words.split(), heads=[int(h) for h in heads.split()], deps=deps.split(),
              lemmas=words.split())  # fmt: skip
    places = [make_place(doc, doc[n].text, "person", n, n + 1, "name") for n in people]

    def passage(start, end):
        return Passage(doc[start:end].start_char, doc[start:end].end_char, doc[start:end].text)

    given = [
        Claim(f"c{cue}", speaker, passage(source, source + 1), passage(cue, cue + 1), (passage(cue + 1, cue + 2),),
              "indirect", "positive", "certain", "non-future", None, (), 1.0)
        for (source, cue), speaker in zip(cues, speakers, strict=True)
    ]  # fmt: skip
    return [claim.speaker for claim in carry_speakers(doc, given, Places(places))]


THANKED = ("1 1 1 1 5 5 5", "nsubj ROOT obj punct nsubj ROOT obj")


@pytest.mark.parametrize(
    ("verb", "deps", "speaker"),
    [
        ("added", THANKED[1], "Roe"),
        ("deny", THANKED[1], None),
        ("added", "nsubj ROOT nsubj punct nsubj ROOT obj", None),
    ],
    ids=["goes on", "denies it", "another subject"],
)
def test_he_is_the_subject_of_the_sentence_before(verb, deps, speaker):
    found = follow(f"Roe thanked Poe . He {verb} this", THANKED[0], deps, [(0, 1), (4, 5)], people=(0, 2),
                   speakers=["Roe", None])  # fmt: skip
    assert found == ["Roe", speaker]


def test_one_source_of_two_claims_means_one():
    found = follow("He said so and denied it", "1 1 1 4 1 4", "nsubj ROOT obj cc conj obj", [(0, 1), (0, 4)], people=(),
                   speakers=["e9", None])  # fmt: skip
    assert found == ["e9", "e9"]
