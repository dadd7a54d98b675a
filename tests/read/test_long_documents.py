"""Bad input: very long texts and sentences, tables, capitals, odd characters; offsets stay exact."""

import random
import tracemalloc
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Article, Reading
from kg.read import load_pipeline
from kg.read.components import ENTITIES
from kg.read.reader import reading_of

PARAGRAPHS = (
    "Maria Lopez won the election in Quito on Sunday. She thanked her voters, and the minister called the result fair.",
    '"We will rebuild the harbour," Tom Reed told reporters in Leeds. The mayor said his city had waited for years.',
    "The African Union (AU) sent envoys to Nairobi last week. Its chairman met them; they spoke about the river dam.",
    "Prices rose by 3 percent in June, the bank said. It expects that the growth will slow down in 2027.",
)
LONG_SENTENCE = "The envoys " + "who met the mayor of Leeds and the minister from Quito " * 273 + "left."


@pytest.fixture(scope="module")
def nlp():
    pipeline = load_pipeline(threads=2)
    return pipeline


def read(nlp, text: str) -> Reading:
    """The reading of a text, published on a day so that its times get values, with all offsets checked."""
    doc = nlp(text)
    reading = reading_of(Article("x", text, published="2026-03-04"), doc)
    assert doc.text == text
    passages = [mention.passage for entity in doc.user_data[ENTITIES] for mention in entity.mentions]
    passages += [mention.passage for entity in reading.entities for mention in entity.mentions]
    passages += [*(time.passage for time in reading.times), *reading.sentences]
    for passage in passages:
        assert 0 <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end] == passage.text
    assert all(before.end <= after.start for before, after in pairwise(reading.sentences))
    for entity in reading.entities:
        starts = [mention.passage.start for mention in entity.mentions]
        assert starts == sorted(starts)
    return reading


def make_news(words: int) -> str:
    """Paragraphs in changing order, each with a number of its own so that none is skipped as a repeated one."""
    rng, parts, count = random.Random(1), [], 0
    while count < words:
        parts.append(f"{rng.choice(PARAGRAPHS)} This was report {len(parts)}.")
        count += len(parts[-1].split())
    return "\n\n".join(parts)


def test_a_book_is_read_whole(nlp):
    """A single document of 30,000 words: a step that looks at all words for each word would take hours."""
    reading = read(nlp, make_news(30_000))
    assert len(reading.sentences) > 2_500
    assert reading.sentences[-1].text.startswith("This was report")
    lopez = next(entity for entity in reading.entities if entity.name == "Maria Lopez")
    assert {"name", "pronoun"} <= {mention.form for mention in lopez.mentions}


def test_memory_grows_no_faster_than_the_text(nlp):
    def measure_peak(words: int) -> int:
        text = make_news(words)
        tracemalloc.start()
        try:
            read(nlp, text)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    measure_peak(500)  # what is remembered from text to text is there now
    small, large = measure_peak(1_000), measure_peak(4_000)
    assert large < 6 * small


def test_a_sentence_of_three_thousand_words_is_read(nlp):
    assert len(LONG_SENTENCE.split()) > 3_000
    reading = read(nlp, LONG_SENTENCE)
    assert [entity.name for entity in reading.entities if entity.name == "Leeds"] == ["Leeds"]
    assert " ".join(sentence.text for sentence in reading.sentences) == LONG_SENTENCE


TABLE = "Town\tMayor\tVoters\n" + "".join(f"Leeds\tTom Reed\t{n}\nQuito\tMaria Lopez\t{n}0\n" for n in range(40))
LIST = "Who met in Nairobi:\n" + "".join(
    f"• Tom Reed, mayor of Leeds ({n})\n- Maria Lopez\n* Quito\n" for n in range(30)
)


