"""What every store must do, run over each of them."""

import io

import pytest

from kg.errors import QueryError, StoreError
from kg.store import Term, open_store

A, B = "http://x.example/a", "http://x.example/b"
NASTY = [
    "\\u0022 } } ; DROP ALL ; #",
    'a "quoted" \\ word',
    "line\nbreak\r\ttab",
    "\x00\x07\x7f\ufffe",
    "😀 é \u2028",
    "\\U00000022",
]


def quad(subject: str, value: str, graph: str) -> str:
    return f'<http://x.example/{subject}> <http://x.example/says> "{value}" <{graph}> .'


@pytest.fixture(params=["disk", "memory"])
def store(request, tmp_path):
    with open_store(tmp_path / "store" if request.param == "disk" else None) as opened:
        yield opened


def count(store) -> int:
    return len(list(store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows))


def dump(store, syntax: str = "nquads", **more) -> str:
    target = io.BytesIO()
    store.write_quads(target, syntax, **more)
    return target.getvalue().decode()


def test_new_store_is_empty(store):
    assert store.graph_names() == []
    assert count(store) == 0


def test_graphs_are_replaced_as_a_whole(store):
    assert store.replace_graph(A, [quad("s", "old", A), quad("s", "kept", A)]) == 2
    assert store.replace_graph(B, [quad("s", "other", B)]) == 1
    assert store.replace_graph(A, [quad("s", "new", A), quad("s", "kept", A)]) == 2
    assert dump(store) == "".join(
        line + "\n" for line in [quad("s", "kept", A), quad("s", "new", A), quad("s", "other", B)]
    )


def test_writing_the_same_twice_changes_nothing(store):
    quads = [quad("s", "x", A), quad("s", "x", A), quad("t", "y", A)]
    assert store.replace_graph(A, quads) == store.replace_graph(A, reversed(quads)) == 2
    assert count(store) == 2


def test_replacing_with_nothing_empties_the_graph(store):
    store.replace_graph(A, [quad("s", "x", A)])
    assert store.replace_graph(A, []) == 0
    assert count(store) == 0


def test_deleting_leaves_no_trace(store):
    store.replace_graph(A, [quad("s", "x", A)])
    store.replace_graph(B, [quad("s", "x", B)])
    assert store.delete_graph(A) == 1
    assert store.delete_graph(A) == 0
    assert store.graph_names() == [B]
    assert dump(store) == quad("s", "x", B) + "\n"


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_out_of_its_literal(store, text):
    written = Term("literal", text).format()
    store.replace_graph(B, [quad("s", "kept", B)])
    store.replace_graph(A, [f"<http://x.example/s> <http://x.example/says> {written} <{A}> ."])
    rows = list(store.select("SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", bindings={}).rows)
    assert [row[0].value for row in rows] == [text, "kept"]


REFUSED = {
    "other graph": ([quad("s", "x", B)], "cannot go into the graph"),
    "no graph": (["<http://x.example/s> <http://x.example/p> <http://x.example/o> ."], "cannot go into the graph"),
    "blank node": ([f"_:b <http://x.example/p> _:c <{A}> ."], "has a blank node"),
    "no quad": (["what is this"], "not N-Quads"),
    "illegal IRI": ([f"<not an iri> <http://x.example/p> <http://x.example/o> <{A}> ."], "not N-Quads"),
}


@pytest.mark.parametrize(("quads", "message"), REFUSED.values(), ids=REFUSED)
def test_wrong_quads_are_refused_and_the_old_graph_stays(store, quads, message):
    store.replace_graph(A, [quad("s", "old", A)])
    with pytest.raises(ValueError, match=message):
        store.replace_graph(A, [quad("s", "new", A), *quads])
    assert dump(store) == quad("s", "old", A) + "\n"


