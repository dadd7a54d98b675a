"""Which names of one article become one entity."""

import pytest

from kg.model import Passage
from kg.read.joining import Found, join_names


def find(text, *names):
    """The names, each (surface, kind), looked up one after another in the text."""
    at, found = 0, []
    for surface, kind in names:
        start = text.index(surface, at)
        found.append(Found(Passage(start, start + len(surface), surface), kind))
        at = start + len(surface)
    return found


def joined(text, *names):
    return [(entity.name, [m.passage.text for m in entity.mentions]) for entity in join_names(find(text, *names), text)]


def test_surname_and_title_join_the_full_name():
    text = "Roe spoke. Ms Jo Roe left. President Roe returned."
    people = joined(text, ("Roe", "person"), ("Ms Jo Roe", "person"), ("President Roe", "person"))
    assert people == [("Jo Roe", ["Roe", "Ms Jo Roe", "President Roe"])]


def test_two_people_with_one_surname_stay_two():
    text = "Ann Lee met Bob Lee. Ann Lee spoke first, Lee said."
    people = joined(text, ("Ann Lee", "person"), ("Bob Lee", "person"), ("Ann Lee", "person"), ("Lee", "person"))
    assert people == [("Ann Lee", ["Ann Lee", "Ann Lee", "Lee"]), ("Bob Lee", ["Bob Lee"])]


def test_a_company_is_one_with_and_without_its_trade():
    text = "Roe Airlines flew. Roe had planes. Roe Entertainment sang."
    known = (("Roe Airlines", "organisation"), ("Roe", "organisation"))
    assert joined(text, *known) == [("Roe Airlines", ["Roe Airlines", "Roe"])]
    assert len(joined(text, *known, ("Roe Entertainment", "organisation"))) == 3  # which of the two is not told


def test_a_place_is_one_with_and_without_what_it_is_in_small_letters():
    text = "Roevale province voted. Roevale is far. Roevale airport shut."
    places = joined(text, ("Roevale province", "place"), ("Roevale", "place"), ("Roevale airport", "place"))
    assert places == [("Roevale", ["Roevale province", "Roevale"]), ("Roevale airport", ["Roevale airport"])]


def test_transliterated_and_misspelt_names_join():
    text = "Yusuf Karimov came. Yousuf Karimov and Karimvo, said Karimov."
    people = joined(
        text, ("Yusuf Karimov", "person"), ("Yousuf Karimov", "person"), ("Karimvo", "person"), ("Karimov", "person")
    )
    assert len(people) == 1


def test_misspelling_does_not_join_two_frequent_names():
    text = "Hanson met Hansen. Hanson left. Hansen stayed."
    people = joined(text, ("Hanson", "person"), ("Hansen", "person"), ("Hanson", "person"), ("Hansen", "person"))
    assert len(people) == 2


def test_mother_and_daughter_with_much_the_same_name_stay_two():
    text = "Ann Roe died. Her mother, Ann May Roe, was a singer. Roe was 95."
    people = joined(text, ("Ann Roe", "person"), ("Ann May Roe", "person"), ("Roe", "person"))
    assert people == [("Ann Roe", ["Ann Roe", "Roe"]), ("Ann May Roe", ["Ann May Roe"])]


def test_a_surname_that_may_be_either_of_two_stays_alone():
    text = "Ann Lee met Bob Lee. Lee spoke first."
    people = joined(text, ("Ann Lee", "person"), ("Bob Lee", "person"), ("Lee", "person"))
    assert [name for name, _ in people] == ["Ann Lee", "Bob Lee", "Lee"]


@pytest.mark.parametrize(
    ("full", "short"),
    [("Sami al-Karim", "al-Karim"), ("Jo de Roe", "De Roe"), ('James "Jim" Roe, Jr.', "Roe"), ("Jo Roe, Jr.", "Roe")],
    ids=["hyphen", "capital particle", "nickname", "suffix"],
)
def test_a_surname_with_its_particle_joins_the_full_name(full, short):
    text = f"{full} spoke. {short} left."
    assert len(joined(text, (full, "person"), (short, "person"))) == 1


def test_a_double_surname_joins_the_full_name():
    text = "Jo Roe-Lee spoke. Roe-Lee left, and Rep. Roe-Lee said so to Max Lee."
    people = joined(
        text, ("Jo Roe-Lee", "person"), ("Roe-Lee", "person"), ("Rep. Roe-Lee", "person"), ("Max Lee", "person")
    )
    assert people == [("Jo Roe-Lee", ["Jo Roe-Lee", "Roe-Lee", "Rep. Roe-Lee"]), ("Max Lee", ["Max Lee"])]


def test_a_double_first_name_does_not_join_a_double_surname():
    text = "Ann-May Roe met Jo Lee-Fox. Ann-May left."
    people = joined(text, ("Ann-May Roe", "person"), ("Jo Lee-Fox", "person"), ("Ann-May", "person"))
    assert [name for name, _ in people] == ["Ann-May Roe", "Jo Lee-Fox", "Ann-May"]


