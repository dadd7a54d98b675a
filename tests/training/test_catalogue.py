"""What the shipped catalogue keeps of the raw table, and what it mends."""

import lzma

import pytest

from kg.link.cleaning import mend_kind
from kg.link.index import read_catalogue
from kg.link.kinds import load_kinds
from training.catalogue import clean, fold_popularity, main, write_classes

FIELDS = "qid label aliases kind classes description country start end sitelinks pageviews pagerank population sources"


def make_row(**values: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS.split(), "") | {"qid": "Q7", "label": "Ada Obi", "kind": "person"} | values


def clean_one(**values: str) -> dict[str, str]:
    (row,) = clean([make_row(**values)])
    return row


@pytest.mark.parametrize(
    ("aliases", "kept"),
    [
        pytest.param("Ada Grace Obi|A. Obi", "Ada Grace Obi|A. Obi", id="names"),
        pytest.param("She|Her|the president", "", id="pronouns-and-nouns"),
        pytest.param("ada grace obi", "", id="lower-case"),
        pytest.param("Ada Óbi|ADA OBI", "", id="the-label-again"),
        pytest.param("https://obi.example|@obi", "", id="addresses"),
        pytest.param("Ada Obi (politician)", "", id="disambiguated-label"),
        pytest.param("Kenyan", "", id="demonym-of-a-country"),
        pytest.param("WHO|US", "WHO|US", id="acronyms-that-look-like-pronouns"),
    ],
)
def test_aliases_that_name_nothing_are_dropped(aliases, kept):
    assert clean_one(aliases=aliases)["aliases"] == kept


def test_ordinary_words_of_descriptions_are_no_aliases():
    rows = [make_row(qid=f"Q{n}", description=f"the {n}th big bridge of iron") for n in range(1, 30)]
    rows.append(make_row(qid="Q99", label="Iron Works", aliases="Bridge|Works Inc", kind="organisation"))
    assert list(clean(rows))[-1]["aliases"] == "Works Inc"


def test_country_gets_its_demonyms_marked():
    row = clean_one(qid="Q114", label="Kenya", aliases="Kenyan|KE|KEN", kind="place", classes="Q6256")
    assert row["aliases"] == "KEN|~Kenyan"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param(
            {"kind": "product", "description": "Kenya's internal security service"}, "organisation", id="service"
        ),
        pytest.param({"kind": "", "description": "village in Kenya"}, "place", id="village"),
        pytest.param({"kind": "", "classes": "Q5"}, "person", id="human"),
        pytest.param({"kind": "organisation", "classes": "Q41710"}, "group", id="people"),
        pytest.param({"kind": "", "description": "something of the coast"}, "", id="unsure"),
        pytest.param({"kind": "work", "description": "film about a village"}, "work", id="sure-already"),
    ],
)
def test_kinds_are_mended_where_certain(values, kind):
    assert mend_kind(make_row(**values)) == kind


def test_country_is_read_off_only_when_there_is_one():
    kenya = make_row(qid="Q114", label="Kenya", kind="place", classes="Q6256")
    ghana = make_row(qid="Q117", label="Ghana", kind="place", classes="Q6256")
    one = make_row(qid="Q900", description="Kenyan painter")
    two = make_row(qid="Q901", description="painter of Kenya and Ghana")
    assert [row["country"] for row in clean([kenya, ghana, one, two])][2:] == ["Q114", ""]


@pytest.mark.parametrize("scale", ["sitelinks", "pageviews", "pagerank", "population"])
def test_popularity_grows_with_every_scale(scale):
    small, large = {"pagerank": ("0.00001", "0.001")}.get(scale, ("50", "5000000"))
    values = [fold_popularity(make_row(**{scale: value})) for value in ("", small, large)]
    assert values[0] <= values[1] < values[2] <= 1


def test_items_without_a_number_or_a_proper_name_are_left_out():
    rows = [make_row(qid="P31"), make_row(label=" "), make_row(label="running", kind="concept")]
    assert list(clean(rows)) == []


def test_same_source_gives_the_same_bytes(tmp_path, capsys):
    source = tmp_path / "source.tsv.xz"
    rows = [make_row(), make_row(qid="Q8", label="Lakeside", kind="place", population="5000")]
    lines = ["\t".join(FIELDS.split()), *("\t".join(row.values()) for row in rows)]
    source.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))
    outs = [tmp_path / "one.xz", tmp_path / "two.xz"]
    for out in outs:
        main(["--source", str(source), "--out", str(out)])
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert [values[1] for values in read_catalogue(outs[0])] == ["Ada Obi", "Lakeside"]
    assert capsys.readouterr().out.startswith("2 items")


def test_classes_with_a_kind_are_kept_for_dumps(tmp_path):
    source = tmp_path / "classes.tsv"
    source.write_text("qid\tlabel\tkind\tused\nQ9\tdam\tplace\t7\nQ8\tcolour\t\t5\nQ41710\tethnic group\tconcept\t3\n")
    write_classes(source, tmp_path / "out.tsv")
    kinds = load_kinds(tmp_path / "out.tsv")
    assert (kinds[9], kinds.get(8), kinds[41710], kinds[27096213]) == ("place", None, "group", "place")
