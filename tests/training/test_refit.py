"""Refitting the coreference head on frozen vectors."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from kg.read.antecedents import WEIGHTS, Head  # noqa: E402
from kg.read.labels import UPOS  # noqa: E402
from training import refit  # noqa: E402
from training.antecedents import antecedent_scores, make_lesson  # noqa: E402
from training.coreference import Clustered, Span  # noqa: E402
from training.corpora import Document  # noqa: E402

INNER = 8


def make_document(number):
    words = "Ada met Bea . She greeted her .".split()
    tags = "PROPN VERB PROPN PUNCT PRON VERB PRON PUNCT".split()
    document = Document(f"made {number}", "gum", words, [1, 0, 0, 0, 1, 0, 0, 0])
    document.upos = [UPOS.index(tag) for tag in tags]
    return Clustered(document, [[Span(0, 1, 0), Span(4, 5, 0)], [Span(2, 3, 0), Span(6, 7, 0)]], complete=True)


def make_lessons(count=6):
    chance = np.random.default_rng(0)
    base = chance.normal(size=(8, INNER)).astype(np.float32)
    noise = (chance.normal(size=(8, INNER)).astype(np.float32) * 0.05 for _ in range(count))
    return [(torch.from_numpy(base + each), make_lesson(make_document(n))) for n, each in enumerate(noise)]


def store(state, file):
    np.savez(file, **{name: state[name].numpy() for name in WEIGHTS})
    return Head.load(file)


def test_a_fitted_head_finds_what_it_was_taught(tmp_path):
    lessons = make_lessons()
    state = refit.fit_head(lessons, refit.Recipe(epochs=60, hidden=8, kept=0.9, dropout=0.0))
    head = store(state, tmp_path / "head.npz")
    vectors, lesson = lessons[0]
    kept = np.array([0, 1, 2, 3])
    inner = vectors.numpy()[lesson.candidates.words[kept]]
    found = head.find_antecedents(inner, lesson.candidates.take(kept))
    best = found.rows[np.arange(4), found.scores.argmax(axis=1)]
    assert (best[2], best[3]) == (0, 1)
    assert (found.scores[2:].max(axis=1) > 0).all()
    assert (found.scores[:2].max(axis=1) < 0).all()


def test_the_same_seed_gives_the_same_weights():
    recipe = refit.Recipe(epochs=2, hidden=8)
    one, two = refit.fit_head(make_lessons(), recipe), refit.fit_head(make_lessons(), recipe)
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_training_and_run_time_score_alike(tmp_path):
    torch.manual_seed(3)
    head = refit.FrozenHead(INNER, inner=INNER, hidden=8).eval()
    stored = store({name: value.detach() for name, value in head.state_dict().items()}, tmp_path / "head.npz")
    vectors, lesson = make_lessons(1)[0]
    inner = vectors[torch.from_numpy(lesson.candidates.words)]
    with torch.no_grad():
        rows, scores = antecedent_scores(head, inner, lesson.candidates)
    found = stored.find_antecedents(inner.numpy(), lesson.candidates)
    for row in range(len(lesson.candidates)):
        taught = {int(r): float(s) for r, s in zip(rows[row], scores[row], strict=True) if torch.isfinite(s)}
        used = {int(r): float(s) for r, s in zip(found.rows[row], found.scores[row], strict=True) if np.isfinite(s)}
        assert used == pytest.approx(taught, abs=1e-4)


def test_joined_heads_give_the_mean_of_their_scores(tmp_path):
    vectors, lesson = make_lessons(1)[0]
    inner, candidates = vectors.numpy()[lesson.candidates.words], lesson.candidates
    states = []
    for seed in (1, 2, 3):
        torch.manual_seed(seed)
        states.append({k: v.detach() for k, v in refit.FrozenHead(INNER, inner=INNER, hidden=8).state_dict().items()})
    heads = [store(state, tmp_path / f"{number}.npz") for number, state in enumerate(states)]
    joined = store(refit.join_heads(states), tmp_path / "joined.npz")

    def scores(head):
        found = head.find_antecedents(inner, candidates)
        order = found.rows.argsort(axis=1)
        return np.take_along_axis(found.scores, order, axis=1)

    assert scores(joined) == pytest.approx(np.mean([scores(head) for head in heads], axis=0), abs=1e-4)
    assert joined.score_mentions(inner) == pytest.approx(
        np.mean([h.score_mentions(inner) for h in heads], axis=0), abs=1e-5
    )
    one = store(refit.join_heads(states[:1] * 2), tmp_path / "twice.npz")
    every = np.arange(8)
    assert np.array_equal(one.find_borders(vectors.numpy(), every), heads[0].find_borders(vectors.numpy(), every))


def test_a_corpus_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(refit, "read_clusters", lambda data: [make_document(0)])
    with pytest.raises(SystemExit, match="no corpus with coreference is called novels"):
        refit.main(["--data", str(tmp_path), "--model", str(tmp_path), "--extra", "novels"])