def test_an_office_turned_round_is_the_same_office():
    text = "The Ministry of Defence spoke. The Defence Ministry denied it. The Finance Ministry left."
    names = [(name, "organisation") for name in ("Ministry of Defence", "Defence Ministry", "Finance Ministry")]
    assert [name for name, _ in joined(text, *names)] == ["Ministry of Defence", "Finance Ministry"]


def test_acronym_joins_its_long_name():
    text = "The World Food Programme said. WFP staff."
    things = joined(text, ("World Food Programme", "organisation"), ("WFP", "organisation"))
    assert things == [("World Food Programme", ["World Food Programme", "WFP"])]


def test_acronym_of_a_longer_name_does_not_join_the_end_of_it():
    text = "The Clinic for Heart Care of Port Leeds (CHPL) opened. CHPL is in Port Leeds."
    names = [("Port Leeds", "place"), ("CHPL", "organisation"), ("CHPL", "organisation"), ("Port Leeds", "place")]
    assert joined(text, *names) == [("Port Leeds", ["Port Leeds"] * 2), ("CHPL", ["CHPL"] * 2)]


def test_acronym_in_brackets_joins_whatever_its_letters():
    text = "The Federal Security Service (FSB) said so. The FSB denied it."
    things = joined(
        text, ("Federal Security Service", "organisation"), ("FSB", "organisation"), ("FSB", "organisation")
    )
    assert things == [("Federal Security Service", ["Federal Security Service", "FSB", "FSB"])]


def test_name_without_its_country_joins():
    text = "Kenya said. The Kenya Electricity Board met. Electricity Board staff."
    things = joined(
        text, ("Kenya", "place"), ("Kenya Electricity Board", "organisation"), ("Electricity Board", "organisation")
    )
    assert [name for name, _ in things] == ["Kenya", "Kenya Electricity Board"]


def test_company_suffix_is_no_difference():
    text = "Acme Corp. closed. Acme said no."
    assert len(joined(text, ("Acme Corp.", "organisation"), ("Acme", "organisation"))) == 1


def test_people_of_a_country_are_not_the_country():
    text = "Iran and Iranians. Iran again."
    assert len(joined(text, ("Iran", "place"), ("Iranians", "group"), ("Iran", "place"))) == 2


def test_a_people_is_not_the_adjective_of_its_country():
    text = "Kenyans and a Kenyan minister."
    assert len(joined(text, ("Kenyans", "group"), ("Kenyan", "group"))) == 2


def test_one_stray_kind_is_outvoted():
    text = "Volta rose. Volta fell. Volta stayed."
    entities = join_names(find(text, ("Volta", "place"), ("Volta", "person"), ("Volta", "place")), text)
    assert [(e.kind, len(e.mentions)) for e in entities] == [("place", 3)]


def test_city_and_person_of_one_name_stay_apart():
    text = "George Washington. Washington lies there. In Washington."
    entities = join_names(
        find(text, ("George Washington", "person"), ("Washington", "person"), ("Washington", "place")), text
    )
    assert [e.kind for e in entities] == ["person", "place"]


def test_possessive_body_gives_two_entities_with_right_offsets():
    text = "The National Guard Corps' Desert Force left."
    entities = join_names(find(text, ("National Guard Corps' Desert Force", "organisation")), text)
    for entity in entities:
        passage = entity.mentions[0].passage
        assert text[passage.start : passage.end] == passage.text
    assert [e.name for e in entities] == ["National Guard Corps", "Desert Force"]


def test_a_ship_and_a_storm_are_themselves_without_the_word_for_them():
    text = "MV Roe sailed. Typhoon Lee hit Roe. Lee passed. Lee Roe fell."
    things = joined(
        text,
        ("MV Roe", "product"),
        ("Typhoon Lee", "event"),
        ("Roe", "product"),
        ("Lee", "event"),
        ("Lee Roe", "place"),
    )
    assert things == [("MV Roe", ["MV Roe", "Roe"]), ("Typhoon Lee", ["Typhoon Lee", "Lee"]), ("Lee Roe", ["Lee Roe"])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Linda and Peter Marsh, a married couple, fled.", "Linda Marsh"),
        ("His parents, Linda & Peter van der Marsh, fled.", "Linda van der Marsh"),
        ("Linda and Peter Marsh sang on Monday.", "Linda"),
        ("Brandeis and Peter Marsh told the family.", "Brandeis"),
        ("The wife of Linda and the husband of Peter Marsh fled.", "Linda"),
    ],
    ids=["couple", "particles", "no family", "no first name", "not side by side"],
)
def test_a_first_name_has_the_surname_of_a_relative_beside_it(text, name):
    first, other = name.split()[0], text[text.index("Peter") :].split(",")[0].split(" fled")[0].split(" sang")[0]
    other = other.removesuffix(" told the family.")
    assert joined(text, (first, "person"), (other, "person"))[0] == (name, [first])


def test_a_surname_that_is_a_first_name_stays_beside_a_relative():
    text = "Grace Linda met the family. Then Linda and Peter Marsh left."
    people = joined(text, ("Grace Linda", "person"), ("Linda", "person"), ("Peter Marsh", "person"))
    assert people == [("Grace Linda", ["Grace Linda", "Linda"]), ("Peter Marsh", ["Peter Marsh"])]


