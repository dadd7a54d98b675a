"""What can happen to a store in a directory: locks, damage, kills, full disks."""

import os
import signal
import subprocess
import sys
import time

import pytest

from kg.errors import StoreError
from kg.store import open_store

A = "http://x.example/a"


def quads(value: str, number: int = 1) -> list[str]:
    return [f'<http://x.example/s{i}> <http://x.example/says> "{value}" <{A}> .' for i in range(number)]


def values(store) -> set[str]:
    return {str(row[0]) for row in store.select("SELECT ?o { ?s ?p ?o }").rows}


def start(code: str, *arguments: object) -> subprocess.Popen:
    """Runs Python code in another process; it has ``open_store`` and ``quads``, and its arguments in ``sys.argv``."""
    head = (
        "import sys, time\nfrom pathlib import Path\nfrom kg.store import open_store\n"
        "def quads(value, number=1):\n"
        "    line = '<http://x.example/s{}> <http://x.example/says> \"{}\" <http://x.example/a> .'\n"
        "    return [line.format(i, value) for i in range(number)]\n"
        "path = Path(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", head + code, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "store"
    with open_store(path) as store:
        store.replace_graph(A, quads("kept"))
    return path


@pytest.fixture
def locked(filled):
    """A store that another process has open and has written to."""
    code = (
        "store = open_store(path)\nstore.replace_graph('http://x.example/a', quads('new'))\n"
        "print('ready', flush=True)\nsys.stdin.read()"
    )
    holder = start(code, filled)
    assert holder.stdout.readline() == "ready\n"
    yield filled
    holder.communicate()


def test_stored_graphs_outlive_the_process(filled):
    with open_store(filled) as store:
        assert values(store) == {"kept"}


def test_second_writer_is_told_to_wait(locked):
    with pytest.raises(StoreError, match="is in use by another process; wait until that has ended"):
        open_store(locked)


def test_second_writer_of_the_same_process_is_told_too(filled):
    with open_store(filled), pytest.raises(StoreError, match="is in use"):
        open_store(filled)


def test_reader_sees_what_a_running_writer_has_committed(locked):
    with open_store(locked, read_only=True) as store:
        assert values(store) == {"new"}


def test_reader_keeps_its_view_and_hinders_no_writer(filled):
    with open_store(filled, read_only=True) as reader, open_store(filled) as writer:
        writer.replace_graph(A, quads("later"))
        assert values(reader) == {"kept"}
        assert values(writer) == {"later"}


def test_reader_cannot_write(filled):
    with open_store(filled, read_only=True) as store:
        with pytest.raises(StoreError, match="opened to be read only"):
            store.replace_graph(A, quads("new"))
        with pytest.raises(StoreError, match="opened to be read only"):
            store.delete_graph(A)
        assert values(store) == {"kept"}


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}], ids=["read only", "not to create"])
def test_missing_store_is_not_made(tmp_path, options):
    for path in (tmp_path / "none", tmp_path / "none" / "deeper", tmp_path):
        with pytest.raises(StoreError, match=r"there is no store at .*; fill one with kg populate"):
            open_store(path, **options)
    assert list(tmp_path.iterdir()) == []


def test_missing_directories_are_made(tmp_path):
    with open_store(tmp_path / "a" / "b") as store:
        store.replace_graph(A, quads("x"))
    assert (tmp_path / "a" / "b" / "CURRENT").is_file()


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match=r"is a directory|cannot be a directory|is a file"):
            open_store(path)
    assert (tmp_path / "file").read_text() == "x"


def test_directory_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(StoreError, match="holds other files and is no store"):
        open_store(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may do everything")
def test_no_permission_says_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match=r"no permission to open|cannot open"):
        open_store(tmp_path / "store")


def damage_manifest(path):
    next(path.glob("MANIFEST-*")).write_bytes(b"\xff" * 4096)


def damage_tables(path):
    for file in path.glob("*.sst"):
        file.write_bytes(os.urandom(file.stat().st_size))


def cut_tables(path):
    for file in path.glob("*.sst"):
        file.write_bytes(file.read_bytes()[:100])


def remove_tables(path):
    for file in path.glob("*.sst"):
        file.unlink()


def damage_current(path):
    (path / "CURRENT").write_text("nonsense")


def remove_current(path):
    (path / "CURRENT").unlink()


DAMAGES = [damage_manifest, damage_tables, cut_tables, remove_tables, damage_current, remove_current]


@pytest.mark.parametrize("read_only", [False, True], ids=["writer", "reader"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_store_says_so_and_loses_no_more(filled, damage, read_only):
    damage(filled)
    before = {file.name: file.read_bytes() for file in filled.glob("*.sst")}
    with (
        pytest.raises(StoreError, match=r"is damaged.*put back a copy") as caught,
        open_store(filled, read_only=read_only) as store,
    ):
        values(store)
    assert "\n" not in str(caught.value)
    assert {file.name: file.read_bytes() for file in filled.glob("*.sst")} == before


def test_kill_at_any_moment_leaves_the_old_or_the_new_graph(filled):
    code = (
        "store = open_store(path)\nprint('ready', flush=True)\n"
        "while True:\n"
        "    for value in ('one', 'two'): store.replace_graph('http://x.example/a', quads(value, 2000))"
    )
    for pause in (0.03, 0.1, 0.17, 0.31):
        writer = start(code, filled)
        assert writer.stdout.readline() == "ready\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        with open_store(filled) as store:
            held = [str(row[0]) for row in store.select("SELECT ?o { ?s ?p ?o }").rows]
        assert len(set(held)) == 1
        assert len(held) == (1 if held[0] == "kept" else 2000)


def test_full_disk_says_so_and_keeps_what_was_stored(filled):
    # A limit on the size of files fails the same writes as a full disk does.
    code = (
        "import resource\nfrom kg.errors import StoreError\n"
        "store = open_store(path)\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    for number in range(9): store.replace_graph('http://x.example/a', quads('big' * 9 + str(number), 3000))\n"
        "except StoreError as error: print(error)\n"
    )
    out, errors = start(code, filled).communicate()
    assert "the disk is full, so nothing can be written to the store" in out, errors
    with open_store(filled) as store:
        assert values(store) == {"kept"}


def test_reader_of_a_busy_store_always_sees_whole_graphs(filled):
    code = (
        "store = open_store(path)\nprint('ready', flush=True)\nend = time.time() + 3\n"
        "while time.time() < end:\n"
        "    for value in ('one', 'two'): store.replace_graph('http://x.example/a', quads(value, 1500))"
    )
    writer = start(code, filled)
    assert writer.stdout.readline() == "ready\n"
    seen = 0
    while writer.poll() is None:
        with open_store(filled, read_only=True) as store:
            held = [str(row[0]) for row in store.select("SELECT ?o { ?s ?p ?o }").rows]
        assert len(set(held)) == 1
        seen += 1
    assert seen > 1
    assert writer.communicate() == ("", "")
