"""The reading model in PyTorch: one BERT encoder with word shapes, and small heads on its word vectors."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.read.candidates import SIZES
from kg.read.gazetteer import LEXICON, PHRASES
from kg.read.labels import MENTION_TYPES, MISC_TYPES, NAME_TAGS, UPOS
from kg.read.pairs import ARGUMENTS, RELATED, TRIGGERS
from kg.read.pieces import SHAPES
from kg.read.roles import CUE_TAGS, ROLE_TAGS
from kg.read.roles import SIZES as ROLE_SIZES
from training.pairs import PairHead

HABITS = ("ewt", "uner", "gum", "crossner", "wikigold", "redocred", "dwie")
"""The corpora whose names are annotated otherwise than in the news that the reader is made for."""
SPAN_REACH = 40  # words that a mention reaches to each side of its head, at most
TRIGGER_WIDTH = 256  # of the layer before the scores of triggers
PAIR_WIDTH = 160  # of the vectors for pairs of phrases
KEPT = 30  # antecedents of a candidate that are looked at closely


class Layer(nn.Module):
    """One transformer layer as BERT has it: attention and feed-forward, each with residual and layer norm after."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            part.view(batch, length, self.heads, -1).transpose(1, 2)
            for part in self.query_key_value(x).chunk(3, dim=-1)
        )
        # No dropout of attention weights: on a CPU it costs as much time as the attention itself. Plain products take
        # half the time of scaled_dot_product_attention there, whose backward pass is slow in bfloat16.
        scores = torch.matmul(query * (width // self.heads) ** -0.5, key.transpose(-1, -2)) + mask.to(query.dtype)
        mixed = torch.matmul(scores.softmax(-1, dtype=value.dtype), value)
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.attention_norm(x + self.dropout(mixed))
        return self.outer_norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 with embeddings of each word's looks added to its pieces: shape and what the gazetteer says."""

    def __init__(self, *, width: int = 384, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, width)
        self.positions = nn.Embedding(512, width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.lexicon = nn.Embedding(LEXICON, width)
        self.phrases = nn.Embedding(PHRASES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        for looks in (self.shapes, self.lexicon, self.phrases):
            nn.init.zeros_(looks.weight)

    def forward(self, inputs: dict[str, Tensor]) -> Tensor:
        """[windows, pieces, width] from the inputs that kg.read.pieces.pack_windows gives."""
        pieces, lengths = inputs["input_ids"], inputs["lengths"]
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.shapes(inputs["shape_ids"]) + self.positions(places)
        x = self.norm(x + self.lexicon(inputs["lexicon_ids"]) + self.phrases(inputs["phrase_ids"]))
        x = self.dropout(x)
        inside = (places[None, :] < lengths[:, None])[:, None, None, :]
        mask = torch.where(inside, 0.0, -1e4)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Syntax(nn.Module):
    """Dependencies: deep biaffine attention for arcs (Dozat and Manning 2017), a small perceptron for labels.

    The perceptron takes the vectors of dependent and head; it is far cheaper at run time than a second biaffine layer.
    """

    def __init__(self, width: int, inner: int, labels: int, label_inner: int, dropout: float) -> None:
        super().__init__()
        self.arc_head, self.arc_dependent = nn.Linear(width, inner), nn.Linear(width, inner)
        self.label_head, self.label_dependent = nn.Linear(width, label_inner), nn.Linear(width, label_inner)
        self.arc = nn.Linear(inner, inner, bias=False)
        self.arc_bias = nn.Linear(inner, 1)
        self.label = nn.Linear(label_inner, labels)
        nn.init.eye_(self.arc.weight)
        with torch.no_grad():
            self.arc.weight /= inner**0.5
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores [batch, dependents, heads] (a root is its own head), and the vectors that label_scores takes."""
        head, dependent = self.dropout(F.gelu(self.arc_head(words))), self.dropout(F.gelu(self.arc_dependent(words)))
        arcs = self.arc(dependent) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return arcs, self.label_head(words), self.label_dependent(words)

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Label scores [pairs, labels] of dependents and their heads, both [pairs, label_inner]."""
        scores: Tensor = self.label(self.dropout(F.gelu(dependent + head)))
        return scores


class Reader(nn.Module):
    """Encoder and heads: sentence starts, UPOS, names (CRF), subtypes of misc names, dependencies."""

    def __init__(self, dependency_labels: list[str], *, dropout: float = 0.1) -> None:
        super().__init__()
        self.dependency_labels = dependency_labels
        self.encoder = Encoder(dropout=dropout)
        width = 384
        self.dropout = nn.Dropout(dropout)
        self.sentences = nn.Linear(width, 1)
        self.upos = nn.Linear(width, len(UPOS))
        self.names = nn.Linear(width, len(NAME_TAGS))
        self.habits = nn.Parameter(torch.zeros(len(HABITS), len(NAME_TAGS), width))
        self.transitions = nn.Parameter(torch.zeros(len(NAME_TAGS), len(NAME_TAGS)))
        self.misc = nn.Linear(width, len(MISC_TYPES))
        self.syntax = Syntax(width, 256, len(dependency_labels), 128, dropout=0.2)
        self.coreference = Coreference(width)
        self.roles = Roles(width)
        self.pairs = nn.Linear(width, PAIR_WIDTH)
        self.relations = PairHead(PAIR_WIDTH, len(RELATED), bias=-5.0)
        self.triggers = nn.Sequential(
            nn.Linear(width, TRIGGER_WIDTH), nn.GELU(), nn.Dropout(0.4), nn.Linear(TRIGGER_WIDTH, len(TRIGGERS))
        )
        self.arguments = PairHead(PAIR_WIDTH, len(ARGUMENTS))

    def pair_vectors(self, vectors: Tensor) -> Tensor:
        """The inner vectors of words [words, PAIR_WIDTH] that the heads over pairs take."""
        return self.dropout(F.gelu(self.pairs(vectors)))

    def name_scores(self, vectors: Tensor, corpora: Tensor) -> Tensor:
        """Scores of NAME_TAGS [windows, words, tags]; ``corpora`` [windows] numbers in HABITS, -1 for none.

        A corpus draws the borders and types of names in its own way, which is learnt apart and not shipped.
        """
        own = self.habits[corpora.clamp(min=0)] * (corpora >= 0)[:, None, None]
        return self.names(vectors) + torch.einsum("bwd,btd->bwt", vectors, own.to(vectors))

    def word_vectors(self, inputs: dict[str, Tensor]) -> Tensor:
        """The vector of each word's first piece, [windows, words, width]."""
        hidden = self.encoder(inputs)
        index = inputs["word_starts"][:, :, None].expand(-1, -1, hidden.shape[-1])
        return self.dropout(hidden.gather(1, index))


class Coreference(nn.Module):
    """Which earlier candidate a candidate word means too: word-level coreference (Dobrovolskii 2021), cut down.

    A bilinear score keeps ``KEPT`` antecedents of each candidate, a small network on both vectors, their product and
    what can be seen of the pair (``kg.read.candidates.pair_features``) scores those; 0 is the score of "none".
    """

    def __init__(self, width: int, *, inner: int = 128, hidden: int = 128, border: int = 64) -> None:
        super().__init__()
        self.project = nn.Linear(width, inner)
        self.mention = nn.Linear(inner, 1)
        self.kind = nn.Linear(inner, len(MENTION_TYPES))
        self.coarse = nn.Linear(inner, inner, bias=False)
        self.coarse_distance = nn.Parameter(torch.zeros(SIZES["distance"]))
        self.coarse_head = nn.Parameter(torch.zeros(1))
        self.later, self.earlier = nn.Linear(inner, hidden), nn.Linear(inner, hidden, bias=False)
        self.product = nn.Linear(inner, hidden, bias=False)
        self.features = nn.Parameter(torch.zeros(sum(SIZES.values()), hidden))
        self.score = nn.Linear(hidden, 1)
        self.border_query, self.border_key = nn.Linear(inner, 2 * border), nn.Linear(inner, 2 * border)
        self.border_distance = nn.Parameter(torch.zeros(2, SPAN_REACH + 1))
        self.dropout = nn.Dropout(0.3)
        nn.init.normal_(self.features, std=0.02)

    def words(self, vectors: Tensor) -> Tensor:
        """The inner vectors of words [words, inner]."""
        return self.dropout(F.gelu(self.project(vectors)))

    def coarse_scores(self, inner: Tensor, same_head: Tensor, distance: Tensor) -> Tensor:
        """Scores [later, earlier] of all pairs, from the inner vectors of candidates and what is cheap to see."""
        scores = self.coarse(inner) @ inner.T / inner.shape[-1] ** 0.5
        return scores + self.coarse_distance[distance] + self.coarse_head * same_head

    def pair_scores(self, inner: Tensor, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """Scores of the pairs ``later``, ``earlier`` (rows of ``inner``) with their features [pairs, features]."""
        hidden = self.later(inner)[later] + self.earlier(inner)[earlier] + self.product(inner[later] * inner[earlier])
        hidden = hidden + F.embedding_bag(features, self.features, mode="sum")
        return self.score(self.dropout(F.relu(hidden))).squeeze(-1)

    def border_scores(self, inner: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [heads, reach] that a mention with its head at a word starts 0, 1, ... words before it, ends 0, 1, ...
        words after it; words beyond the text count as the first and the last one."""
        reach = torch.arange(SPAN_REACH + 1, device=inner.device)
        query, key = self.border_query(inner[heads]), self.border_key(inner)
        scores = []
        for side, step in enumerate((-1, 1)):
            at = (heads[:, None] + step * reach).clamp(0, len(inner) - 1)
            half = slice(side * query.shape[1] // 2, (side + 1) * query.shape[1] // 2)
            dots = torch.einsum("hd,hrd->hr", query[:, half], key[:, half][at])
            scores.append(dots / (query.shape[1] // 2) ** 0.5 + self.border_distance[side])
        return scores[0], scores[1]


class Roles(nn.Module):
    """Cues, and the roles of the words around a predicate: a small network on the vectors of both and what
    can be seen of the two (``kg.read.roles.look_around``), a look at both neighbours, and a CRF over the tags."""

    def __init__(self, width: int, *, inner: int = 160, hidden: int = 128, mixed: int = 96) -> None:
        super().__init__()
        self.cues = nn.Linear(width, len(CUE_TAGS))
        self.cue_transitions = nn.Parameter(torch.zeros(len(CUE_TAGS), len(CUE_TAGS)))
        self.project = nn.Linear(width, inner)
        self.token, self.predicate = nn.Linear(inner, hidden), nn.Linear(inner, hidden, bias=False)
        self.features = nn.Parameter(torch.zeros(sum(ROLE_SIZES.values()), hidden))
        self.mix, self.out = nn.Linear(3 * hidden, mixed), nn.Linear(mixed, len(ROLE_TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)))
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.features, std=0.02)

    def words(self, vectors: Tensor) -> Tensor:
        """The inner vectors of words [words, inner]."""
        return self.dropout(F.gelu(self.project(vectors)))

    def forward(self, inner: Tensor, rows: Tensor, predicates: Tensor, features: Tensor, words: Tensor) -> Tensor:
        """Scores [predicates, words, ROLE_TAGS] of the words ``rows`` [predicates, words] for each of ``predicates``;
        ``features`` [predicates, words, features]; ``words`` says which are there."""
        hidden = self.token(inner)[rows] + self.predicate(inner[predicates])[:, None]
        flat = F.embedding_bag(features.flatten(0, 1), self.features, mode="sum")
        hidden = self.dropout(F.relu(hidden + flat.view(hidden.shape))) * words[:, :, None]
        padded = F.pad(hidden, (0, 0, 1, 1))
        near = torch.cat([padded[:, :-2], hidden, padded[:, 2:]], dim=2)
        return self.out(self.dropout(F.relu(self.mix(near))))


def invalid_transitions() -> Tensor:
    """True where a tag may not follow another: an I- tag follows only B- or I- of its own type."""
    tags = len(NAME_TAGS)
    invalid = torch.zeros(tags, tags, dtype=torch.bool)
    for before in range(tags):
        for after, tag in enumerate(NAME_TAGS):
            if tag.startswith("I-"):
                invalid[before, after] = NAME_TAGS[before][2:] != tag[2:] or NAME_TAGS[before] == "O"
    return invalid


def log_partition(emissions: Tensor, transitions: Tensor, words: Tensor) -> Tensor:
    """The log sum over all tag sequences of a CRF; emissions [batch, words, tags], words [batch, words]."""
    score = emissions[:, 0]
    for word in range(1, emissions.shape[1]):
        after = torch.logsumexp(score[:, :, None] + transitions, dim=1) + emissions[:, word]
        score = torch.where(words[:, word, None], after, score)
    return torch.logsumexp(score, dim=1)


def names_loss(emissions: Tensor, transitions: Tensor, allowed: Tensor, words: Tensor) -> Tensor:
    """The CRF's negative log likelihood of the allowed tag sequences, summed; ``allowed`` is bool like emissions."""
    invalid = invalid_transitions().to(emissions.device)
    strict = transitions.masked_fill(invalid, -1e4)
    first = torch.tensor([tag.startswith("I-") for tag in NAME_TAGS], device=emissions.device)
    emissions = torch.cat([emissions[:, :1].masked_fill(first, -1e4), emissions[:, 1:]], dim=1)
    both = torch.cat([emissions, emissions.masked_fill(~allowed, -1e4)])
    free, held = log_partition(both, strict, torch.cat([words, words])).chunk(2)
    return (free - held).sum()


def load_pretrained(encoder: Encoder, folder: Path) -> None:
    """Takes the weights of a BERT checkpoint in ``folder`` (model.safetensors) into the encoder."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    assert config["hidden_size"] == encoder.words.weight.shape[1], "another width than the encoder's"
    state = {key.removeprefix("bert."): value for key, value in load_file(str(folder / "model.safetensors")).items()}
    names = {"words.weight": "embeddings.word_embeddings.weight", "norm.weight": "embeddings.LayerNorm.weight",
             "norm.bias": "embeddings.LayerNorm.bias"}  # fmt: skip
    ours = encoder.state_dict()
    for mine, theirs in names.items():
        ours[mine] = state[theirs]
    # Segment 0 is all there ever is: its embedding goes into the positions.
    ours["positions.weight"] = (
        state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    )
    parts = {"attention_out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
             "inner": "intermediate.dense", "outer": "output.dense", "outer_norm": "output.LayerNorm"}  # fmt: skip
    for layer in range(len(encoder.layers)):
        theirs = f"encoder.layer.{layer}."
        for kind in ("weight", "bias"):
            ours[f"layers.{layer}.query_key_value.{kind}"] = torch.cat(
                [state[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            for mine, part in parts.items():
                ours[f"layers.{layer}.{mine}.{kind}"] = state[f"{theirs}{part}.{kind}"]
    encoder.load_state_dict(ours)
