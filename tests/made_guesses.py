"""Makes texts with trees, and what may be an attribution in them, by hand."""

from kg.read.candidates import Tagged, number_quotations
from kg.read.labels import UPOS
from kg.read.roles import lay_out
from kg.read.weighing import Guess


def lay(words, heads, labels, tags):
    text = Tagged(words.split(), [UPOS.index(tag) for tag in tags.split()], [True] + [False] * (len(words.split()) - 1),
                  [int(h) for h in heads.split()], labels.split())  # fmt: skip
    return lay_out(text, [True] + [False] * (len(words.split()) - 1), number_quotations(text))


def guess(cue, source, *content, head=None, **more):
    given = {"decoded": True, "cue_chances": (0.9, 0.9), "source_chance": 0.8, "content_chance": 0.7}
    return Guess(cue, source, content, cue[0] if head is None else head, **(given | more))
