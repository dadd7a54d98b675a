"""The tokenizer on text without spaces."""

import pytest
import spacy

from kg.read.tokenizer import LONGEST, LinearTokenizer, make_tokenizer


@pytest.fixture(scope="module")
def plain():
    return spacy.blank("en").tokenizer


@pytest.fixture(scope="module")
def linear(plain):
    return LinearTokenizer(plain, plain.vocab)


@pytest.mark.parametrize("text", ["", " ", "Mr. Roe didn't pay $5.", "a" * LONGEST, "x  \n y"], ids=repr)
def test_usual_text_has_the_usual_tokens(plain, linear, text):
    assert [t.text_with_ws for t in linear(text)] == [t.text_with_ws for t in plain(text)]


@pytest.mark.parametrize("mark", ['"', "(", "...", "a.", "'s", "😀", "“", "1,"], ids=repr)
def test_thirty_thousand_marks_in_a_row_are_cut(linear, mark):
    """Looked at as one, these take spaCy many minutes."""
    text = f"He said {mark * 30_000} and left."
    doc = linear(text)
    assert doc.text == text
    assert doc[-2].text == "left"


def test_a_long_address_stays_whole(linear):
    address = "https://news.example/" + "a-long-headline-" * 20 + "end"
    assert address in [token.text for token in linear(f"See {address} for more.")]


def test_text_after_a_long_address_is_cut(linear):
    text = "https://news.example/" + "((" * 5000
    assert linear(text).text == text


def test_an_abbreviated_country_is_parted_from_what_it_leads():
    words = [token.text for token in make_tokenizer(spacy.blank("en"))("U.S.-led talks with J.-P. Roe")]
    assert words == ["U.S.", "-", "led", "talks", "with", "J.-P.", "Roe"]
