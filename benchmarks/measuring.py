"""Runs the real reader, catalogue and linker over the gold sets, one function for each part of the benchmark."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import chains, docred, relations, speed
from benchmarks.catalogue import measure_catalogue
from benchmarks.claims import SPANS, read_polnear, score_claims
from benchmarks.decisions import Decisions, measure_decisions
from benchmarks.event_gold import read_ecb_dev, read_geneva_val, read_m2e2_dev
from benchmarks.event_reading import EventReader
from benchmarks.events import read_realis_cases, score_chains, score_events, score_realis
from benchmarks.floors import Floors
from benchmarks.gold import read_crossner, read_elevant, read_newswire
from benchmarks.linking import score_links
from benchmarks.names import score_politics, score_texts, score_tokens
from benchmarks.scores import Score
from benchmarks.stance import read_cases, score_stance
from benchmarks.syntax import score_syntax
from benchmarks.times import read_gum, score_times
from benchmarks.treebank import read_treebank
from kg.model import Article, Passage, Reading, Time
from training import gold_links

if TYPE_CHECKING:
    from kg.link import Linker, SqliteCatalogue
    from kg.read import Reader
    from kg.read.network import Network

SENTENCES = Path(__file__).parent.parent / "tests" / "read"
STANCES, REALIS = SENTENCES / "stance_sentences.tsv", SENTENCES / "realis_sentences.tsv"
Result = dict[str, Any]
Tell = Callable[[str], None]


def measure_part(part: str, data: Path, floors: Floors, *, tell: Tell | None = None) -> Result:
    """The result of a part (one of PARTS): measures by name, details, and what they were taken with.

    ``data`` is the folder of the gold sets; speed is measured on the folder ``articles`` beside it.
    ``tell`` gets a line for each mistake of names, links and times.
    """
    result = PARTS[part](data, floors, tell)
    gold = {measure.gold for measure in floors.measures.values() if measure.part == part and measure.gold}
    return {
        "date": date.today().isoformat(),
        "version": version("newskg"),
        "gold": {name: floors.gold[name].sha256 for name in sorted(gold)},
        **result,
    }


def measure_names(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of named entities from gold tokens and from raw text, with the scores of each type as details.

    On gold tokens a facility is a type of its own; in a reading it is a place.
    """
    from kg.config import Config
    from kg.read import Reader

    reader = Reader(Config.load())
    articles = list(read_newswire(data / floors.gold["newswire"].path))
    tokens = score_tokens(articles, reader.tag_tokens)
    texts = score_texts(articles, lambda article: _with_named_dates(reader, article), tell=tell)
    politics = score_politics(read_crossner(data / floors.gold["crossner"].path), reader.tag_tokens, tell=tell)
    scores = {"tokens": tokens, "text": texts, "politics": politics}
    return {
        "measures": {f"names_{name}_f1": score["all"].f1 for name, score in scores.items()},
        "details": {name: _list_details(score) for name, score in scores.items()},
    }


def _with_named_dates(reader: Reader, article: Article) -> Reading:
    """The reading with the dates that the names head found only: the corpus has no "yesterday" among its dates."""
    doc = reader.nlp(article.text)
    dates = (Passage(ent.start_char, ent.end_char, ent.text) for ent in doc.ents if ent.label_ == "date")
    return Reading(article, doc.user_data["kg_entities"], times=tuple(map(Time, dates)))


