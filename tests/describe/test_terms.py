import pytest

from kg.describe.terms import clean_url, format_literal, format_score, format_time, make_slug, normalise_name

XSD = "http://www.w3.org/2001/XMLSchema#"

TIMES = {
    "date": ("2020-01-07", '"2020-01-07"', "date"),
    "basic date": ("20200107", '"2020-01-07"', "date"),
    "utc": ("2020-01-07T09:00:00+00:00", '"2020-01-07T09:00:00Z"', "dateTime"),
    "offset": ("2020-01-07T09:00:00-05:00", '"2020-01-07T09:00:00-05:00"', "dateTime"),
    "offset that XSD lacks": ("2020-01-07T09:00:00+20:00", '"2020-01-06T13:00:00Z"', "dateTime"),
    "no zone": ("2020-01-07 09:00", '"2020-01-07T09:00:00"', "dateTime"),
    "fraction": ("2020-01-07T09:00:00.250000Z", '"2020-01-07T09:00:00.25Z"', "dateTime"),
    "month": ("2020-01", '"2020-01"', "gYearMonth"),
    "year": ("2020", '"2020"', "gYear"),
}


@pytest.mark.parametrize(("given", "text", "datatype"), TIMES.values(), ids=TIMES)
def test_times_get_the_type_they_have(given, text, datatype):
    assert format_time(given) == f"{text}^^<{XSD}{datatype}>"


@pytest.mark.parametrize(
    "given",
    [None, "", "yesterday", "2020-13", "2020-02-30", "2020-W02", "0000", "٢٠٢٠", "9999-12-31T23:00-20:00"],
)
def test_what_is_no_time_gives_nothing(given):
    assert format_time(given) is None


URLS = {
    "plain": ("https://a.example/b?c=d&e=%20f#g", "https://a.example/b?c=d&e=%20f#g"),
    "spaces and quotes": (' http://a.example/b c"<>', "http://a.example/b%20c%22%3C%3E"),
    "stray percent": ("http://a.example/100%", "http://a.example/100%25"),
    "not ASCII": ("http://ä.example/ü?ö", "http://%C3%A4.example/%C3%BC?%C3%B6"),
    "brackets": ("http://a.example/[1]?x[]=2", "http://a.example/%5B1%5D?x%5B%5D=2"),
    "six": ("http://[::1]:80/a", "http://[::1]:80/a"),
    "tag": ("tag:a.example,2020:x", "tag:a.example,2020:x"),
    "surrogate": ("http://a.example/\ud800", "http://a.example/%ED%A0%80"),
}


@pytest.mark.parametrize(("given", "legal"), URLS.values(), ids=URLS)
def test_urls_are_made_legal(given, legal):
    assert clean_url(given) == legal


@pytest.mark.parametrize(
    "given", [None, "", "file.txt", "/a/b", "http:///x", "http://[::zz]/", "http://a[b]/", "http://a:x/", "http:"]
)
def test_what_is_no_absolute_url_gives_nothing(given):
    assert clean_url(given) is None


LITERALS = {
    "quotes and slashes": ('a"b\\c', r'"a\"b\\c"'),
    "breaks": ("a\nb\rc\td", r'"a\nb\rc\td"'),
    "controls": ("\x00\x0b\x85\u2028", r'"\u0000\u000B\u0085\u2028"'),
    "lone surrogate": ("a\ud800b", '"a\ufffdb"'),
    "astral": ("a😀b", '"a😀b"'),
}


@pytest.mark.parametrize(("given", "written"), LITERALS.values(), ids=LITERALS)
def test_literals_are_escaped(given, written):
    assert format_literal(given) == written


def test_language_that_is_none_is_left_out():
    assert format_literal("a", language="en-GB") == '"a"@en-gb'
    assert format_literal("a", language="zh-Hant-TW") == '"a"@zh-hant-tw'
    assert format_literal("a", language='en" <x>') == '"a"'
    assert format_literal("a", language="AA-0") == '"a"'  # an extension without a value, which parsers refuse


@pytest.mark.parametrize(("score", "text"), [(0.0, "0"), (1.0, "1"), (0.94, "0.94"), (0.123456, "0.1235"), (1e-9, "0")])
def test_scores_are_short_decimals(score, text):
    assert format_score(score) == f'"{text}"^^<{XSD}decimal>'


def test_names_are_compared_without_case_and_width():
    assert normalise_name(" Ａda\n QUIST ") == normalise_name("ada quist")


def test_slugs_are_short_and_ascii():
    assert make_slug("Łódź, São Paulo!") == "odz-sao-paulo"
    assert make_slug("北京") == ""
    assert len(make_slug("x" * 99)) == 40
