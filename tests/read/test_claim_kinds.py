"""What is said, thought, felt, or only attributed, on hand-made trees."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.read.claim_kinds import tell_kind

VOCAB = spacy.blank("en").vocab


def make(text, heads, deps, tags, lemmas):
    return Doc(VOCAB, words=text.split(), heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags.split(),
               lemmas=lemmas.split())  # fmt: skip


CASES = {
    "said": ("Roe said it rained", "1 1 3 1", "nsubj ROOT nsubj ccomp", "PROPN VERB PRON VERB",
             "Roe say it rain", "said"),
    "thought": ("Roe believes it rained", "1 1 3 1", "nsubj ROOT nsubj ccomp", "PROPN VERB PRON VERB",
                "Roe believe it rain", "thought"),
    "felt": ("Roe supports free trade", "1 1 3 1", "nsubj ROOT amod obj", "PROPN VERB ADJ NOUN",
             "Roe support free trade", "felt"),
    "unknown verb with a clause": ("Roe quipped it rained", "1 1 3 1", "nsubj ROOT nsubj ccomp", "PROPN VERB PRON VERB",
                                   "Roe zquip it rain", "said"),
    "unknown verb with a thing": ("Roe repaired old roads", "1 1 3 1", "nsubj ROOT amod obj", "PROPN VERB ADJ NOUN",
                                  "Roe repair old road", "attributed"),
    "unknown verb with a quotation": ("Roe beamed “ we won it ”", "1 1 4 4 1 4 4",
                                      "nsubj ROOT punct nsubj ccomp obj punct",
                                      "PROPN VERB PUNCT PRON VERB PRON PUNCT", "Roe beam “ we win it ”", "said"),
    "only a name": ("Roe congratulated Hall", "1 1 1", "nsubj ROOT obj", "PROPN VERB PROPN", "Roe congratulate Hall",
                    "attributed"),
    "a meeting": ("Roe called a meeting", "1 1 3 1", "nsubj ROOT det obj", "PROPN VERB DET NOUN", "Roe call a meeting",
                  "attributed"),
    "seen": ("Roe saw old roads", "1 1 3 1", "nsubj ROOT amod obj", "PROPN VERB ADJ NOUN", "Roe see old road",
             "attributed"),
    "shown, no clause": ("maps show old roads", "1 1 3 1", "nsubj ROOT amod obj", "NOUN VERB ADJ NOUN",
                         "map show old road", "attributed"),
    "shown": ("maps show it moved", "1 1 3 1", "nsubj ROOT nsubj ccomp", "NOUN VERB PRON VERB",
              "map show it move", "said"),
    "a name and a word": ("Roe described Hall as weak", "1 1 1 4 1", "nsubj ROOT obj case obl",
                          "PROPN VERB PROPN ADP ADJ", "Roe describe Hall as weak", "said"),
    "called something": ("Roe called this dubious", "1 1 1 1", "nsubj ROOT obj xcomp", "PROPN VERB PRON ADJ",
                         "Roe call this dubious", "said"),
    "thanked": ("Roe thanked her supporters", "1 1 3 1", "nsubj ROOT nmod:poss obj", "PROPN VERB PRON NOUN",
                "Roe thank her supporter", "attributed"),
    "thanked for something": ("Roe thanked voters for patience", "1 1 1 4 1", "nsubj ROOT obj case obl",
                              "PROPN VERB NOUN ADP NOUN", "Roe thank voter for patience", "said"),
    "where it is from": ("Roe cited police sources", "1 1 3 1", "nsubj ROOT compound obj", "PROPN VERB NOUN NOUN",
                         "Roe cite police source", "attributed"),
    "a reason cited": ("Roe cited old concerns", "1 1 3 1", "nsubj ROOT amod obj", "PROPN VERB ADJ NOUN",
                       "Roe cite old concern", "said"),
    "no comment": ("Roe declined to comment further", "1 1 3 1 3", "nsubj ROOT mark xcomp advmod",
                   "PROPN VERB PART VERB ADV", "Roe decline to comment far", "attributed"),
    "no comment on something": ("Roe declined to comment on the roads", "1 1 3 1 6 6 3",
                                "nsubj ROOT mark xcomp case det obl", "PROPN VERB PART VERB ADP DET NOUN",
                                "Roe decline to comment on the road", "attributed"),
    "not said": ("Roe declined to say whether it rained", "1 1 3 1 6 6 3", "nsubj ROOT mark xcomp mark nsubj ccomp",
                 "PROPN VERB PART VERB SCONJ PRON VERB", "Roe decline to say whether it rain", "attributed"),
    "condolences": ("Roe expressed his condolences", "1 1 3 1", "nsubj ROOT nmod:poss obj", "PROPN VERB PRON NOUN",
                    "Roe express his condolence", "attributed"),
    "regret at something": ("Roe expressed regret at delays", "1 1 1 4 2", "nsubj ROOT obj case nmod",
                            "PROPN VERB NOUN ADP NOUN", "Roe express regret at delay", "said"),
    "condolences to somebody": ("Roe expressed condolences to voters", "1 1 1 4 2", "nsubj ROOT obj case nmod",
                               "PROPN VERB NOUN ADP NOUN", "Roe express condolence to voter", "attributed"),
    "a denial of what was said": ("Roe denied this", "1 1 1", "nsubj ROOT obj", "PROPN VERB PRON", "Roe deny this",
                                  "said"),
    "a word for what was said": ("Roe called this", "1 1 1", "nsubj ROOT obj", "PROPN VERB PRON", "Roe call this",
                                 "attributed"),
    "declined to do": ("Roe declined to leave the hall", "1 1 3 1 5 3", "nsubj ROOT mark xcomp det obj",
                       "PROPN VERB PART VERB DET NOUN", "Roe decline to leave the hall", "said"),
    "asked": ("you think it rained ?", "1 1 3 1 1", "nsubj ROOT nsubj ccomp punct", "PRON VERB PRON VERB PUNCT",
              "you think it rain ?", "attributed"),
    "elected": ("they elected Hall mayor", "1 1 1 1", "nsubj ROOT obj xcomp", "PRON VERB PROPN NOUN",
                "they elect Hall mayor", "attributed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "heads", "deps", "tags", "lemmas", "kind"), CASES.values(), ids=CASES)
def test_kinds(text, heads, deps, tags, lemmas, kind):
    doc = make(text, heads, deps, tags, lemmas)
    assert tell_kind(doc[1:2], doc[0:1], [doc[2 : len(doc)]]) == kind


def test_to_be_called_something_by_nobody_is_no_claim():
    doc = make("the isle , called Nowhere", "1 1 1 1 3", "det ROOT punct acl xcomp", "DET NOUN PUNCT VERB PROPN",
               "the isle , call Nowhere")  # fmt: skip
    assert tell_kind(doc[3:4], None, [doc[4:5]]) == "attributed"


def test_what_is_known_by_nobody_is_no_claim():
    doc = make("birds known to fly", "0 0 3 1", "ROOT acl mark xcomp", "NOUN VERB PART VERB", "bird know to fly")
    assert tell_kind(doc[1:2], None, [doc[0:1], doc[2:4]]) == "attributed"
    assert tell_kind(doc[1:2], doc[0:1], [doc[2:4]]) == "thought"


def test_what_is_only_spoken_about_is_no_claim():
    doc = make("Roe spoke on the economy", "1 1 4 4 1", "nsubj ROOT case det obl", "PROPN VERB ADP DET NOUN",
               "Roe speak on the economy")  # fmt: skip
    assert tell_kind(doc[1:3], doc[0:1], [doc[3:5]]) == "attributed"


def test_a_light_verb_leaves_the_kind_to_its_noun():
    doc = make("Roe expressed concern about roads", "1 1 1 4 2", "nsubj ROOT obj case nmod", "PROPN VERB NOUN ADP NOUN",
               "Roe express concern about road")  # fmt: skip
    assert tell_kind(doc[1:4], doc[0:1], [doc[4:5]]) == "felt"