def test_ids_follow_the_text():
    text = "Bonn, Rome, Bonn"
    entities = join_names(find(text, ("Bonn", "place"), ("Rome", "place"), ("Bonn", "place")), text)
    assert [(e.id, e.name) for e in entities] == [("e1", "Bonn"), ("e2", "Rome")]


@pytest.mark.parametrize("names", [[], [Found(Passage(0, 1, "-"), "other")]], ids=["none", "no letter"])
def test_nothing_gives_nothing(names):
    assert join_names(names, "-") == ()


def test_no_name_is_lost_where_one_that_it_could_join_has_joined_another():
    text = "MV Hurricane Roe sailed. Hurricane Roe sank. Roe was lost."
    things = joined(text, ("MV Hurricane Roe", "product"), ("Hurricane Roe", "product"), ("Roe", "product"))
    assert things == [("MV Hurricane Roe", ["MV Hurricane Roe", "Hurricane Roe"]), ("Roe", ["Roe"])]


@pytest.mark.parametrize(
    ("text", "names", "count"),
    [
        (
            "the House of Elders met. The House voted.",
            (("House of Elders", "organisation"), ("House", "organisation")),
            1,
        ),
        ("The Senate met. The Leeds Senate, too.", (("Senate", "organisation"), ("Leeds Senate", "organisation")), 2),
        (
            "Blue Bank of Leeds, Blue Bank of York. Blue Bank said",
            (
                ("Blue Bank of Leeds", "organisation"),
                ("Blue Bank of York", "organisation"),
                ("Blue Bank", "organisation"),
            ),
            3,
        ),
        ("America and the US agree", (("America", "place"), ("US", "place")), 1),
        ("Tam Elmer Roe Lee spoke. Roe Lee left", (("Tam Elmer Roe Lee", "person"), ("Roe Lee", "person")), 1),
        ("Ana Perez Solis spoke. Perez left", (("Ana Perez Solis", "person"), ("Perez", "person")), 1),
        ("Ana Mark Solis spoke. Mark left", (("Ana Mark Solis", "person"), ("Mark", "person")), 2),
        (
            "Ana Perez Solis met Bo Perez. Perez left",
            (("Ana Perez Solis", "person"), ("Bo Perez", "person"), ("Perez", "person")),
            2,
        ),
        ("the Board of Sea Rescue ( BSR ) met", (("Board of Sea Rescue", "organisation"), ("BSR", "organisation")), 1),
    ],
    ids=[
        "short form",
        "a common word before it",
        "two that it may be",
        "country",
        "two surnames",
        "first of two surnames",
        "a first name between",
        "another of that surname",
        "spaced bracket",
    ],
)
def test_short_forms_and_second_names_join_what_they_must_mean(text, names, count):
    assert len(join_names(find(text, *names), text)) == count


@pytest.mark.parametrize(
    ("text", "names", "mentions"),
    [
        ("Port Leeds Port Leeds is old. Port Leeds grew", ["Port Leeds Port Leeds", "Port Leeds"], ["Port Leeds"] * 3),
        ("Pago Pago is old", ["Pago Pago"], ["Pago Pago"]),
    ],
    ids=["a headline and the text", "one name"],
)
def test_a_name_that_stands_twice_is_two(text, names, mentions):
    [(_, found)] = joined(text, *((name, "place") for name in names))
    assert found == mentions


@pytest.mark.parametrize(
    ("text", "names", "people"),
    [
        (
            "Roe was jailed. His wife, the writer Ann Roe, left.",
            [("Roe", "person"), ("Ann Roe", "person")],
            [("Roe", ["Roe"]), ("Ann Roe", ["Ann Roe"])],
        ),
        (
            "Jo Roe Jr. spoke. Her father, Jo Roe, ruled.",
            [("Jo Roe Jr.", "person"), ("Jo Roe", "person")],
            [("Jo Roe Jr.", ["Jo Roe Jr."]), ("Jo Roe", ["Jo Roe"])],
        ),
        (
            "Jo Roe is a son of the late coach Al Roe. The elder Roe died.",
            [("Jo Roe", "person"), ("Al Roe", "person"), ("Roe", "person")],
            [("Jo Roe", ["Jo Roe"]), ("Al Roe", ["Al Roe"]), ("Roe", ["Roe"])],
        ),
        ("Ann Lee KC spoke. Ms Lee left.", [("Ann Lee KC", "person"), ("Ms Lee", "person")], [("Ann Lee KC",
            ["Ann Lee KC", "Ms Lee"])]),
    ],
    ids=["before a relative", "junior and father", "the elder", "letters behind"],
)  # fmt: skip
def test_relatives_are_not_taken_for_one_another(text, names, people):
    assert joined(text, *names) == people


def test_a_firm_of_partners_is_called_by_the_first_of_them():
    names = (("Roe & Hall", "organisation"), ("Roe", "organisation"))
    assert joined("Roe & Hall grew. Roe is strong.", *names) == [("Roe & Hall", ["Roe & Hall", "Roe"])]