def measure_syntax(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of sentence starts on EWT and GUM; parts of speech and dependencies on EWT, with those on GUM as details."""
    from kg.config import Config
    from kg.read import load_pipeline

    nlp = load_pipeline(threads=Config.load().threads)
    gum = list(read_treebank(data / floors.gold["gum"].path))
    scores = {
        "ewt": score_syntax(list(read_treebank(data / floors.gold["ewt"].path)), nlp),
        "gum": score_syntax(gum, nlp),
        "gum_news": score_syntax([document for document in gum if "_news_" in document.name], nlp),
    }
    measures = {f"sentences_{name}_f1": score.sentences.f1 for name, score in scores.items()}
    ewt = scores["ewt"]
    measures |= {"upos": ewt.upos.recall, "uas": ewt.unlabelled.recall, "las": ewt.labelled.recall}
    return {"measures": measures, "details": {name: score.list_details() for name, score in scores.items()}}


def measure_coreference(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """CoNLL F1 of the chains on GUM, and how much of what is attached to names is right, by form as details."""
    from kg.config import Config
    from kg.read import load_pipeline

    nlp = load_pipeline(threads=Config.load().threads)
    return chains.measure_chains(data / floors.gold["gum"].path, nlp, tell=tell)


def measure_claims(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of the spans of attributions from raw text, and of whole ones, by type of quotation as details; and how many
    sentences of our own get polarity, certainty and temporality right."""
    from kg.config import Config
    from kg.read import Reader

    reader = Reader(Config.load())
    scores = score_claims(read_polnear(data / floors.gold["polnear"].path), reader.read, tell=tell)
    measures = {f"claims_{name.replace(' ', '_')}": scores[name].f1 for name in SPANS}
    measures["claims_direct_source"] = scores["direct source"].recall
    stances = score_stance(reader.nlp, read_cases(STANCES), tell=tell)
    measures["claims_stance"] = stances["all three"].recall
    return {"measures": measures, "details": _list_details(scores) | _list_details(stances)}


def measure_events(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of triggers and roles on M2E2 and of triggers on GENEVA, by type and role as details; realis on sentences of
    our own; and CoNLL F1 of the gold triggers of ECB+, of which those that are not found stand alone."""
    from kg.config import Config
    from kg.read import load_pipeline
    from kg.read.reader import reading_of
    from kg.read.realis import judge_realis

    nlp = load_pipeline(threads=Config.load().threads)
    reader = EventReader(nlp, reading_of, lambda word, is_claimed: judge_realis(word, is_claimed=is_claimed))
    paths = {name: data / floors.gold[name].path for name in ("m2e2", "geneva", "ecbplus")}
    news = score_events(read_m2e2_dev(paths["m2e2"]), reader.find, reader.find_head, tell=tell)
    mixed = score_events(read_geneva_val(paths["geneva"]), reader.find, reader.find_head, tell=tell)
    realis = score_realis(read_realis_cases(REALIS), reader.judge, tell=tell)
    chained = score_chains(read_ecb_dev(paths["ecbplus"]), reader.chain)
    measures = {f"events_{name}": news[name].f1 for name in ("identified", "typed", "roles")}
    measures |= {"events_geneva": mixed["typed"].f1, "events_realis": realis["all"].recall}
    measures["events_coreference"] = chained["joined"].conll
    parts = {"m2e2": news, "geneva": mixed, "realis": realis}
    details: dict[str, Any] = {name: _list_details(scores) for name, scores in parts.items()}
    details["coreference"] = {
        kind: {"conll": scores.conll, "muc": scores.muc.f1, "b3": scores.b3.f1, "ceafe": scores.ceafe.f1}
        for kind, scores in chained.items()
    }
    return {"measures": measures, "details": details}


def measure_relations(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of the relations told, and how many of them are right: of KnowledgeNet's third fold from raw text, by span and
    by item, and of Re-DocRED's held-back fifth, things and their names given; of these also with the setting
    ``relations = "implied"``, since Re-DocRED annotates what a whole document implies. Each property's scores are
    details."""
    from kg.config import Config
    from kg.link import Linker, open_catalogue
    from kg.read import Reader
    from training.related import relate, settle_kinds
    from training.relation_corpora import read_redocred_relations
    from training.relation_mentions import add_mentions

    config = Config.load()
    reader, linker = Reader(config), Linker(open_catalogue(config), min_score=config.min_score)
    documents = list(relations.read_knowledgenet(data / floors.gold["knowledgenet"].path, fold=3))
    knowledgenet = relations.score_knowledgenet(_record(documents, reader, linker), tell=tell)
    drafts = add_mentions(read_redocred_relations(data / floors.gold["redocred"].path, held_back=True), reader.nlp)
    network: Network = reader.nlp.get_pipe("kg_encoder").network  # type: ignore[attr-defined]
    held_back = list(settle_kinds(map(relate, drafts), network))
    given, implied = (
        docred.score_facts(
            (docred.list_facts(each), docred.tell_facts(each, reader.nlp, implied=whole)) for each in held_back
        )
        for whole in (False, True)
    )
    measures = {
        "relations_text_f1": knowledgenet["text"].f1,
        "relations_text_precision": knowledgenet["text"].precision,
        "relations_distinct_f1": knowledgenet["text distinct"].f1,
        "relations_nearest_f1": knowledgenet["text nearest"].f1,
        "relations_link_f1": knowledgenet["link"].f1,
        "relations_docred_f1": given["all"].f1,
        "relations_docred_precision": given["all"].precision,
        "relations_implied_f1": implied["all"].f1,
        "relations_implied_precision": implied["all"].precision,
    }
    named = {f"docred {name}": score for name, score in given.items()}
    named |= {f"implied {name}": score for name, score in implied.items()}
    return {"measures": measures, "details": _list_details(knowledgenet | named)}


def _record(
    documents: Sequence[relations.GoldDocument], reader: Reader, linker: Linker
) -> Iterator[tuple[relations.GoldDocument, dict[str, Any]]]:
    """Each document with the JSON record of its reading, as ``kg read`` prints it."""
    from kg.describe import reading_to_json
    from kg.link import merge_linked

    readings = reader.read_many(Article(id=document.name, text=document.text) for document in documents)
    for document, reading in zip(documents, readings, strict=True):
        merged, links = merge_linked(reading, linker.link(reading))
        yield document, reading_to_json(merged, links)


def measure_times(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """How many annotated dates get their very value, and how many of the values given on them are right."""
    from kg.config import Config
    from kg.read import Reader

    score = score_times(read_gum(data / floors.gold["gum"].path), Reader(Config.load()).read, tell=tell)
    return {"measures": {"times_exact": score.recall, "times_precision": score.precision}, "details": {}}


def measure_linking(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """Precision and recall of links from raw text, by exact span and by overlap; and the linker on gold mentions."""
    from kg.config import Config
    from kg.link import Linker, open_catalogue
    from kg.read import Reader

    config = Config.load()
    catalogue = open_catalogue(config)
    reader, linker = Reader(config), Linker(catalogue, min_score=config.min_score)
    scores = score_links(
        read_elevant(data / floors.gold["newsfair"].path),
        lambda article: (reading := reader.read(article), linker.link(reading)),
        lambda qid: catalogue.get(qid) is not None,
        tell=tell,
    )
    measures = {"linking_f1": scores["exact"].f1}
    for way, name in (("exact", "linking"), ("overlap", "overlap")):
        measures[f"{name}_precision"] = scores[way].precision
        for suffix in ("", "_held", "_named"):
            measures[f"{name}_recall{suffix}"] = scores[way + suffix].recall
    details: dict[str, Any] = _list_details(scores)
    for name in ("newsfair", "aida"):
        found = _measure_decisions(data / floors.gold[name].path, catalogue, linker)
        measures |= {f"{part}_{name}": score.recall for part, score in _name_decisions(found).items()}
        measures[f"links_calibrated_{name}"] = 1 - found.error
        details |= {f"{part}_{name}": row for part, row in _list_details(_name_decisions(found)).items()}
        details[f"reliability_{name}"] = [asdict(row) for row in found.bins]
    return {"measures": measures, "details": details}


def _measure_decisions(path: Path, catalogue: SqliteCatalogue, linker: Linker) -> Decisions:
    def kind(qid: str) -> str | None:
        item = catalogue.get(qid)
        return item.kind if item else None

    return measure_decisions(gold_links.read_elevant(path, entity_kinds=kind), catalogue, linker)


def _name_decisions(found: Decisions) -> dict[str, Score]:
    return {
        "candidates_text": found.by_text,
        "candidates_entity": found.by_entity,
        "links_held": found.held,
        "links_unlinked": found.unlinked,
    }


def measure_speed(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """Seconds, memory and words per second, on the articles beside ``data``, and the machine they were taken on.

    Warns when PyTorch is installed: spaCy then loads it at every start, which no user without the training extra sees.
    """
    if find_spec("torch"):
        print("warning: PyTorch is installed here and slows every start; measure without it", file=sys.stderr)
    articles = data.parent / "articles"
    measures = speed.measure_speed(articles / "us_troops_iraq.txt", articles / "wikinews_2019.jsonl")
    costs = speed.measure_costs(articles / "wikinews_2019.jsonl")
    named = {f"reading_seconds_{part}": seconds for part, seconds in costs["parts"].items()}
    measures |= {name: seconds for name, seconds in named.items() if name in floors.measures}
    return {"measures": measures, "details": costs, "machine": speed.describe_machine()}


def measure_dump(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """How fast a catalogue is built from a made-up dump and answers from a made-up index; takes some ten minutes."""
    return {"measures": measure_catalogue(), "details": {}, "machine": speed.describe_machine()}


PARTS: Mapping[str, Callable[[Path, Floors, Tell | None], Result]] = {
    "syntax": measure_syntax,
    "names": measure_names,
    "coreference": measure_coreference,
    "linking": measure_linking,
    "claims": measure_claims,
    "events": measure_events,
    "times": measure_times,
    "relations": measure_relations,
    "speed": measure_speed,
    "catalogue": measure_dump,
}


def _list_details(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {**asdict(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}
        for name, score in scores.items()
    }
