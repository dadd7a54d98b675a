import csv
import io
import json

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.describe import article_iri
from kg.errors import QueryError
from kg.query import (
    PREFIXES,
    Rows,
    choose_format,
    export_graph,
    find_article,
    shorten_iri,
    write_csv,
    write_json,
    write_tsv,
)
from kg.query.rows import expand_name
from kg.store import Term, open_store

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = Rows(
    ("a", "b"),
    (
        (Term("iri", PREFIXES["wd"] + "Q30"), Term("literal", 'x, "y"\n\tz')),
        (None, Term("literal", "1", XSD + "integer")),
        (Term("blank", "b1"), Term("literal", "ü", "", "de")),
    ),
)


def written(write) -> str:
    target = io.StringIO()
    write(ROWS, target)
    return target.getvalue()


def test_csv_holds_the_bare_values():
    rows = list(csv.reader(io.StringIO(written(write_csv), newline="")))
    assert rows == [["a", "b"], [PREFIXES["wd"] + "Q30", 'x, "y"\n\tz'], ["", "1"], ["_:b1", "ü"]]


def test_tsv_holds_terms_one_row_a_line():
    lines = written(write_tsv).split("\n")
    assert lines[0] == "?a\t?b"
    assert lines[1] == f'<{PREFIXES["wd"]}Q30>\t"x, \\"y\\"\\n\\tz"'
    assert lines[2:] == [f'\t"1"^^<{XSD}integer>', '_:b1\t"ü"@de', ""]


def test_json_is_sparqls_own():
    found = json.loads(written(write_json))
    assert found["head"] == {"vars": ["a", "b"]}
    assert found["results"]["bindings"][1:] == [
        {"b": {"type": "literal", "value": "1", "datatype": XSD + "integer"}},
        {"a": {"type": "bnode", "value": "b1"}, "b": {"type": "literal", "value": "ü", "xml:lang": "de"}},
    ]


def test_tables_show_prefixed_names():
    assert ROWS.as_text() == [("wd:Q30", 'x, "y"\n\tz'), ("", "1"), ("b1", "ü")]


@pytest.mark.parametrize("iri", [PREFIXES["schema"] + "name", PREFIXES["wd"] + "Q1"])
def test_shortened_iris_expand_again(iri):
    assert expand_name(shorten_iri(iri)) == iri


@pytest.mark.parametrize(
    "iri", ["http://other.example/x", PREFIXES["wd"], PREFIXES["kg"] + "a/b", PREFIXES["kg"] + "-"]
)
def test_what_no_prefix_covers_stays_whole(iri):
    assert shorten_iri(iri) == iri


def export(store, syntax, **more) -> bytes:
    target = io.BytesIO()
    export_graph(store, target, syntax, **more)
    return target.getvalue()


def merged(graphs) -> rdflib.Graph:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data="\n".join(quad for graph in graphs for quad in graph.quads), format="nquads")
    plain = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        plain.add(triple[:3])
    return plain


@pytest.mark.parametrize("syntax", ["turtle", "ntriples"])
def test_triples_of_all_graphs_are_merged(store, graphs, syntax):
    parsed = rdflib.Graph().parse(export(store, syntax), format={"ntriples": "nt"}.get(syntax, syntax))
    assert isomorphic(parsed, merged(graphs))


@pytest.mark.parametrize("syntax", ["trig", "nquads", "jsonld"])
def test_graphs_are_kept_apart(store, graphs, syntax):
    parsed = rdflib.Dataset()
    parsed.parse(data=export(store, syntax), format={"jsonld": "json-ld"}.get(syntax, syntax))
    for graph in graphs:
        assert isomorphic(parsed.graph(rdflib.URIRef(graph.name)), merged([graph]))
    assert {str(g.identifier) for g in parsed.graphs() if len(g)} == {graph.name for graph in graphs}


def test_nquads_are_what_was_stored_byte_for_byte(store, graphs):
    lines = export(store, "nquads").decode().split("\n")[:-1]
    assert sorted(lines) == sorted(quad for graph in graphs for quad in graph.quads)


@pytest.mark.parametrize("syntax", ["turtle", "trig", "nquads", "ntriples", "jsonld"])
def test_export_is_the_same_whatever_was_stored_first(store, graphs, syntax):
    with open_store(None) as other:
        for graph in reversed(graphs):
            other.replace_graph(graph.name, graph.quads)
        assert export(other, syntax) == export(store, syntax)


def test_turtle_is_for_readers(store):
    text = export(store, "turtle", article="9f2c").decode()
    assert text.startswith("@prefix art: <https://w3id.org/newskg/id/article/> .\n@prefix claim: ")
    assert '\n\nwd:Q1001 a schema:Organization ;\n\tskos:altLabel "Borealis Mills"@en ;\n' in text


@pytest.mark.parametrize(
    "key", ["second one", article_iri("second one"), "https://news.example/a b", "https://news.example/a%20b"]
)
def test_one_article_is_found_by_id_iri_and_url(store, graphs, key):
    assert find_article(store, key) == graphs[1].name
    assert sorted(export(store, "nquads", article=key).decode().split("\n")[:-1]) == list(graphs[1].quads)


def test_url_of_several_articles_is_no_name(graphs):
    with open_store(None) as store:
        for graph in (graphs[0], graphs[1]):
            url = "<https://news.example/same>"
            quads = [f"<{graph.name}> <http://schema.org/url> {url} <{graph.name}> ."]
            store.replace_graph(graph.name, quads)
        with pytest.raises(QueryError, match="2 articles have the URL"):
            find_article(store, "https://news.example/same")


FORMATS = [
    ("turtle", None, "turtle"), ("ttl", None, "turtle"), (".NT", None, "ntriples"), (None, "out/graph.trig", "trig"),
    (None, "GRAPH.NQ", "nquads"), ("jsonld", "graph.ttl", "jsonld"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "expected"), FORMATS)
def test_format_comes_from_its_name_or_the_suffix(name, path, expected):
    assert choose_format(name, path) == expected


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        ("rdfxml", None, "unknown format 'rdfxml'; possible are: turtle, trig"),
        (None, "graph.txt", r"no format for 'graph.txt'; end the file's name in one of \.ttl \(turtle\)"),
        (None, "-", "no format for '-'"),
        (None, None, "no format for 'the output'"),
    ],
)
def test_unknown_format_lists_the_possible(name, path, message):
    with pytest.raises(QueryError, match=message):
        choose_format(name, path)
