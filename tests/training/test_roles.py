"""What attributions teach, and the files that they are read from."""

import numpy as np
import pytest

from kg.read.candidates import Tagged
from training.attributions import Attributed, Attribution, read_brat
from training.corpora import Document

torch = pytest.importorskip("torch", reason="only the training extra has it")
from training.fit import average_weights  # noqa: E402
from training.model import Roles  # noqa: E402
from training.roles import crf_loss, make_role_lesson, roles_loss  # noqa: E402

WORDS = "It rained , Ada said . Bo left .".split()
TEXT = Tagged(WORDS, [0] * 9, [True, *[False] * 5, True, False, False], [1, 4, 1, 4, 4, 4, 7, 7, 7], ["dep"] * 9)


def given(*attributions):
    return Attributed(Document("d", "polnear", WORDS), [n == 0 for n in range(9)], list(attributions))


def test_brat_spans_may_be_discontinuous():
    spans, events = read_brat(
        "T1\tContent 0 5;9 12\tx y\nT2\tCue 6 8\tz\nE1\tAttribution:T2 Content:T1 Cue:T2\nnoise\n"
    )
    assert spans["T1"] == [(0, 5), (9, 12)]
    assert events == [{"Content": ["T1"], "Cue": ["T2"]}]


def test_a_lesson_has_the_tags_of_roles_around_each_cue():
    lesson = make_role_lesson(given(Attribution((4, 5), (3, 4), ((0, 2),))), TEXT)
    assert lesson.cues.tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert lesson.predicates.tolist() == [4]
    assert lesson.rows[0].tolist() == list(range(9))
    assert lesson.tags[0].tolist() == [3, 4, 0, 1, 0, 0, 0, 0, 0]


def test_a_document_without_attributions_teaches_cues_only():
    losses = roles_loss(Roles(8), torch.zeros(9, 8), make_role_lesson(given(), TEXT))
    assert set(losses) == {"cues"}


def test_roles_can_be_learnt():
    torch.manual_seed(0)
    lesson = make_role_lesson(given(Attribution((4, 5), (3, 4), ((0, 2),))), TEXT)
    head, vectors = Roles(8), torch.randn(9, 8)
    head.dropout.p = 0.0
    optimizer = torch.optim.Adam(head.parameters(), lr=0.02)
    first = sum(roles_loss(head, vectors, lesson).values()).item()
    for _ in range(60):
        optimizer.zero_grad()
        sum(roles_loss(head, vectors, lesson).values()).backward()
        optimizer.step()
    assert sum(roles_loss(head, vectors, lesson).values()).item() < 0.2 * first


def test_crf_loss_is_that_of_all_sequences():
    scores, transitions = torch.randn(1, 3, 2), torch.randn(2, 2)
    tags = torch.tensor([[0, 1, 1]])
    every = []
    for path in np.ndindex(2, 2, 2):
        every.append(
            sum(scores[0, n, t] for n, t in enumerate(path))
            + transitions[path[0], path[1]]
            + transitions[path[1], path[2]]
        )
    wanted = torch.logsumexp(torch.stack(every), 0) - every[3]
    assert crf_loss(scores, transitions, tags, torch.ones(1, 3, dtype=torch.bool)).item() == pytest.approx(
        wanted.item(), abs=1e-5
    )


def test_padding_does_not_count():
    scores, transitions = torch.randn(1, 5, 2), torch.randn(2, 2)
    words = torch.tensor([[True, True, True, False, False]])
    tags = torch.tensor([[1, 0, 1, 0, 0]])
    whole = crf_loss(scores, transitions, tags, words)
    assert whole.item() == pytest.approx(
        crf_loss(scores[:, :3], transitions, tags[:, :3], words[:, :3]).item(), abs=1e-5
    )


def test_the_mean_of_two_runs(tmp_path):
    def save(name, labels=("root",), **weights):
        file = tmp_path / name
        torch.save({"average": weights, "labels": list(labels)}, file)
        return file

    one = save("a.pt", **{"encoder.lexicon.weight": torch.ones(2), "x": torch.ones(2), "y": torch.ones(1)})
    two = save("b.pt", x=torch.zeros(2), y=torch.zeros(3))
    mean = torch.load(average_weights([one, two], tmp_path / "mean.pt"))["average"]
    assert mean["encoder.lexicon.weight"].tolist() == [0.5, 0.5]
    assert mean["x"].tolist() == [0.5, 0.5]
    assert mean["y"].tolist() == [1.0]
    with pytest.raises(ValueError, match="other dependency labels"):
        average_weights([one, save("c.pt", labels=("dep",), x=torch.ones(2))], tmp_path / "mean.pt")
