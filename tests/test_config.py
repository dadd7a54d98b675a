from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ConfigError


def test_defaults_need_no_file_and_no_variables():
    config = Config.load(environment={})
    assert config.base == "https://w3id.org/newskg/id/"
    assert (config.store.name, config.own.name, config.catalogue) == ("store", "own.sqlite", None)
    assert config.private_addresses is False


def test_each_layer_goes_before_the_one_below(tmp_path):
    file = tmp_path / "kg.toml"
    file.write_text('store = "from-file"\nthreads = 1\ntimeout = 3\n')
    environment = {"KG_THREADS": "2", "KG_TIMEOUT": "4", "HOME": "ignored"}
    config = Config.load(file, environment=environment, timeout=5.0)
    assert (config.store, config.threads, config.timeout) == (Path("from-file"), 2, 5.0)


def test_a_value_of_none_is_not_given():
    assert Config.load(environment={"KG_THREADS": "2"}, threads=None).threads == 2


def test_places_to_look_items_up_are_in_order():
    config = Config.load(environment={"KG_WIKIDATA": "catalogue, live", "KG_WIKIDATA_DAYS": "1.5"})
    assert (config.wikidata, config.wikidata_days) == ("catalogue,live", 1.5)
    assert Config.load(environment={}).wikidata == "catalogue"
    assert Config.load(environment={}).relations == "stated"
    assert Config.load(environment={"KG_RELATIONS": "implied"}).relations == "implied"


def test_the_file_may_be_named_by_a_variable(tmp_path):
    (tmp_path / "kg.toml").write_text("max_bytes = 7\n")
    assert Config.load(environment={"KG_CONFIG": str(tmp_path / "kg.toml")}).max_bytes == 7


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("colour", "red", "unknown setting 'colour' in the environment.*known are: base, cache"),
        ("threads", "-1", "'threads' .* 0 or more"),
        ("threads", "many", "'threads'"),
        ("min_score", "1.5", "from 0 to 1"),
        ("min_score", "nan", "from 0 to 1"),
        ("timeout", "0", "above 0"),
        ("timeout", "inf", "above 0"),
        ("base", "ftp://a/", "http"),
        ("base", "https://a.example/x", "ends in / or #"),
        ("base", "https://a.example/<x>/", "IRI"),
        ("store", " ", "give a path"),
        ("private_addresses", "perhaps", "true or false"),
        ("relations", "all", "give stated or implied"),
        ("wikidata", "everything", "give catalogue, live, or both"),
        ("wikidata", "live,live", "give catalogue, live, or both"),
        ("wikidata", "", "give catalogue, live, or both"),
        ("wikidata_api", "ftp://a.example/w", "give an http"),
        ("wikidata_api", "https://a.example/w?x=1", "give an http"),
        ("wikidata_query", "query.example", "give an http"),
        ("wikidata_days", "-1", "0 or more"),
        ("wikidata_days", "nan", "0 or more"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(key, value, message):
    with pytest.raises(ConfigError, match=message):
        Config.load(environment={f"KG_{key.upper()}": value})


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"threads = ", "not valid TOML"), (b"\xff\xfe", "not valid TOML"), (b"colour = 1", "unknown setting 'colour'")],
    ids=["cut", "binary", "unknown key"],
)
def test_a_broken_settings_file_is_refused(tmp_path, content, message):
    (tmp_path / "kg.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        Config.load(tmp_path / "kg.toml", environment={})


def test_a_missing_settings_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"cannot read the settings file .*no\.toml"):
        Config.load(tmp_path / "no.toml", environment={})
