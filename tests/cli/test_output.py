import io
import re

import click
import pytest

from kg.cli.output import clean_text, open_target, print_table

SENTENCE = "Acme Corp said on Friday that it would keep its plant in Leeds open, and that nobody would have to go."
ROWS = [("Leeds", SENTENCE), ("Acme Corp", "国家主席")]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def show(monkeypatch):
    """What ``print_table`` shows on a terminal of some width, without its colours."""

    def run(width):
        screen = Terminal()
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm")
        print_table(("name", "sentence"), ROWS)
        return re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())

    return run


@pytest.mark.parametrize("width", [30, 40, 70, 200])
def test_a_terminal_shows_every_value_whole_within_its_width(show, width):
    shown = show(width)
    assert all(len(line) <= width for line in shown.splitlines())
    assert "".join(SENTENCE.split()) in re.sub(r"\s|Leeds(?! open)", "", shown).replace("name", "").replace(
        "sentence", ""
    )


def test_a_narrow_terminal_shows_a_row_as_a_block(show):
    lines = show(40).splitlines()
    assert lines[0].split() == ["name", "Leeds"]
    assert lines[1].split()[:3] == ["sentence", "Acme", "Corp"]


def test_a_pipe_gets_aligned_columns_of_any_width(capsys):
    print_table(("name", "sentence"), ROWS)
    assert capsys.readouterr().out.splitlines() == [
        "name       sentence",
        f"Leeds      {SENTENCE}",
        "Acme Corp  国家主席",
    ]


def test_a_table_without_rows_is_its_header(capsys):
    print_table(("a", "b"), [])
    assert capsys.readouterr().out == "a  b\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\n\tb", "a b"), ("\x1b[2J", "\ufffd[2J"), ("a\u202eb", "a\ufffdb"), ("\ud800", "\ufffd"), ("é—国", "é—国")],
    ids=["spaces", "escape", "direction", "surrogate", "letters"],
)
def test_what_could_steer_a_terminal_is_not_printed(text, shown):
    assert clean_text(text) == shown


def test_a_file_is_replaced_only_when_it_is_whole(tmp_path):
    target = tmp_path / "graph.ttl"
    target.write_text("older")

    def write_half():
        with open_target(str(target)) as stream:
            stream.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(click.ClickException, match=r"cannot write .*graph\.ttl: no space left on device"):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert target.read_text() == "older"
    with open_target(str(target)) as stream:
        stream.write(b"newer")
    assert target.read_text() == "newer"


def test_a_link_keeps_its_place_and_its_target_is_written(tmp_path):
    (tmp_path / "real.ttl").write_text("older")
    (tmp_path / "link.ttl").symlink_to("real.ttl")
    with open_target(str(tmp_path / "link.ttl")) as stream:
        stream.write(b"newer")
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_text() == "newer"
