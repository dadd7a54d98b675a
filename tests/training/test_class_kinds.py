from kg.link.wikidata_items import load_class_kinds
from training.class_kinds import main, read_kinds

TABLE = """\
qid\tlabel\tkind\tused
Q515\tcity\tplace\t9
Q5\thuman\tperson\t10
Q41710\tethnic group\tconcept\t3
Q7\todd\t\t1
"""


def test_kinds_are_in_order_peoples_are_groups_and_unknown_ones_left_out():
    assert list(read_kinds(TABLE).items()) == [("Q5", "person"), ("Q515", "place"), ("Q41710", "group")]


def test_the_table_is_written_as_the_catalogue_reads_it(tmp_path, capsys):
    (tmp_path / "classes.tsv").write_text(TABLE)
    main(["--source", str(tmp_path / "classes.tsv"), "--out", str(tmp_path / "kinds.tsv")])
    assert capsys.readouterr().out == "3 classes\n"
    assert (tmp_path / "kinds.tsv").read_text() == "Q5\tperson\nQ515\tplace\nQ41710\tgroup\n"
    assert load_class_kinds()["Q41710"] == "group"