@pytest.mark.parametrize(
    "text",
    [
        "Paris",
        "he",
        "2019",
        "MARIA LOPEZ WON THE ELECTION IN QUITO ON SUNDAY. SHE THANKED HER VOTERS.",
        " ".join(PARAGRAPHS).replace(".", "").replace(",", "").replace('"', "").replace(";", "") * 5,
        "Tom Reed 😀 met 👩‍👩‍👧‍👦 in Leeds 🇬🇧 on Sunday. 🎉🎉🎉 He smiled 😀😀",
        "التقى عمر بالوزير في القاهرة يوم الأحد. وقال إنه سعيد. Tom Reed met him in القاهرة.",
        "\u202eTom Reed\u202c met \u2067her\u2069 in Leeds on Sunday. \u200fHe left.",
        "\x00Tom\x01 Reed\x02 met\x1f her\x7f in\x85Leeds\x0b on\x0cSunday.\x1c He\x1d left.",
        "Tom\u00a0Reed\u2028met\u2029her in\u3000Leeds.\ufeff He\u200b left\u00ad.",
        "To\u0301m Re\u0301ed met Zoe\u0308 in Sa\u0303o Paulo. H\u0336e\u0336 left\u0301\u0301\u0301\u0301.",
        "Ｔｏｍ Ｒｅｅｄ met 𝓜𝓪𝓻𝓲𝓪 in ⅬⅩ ①②③ ﷽ ǅ ŉ ß İstanbul. He left.",
        TABLE,
        LIST,
        "Tom Reed met her.\r\nHe left.\r\r\n\rShe stayed in Leeds on Sunday.\r\n\r\nIt rained.",
        '"' * 500 + "Tom said " + "“" * 500 + " he left " + ")" * 500,
        "(Tom (Reed (met (her (in (Leeds " * 60,
        "Tom " * 3000,
        "he she it they " * 700,
        "the man the woman the city " * 500,
        "and of the, " * 800,
        "." * 5000,
        "A.\n" * 1500,
        "https://a.example/" + "x" * 30_000,
        "-" * 20_000 + " Tom Reed",
        "Leeds" * 4000,
    ],
    ids=[
        *("one name", "one pronoun", "one year", "capitals", "no punctuation", "emoji", "right to left"),
        *("direction marks", "controls", "odd blanks", "combining marks", "odd letters", "table", "list"),
        *("line ends", "quotation marks", "brackets", "one name again and again", "pronouns", "nominals"),
        *("words without content", "stops", "short lines", "a long address", "a long rule", "one long word"),
    ],
)
def test_odd_texts_are_read_with_exact_offsets(nlp, text):
    read(nlp, text)


def test_names_are_found_in_capitals_tables_and_lists(nlp):
    for text in (TABLE, LIST):
        assert {"Tom Reed", "Maria Lopez", "Leeds"} <= {entity.name for entity in read(nlp, text).entities}
    capitals = read(nlp, PARAGRAPHS[0].upper())
    assert "MARIA LOPEZ" in {entity.name for entity in capitals.entities}


ODD = st.characters(exclude_categories=["Cs"])
PIECES = st.one_of(
    st.sampled_from(["Tom Reed", "He", "the mayor", "his city", "Leeds", "on Sunday", "in June 2019", "she", "AU"]),
    st.sampled_from([" ", ". ", ", ", "\n\n", "\n", "\t", '"', "“", "”", "'s ", "(", ")", "\u202e", "\x00", "\u0301"]),
    st.text(ODD, max_size=6),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(ODD, max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_unicode_is_read_with_exact_offsets(nlp, text):
    read(nlp, text)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted({unicodedata.category(chr(code)) for code in range(0x3000)} - {"Cs"})), st.data())
def test_any_category_of_characters_is_read_with_exact_offsets(nlp, category, data):
    odd = st.text(st.characters(categories=[category]), min_size=1, max_size=5)
    words = [word + data.draw(odd) for word in ("Tom", "Reed met her on", "Sunday in", "Leeds.", "He", "left")]
    read(nlp, " ".join(words) + data.draw(odd))