def test_queries_see_all_graphs_and_each_by_name(store):
    store.replace_graph(A, [quad("s", "1", A)])
    store.replace_graph(B, [quad("s", "2", B)])
    union = store.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o")
    named = store.select("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert (union.columns, [str(row[0]) for row in union.rows]) == (("o",), ["1", "2"])
    assert [(str(g), str(o)) for g, o in named.rows] == [(A, "1"), (B, "2")]


def test_ask_and_construct_give_rows_too(store):
    store.replace_graph(A, [quad("s", "1", A)])
    store.replace_graph(B, [quad("s", "1", B)])
    assert [str(row[0]) for row in store.select("ASK { ?s ?p 1 }").rows] == ["false"]
    made = store.select("CONSTRUCT WHERE { ?s ?p ?o }")
    assert made.columns == ("subject", "predicate", "object")
    assert [str(row[2]) for row in made.rows] == ["1"]
    assert len(list(store.select("DESCRIBE <http://x.example/s>").rows)) == 1


def test_terms_come_back_with_type_and_language(store):
    store.replace_graph(A, [f'<{A}> <http://x.example/p> "x"@en <{A}> .'])
    query = 'SELECT ?s ?o (1.5 AS ?n) ("y" AS ?t) ?none { ?s ?p ?o }'
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    row = next(store.select(query).rows)
    assert row == (Term("iri", A), Term("literal", "x", "", "en"), Term("literal", "1.5", decimal), row[3], None)
    assert [term.format() for term in row[:4]] == [f"<{A}>", '"x"@en', f'"1.5"^^<{decimal}>', '"y"']


def test_bindings_are_terms_and_never_text(store):
    store.replace_graph(A, [quad("s", "it", A), quad("t", "other", A)])
    query = "SELECT ?s ?o { ?s ?p ?o }"
    assert [str(row[0]) for row in store.select(query, bindings={"o": Term("literal", "it")}).rows] == [
        "http://x.example/s"
    ]
    assert list(store.select(query, bindings={"o": Term("literal", 'it" } #')}).rows) == []


def test_prefixes_need_no_declaration(store):
    store.replace_graph(A, [quad("s", "it", A)])
    assert len(list(store.select("SELECT * { x:s ?p ?o }", prefixes={"x": "http://x.example/"}).rows)) == 1


WRONG = {
    "syntax": ("SELECT ?s WHERE {\n ?s ?p \n}", r"syntax error in line 3, column 2, at '}'"),
    "end": ("SELECT ?s WHERE {", "syntax error in line 1"),
    "update": ("# a comment\nPREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }", "a query can only read"),
    "unknown prefix": ("SELECT * { nope:s ?p ?o }", "uses the prefix nope: and does not declare it"),
    "known prefix": ('PREFIX x: <http://x:1/> SELECT * { x:s ?p "nope:y" FROM }', "line 1, column"),
    "surrogate": ("SELECT * { ?s ?p '\udcff' }", "no Unicode text"),
}


@pytest.mark.parametrize(("query", "message"), WRONG.values(), ids=WRONG)
def test_wrong_sparql_says_where(store, query, message):
    with pytest.raises(QueryError, match=message) as caught:
        store.select(query)
    assert "\n" not in str(caught.value)


def test_bindings_that_do_not_fit_are_refused(store):
    with pytest.raises(QueryError, match="cannot take these parameters"):
        store.select("SELECT ?s { ?s ?p ?o }", bindings={"o": Term("literal", "x")})
    with pytest.raises(QueryError, match="'no iri' is no legal iri"):
        store.select("SELECT ?s { ?s ?p ?o }", bindings={"s": Term("iri", "no iri")})


def test_merged_syntaxes_write_each_triple_once(store):
    store.replace_graph(A, [quad("s", "1", A), quad("s", "2", A)])
    store.replace_graph(B, [quad("s", "1", B), quad("r", "1", B)])
    says = "<http://x.example/says>"
    lines = [f'<http://x.example/{s}> {says} "{v}" .\n' for s, v in (("r", "1"), ("s", "1"), ("s", "2"))]
    assert dump(store, "ntriples") == "".join(lines)
    assert dump(store, "ntriples", graph=A) == "".join(lines[1:])


def test_turtle_has_its_prefixes_in_order_and_a_line_between_subjects(store):
    store.replace_graph(A, [quad("s", "1", A), quad("t", "a\\nb", A)])
    prefixes = {"zoo": "http://zoo.example/", "x": "http://x.example/", "ant": "http://ant.example/"}
    assert dump(store, "turtle", prefixes=prefixes) == (
        "@prefix ant: <http://ant.example/> .\n@prefix x: <http://x.example/> .\n@prefix zoo: <http://zoo.example/> .\n"
        '\nx:s x:says "1" .\n\nx:t x:says "a\\nb" .\n'
    )


@pytest.mark.parametrize("syntax", ["turtle", "trig", "nquads", "ntriples", "jsonld"])
def test_empty_store_can_be_written(store, syntax):
    assert "subject" not in dump(store, syntax, prefixes={"x": "http://x.example/"})


def test_errors_of_the_target_pass_through(store):
    class FullDisk(io.RawIOBase):
        def write(self, data):
            raise OSError(28, "No space left on device")

    store.replace_graph(A, [quad("s", "1", A)])
    with pytest.raises(OSError, match="No space left"):
        store.write_quads(FullDisk(), "turtle")


def test_closed_store_says_so(store):
    store.close()
    store.close()
    for act in (store.graph_names, lambda: store.replace_graph(A, []), lambda: store.select("ASK {}")):
        with pytest.raises(StoreError, match="is closed"):
            act()
