import os

import pytest

from kg.errors import ContentError
from kg.ingest.text import check_content, check_date, decode_text, find_headline, normalise_newlines

PLAIN = "The ministers said that they would meet again in the spring."
TYPOGRAPHIC = "The café’s “owner” said that José Pérez had not been there – not once."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(TYPOGRAPHIC.encode(), TYPOGRAPHIC, id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + TYPOGRAPHIC.encode(), TYPOGRAPHIC, id="utf-8 with mark"),
        pytest.param(b"\xff\xfe" + TYPOGRAPHIC.encode("utf-16-le"), TYPOGRAPHIC, id="utf-16 little endian"),
        pytest.param(b"\xfe\xff" + TYPOGRAPHIC.encode("utf-16-be"), TYPOGRAPHIC, id="utf-16 big endian"),
        pytest.param(TYPOGRAPHIC.encode("utf-32"), TYPOGRAPHIC, id="utf-32"),
        pytest.param(TYPOGRAPHIC.encode("cp1252"), TYPOGRAPHIC, id="windows-1252"),
        pytest.param(TYPOGRAPHIC.encode("mac_roman"), TYPOGRAPHIC, id="mac roman"),
        pytest.param("\ufeff inside \ufeff".encode(), " inside \ufeff", id="only the first mark goes"),
    ],
)
def test_text_is_decoded_by_mark_as_utf8_or_by_detection(data, expected):
    assert decode_text(data, "a.txt") == expected


def test_declared_latin1_is_read_as_windows_1252():
    assert decode_text(b"the \x93end\x94", "a.html", declared="ISO-8859-1") == "the “end”"


def test_an_unknown_declared_charset_is_ignored():
    assert decode_text("“end”".encode(), "a.html", declared="no-such") == "“end”"


def test_utf8_goes_before_a_declared_charset():
    assert decode_text("“end”".encode(), "a.html", declared="iso-8859-1") == "“end”"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"%PDF-1.7 text", "a.txt: is binary", id="pdf"),
        pytest.param(b"GIF89a text", "is binary", id="gif"),
        pytest.param(b"some\0text", "is binary", id="null character"),
        pytest.param(bytes(range(1, 9)) * 99, "is binary", id="control characters"),
        pytest.param(TYPOGRAPHIC.encode() + b" \xe2\x80 end", "broken UTF-8.* at byte", id="cut utf-8"),
        pytest.param(b"\xff\xfe\x00", "not valid utf-16-le", id="cut utf-16"),
        pytest.param("Президент встретился с министром".encode("cp1251"), "encoding that is not", id="cyrillic"),
    ],
)
def test_what_cannot_be_decoded_for_sure_is_refused(data, message):
    with pytest.raises(ContentError, match=message):
        decode_text(data, "a.txt")


def test_random_bytes_are_never_text():
    for _ in range(50):
        with pytest.raises(ContentError):
            check_content(decode_text(os.urandom(2000), "a.bin"), "a.bin")


def test_newlines_become_line_feeds():
    assert normalise_newlines("a\r\nb\rc\n\r\n") == "a\nb\nc\n\n"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        pytest.param("Plant stays open\n\nAcme said so.", "Plant stays open", id="headline"),
        pytest.param("\n  Plant stays open \nAcme said so.", "Plant stays open", id="space around"),
        pytest.param("Will the plant stay open?\nAcme said so.", "Will the plant stay open?", id="question"),
        pytest.param("Acme said so on Friday.\nIt was late.", None, id="sentence"),
        pytest.param("Friday, January 4, 2019\n\nAcme said so.", None, id="date line"),
        pytest.param("By Ann Bee\n\nAcme said so.", None, id="byline"),
        pytest.param("London\n\nAcme said so.", None, id="one word"),
        pytest.param("Plant stays open", None, id="nothing follows"),
        pytest.param("word " * 40 + "\n\nAcme said so.", None, id="too long"),
        pytest.param("and then they left\n\nAcme said so.", None, id="lower case"),
    ],
)
def test_the_first_line_is_the_title_only_when_it_reads_like_one(text, headline):
    assert find_headline(text) == headline


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2020-01-07", "2020-01-07"),
        (" 2020-01-07 ", "2020-01-07"),
        ("2020-01-07T09:30:00Z", "2020-01-07T09:30:00Z"),
        ("2020-01-07 09:30", "2020-01-07T09:30:00"),
        ("2020-01-07T09:30+02:00", "2020-01-07T09:30:00+02:00"),
    ],
)
def test_dates_are_kept_in_iso_form(given, kept):
    assert check_date(given) == kept


@pytest.mark.parametrize(
    "given", ["", "yesterday", "7.1.2020", "2020-13-01", "2020-02-30", "2020", "2020-W02", "20200107"]
)
def test_what_is_no_date_is_refused(given):
    with pytest.raises(ValueError, match=r"no date|month|day|out of range"):
        check_date(given)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN, id="sentence"),
        pytest.param("Berlin", id="one word"),
        pytest.param("Ibrahim Traoré, Ouagadougou", id="names only"),
        pytest.param("Le Monde and Der Spiegel said that they had not been told. " * 3, id="foreign names"),
        pytest.param("2-1 3-0 4:15", id="no letters"),
        pytest.param(PLAIN + " “我们会再见面”, 习近平 added.", id="a quotation in another script"),
    ],
)
def test_english_and_what_may_be_english_passes(text):
    assert check_content(text, "a.txt") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "holds no text", id="empty"),
        pytest.param(" \n\t\u00a0", "holds no text", id="blank"),
        pytest.param("a\ud800b", "lone surrogate.* at offset 1", id="surrogate"),
        pytest.param("Президент встретился с министром обороны.", "not English", id="russian"),
        pytest.param("国家主席今天会见了外国客人。", "not English", id="chinese"),
        pytest.param("Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen.", "'de'", id="german"),
        pytest.param("Le gouvernement a présenté mardi son projet de budget pour l’année.", "'fr'", id="french"),
        pytest.param("El presidente dijo el martes que no habrá cambios en el gobierno.", "'es'", id="spanish"),
        pytest.param("De minister zei dinsdag dat het kabinet geen nieuwe plannen heeft.", "'nl'", id="dutch"),
    ],
)
def test_other_languages_and_empty_texts_are_refused(text, message):
    with pytest.raises(ContentError, match=message):
        check_content(text, "a.txt")
