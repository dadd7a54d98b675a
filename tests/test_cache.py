import subprocess
import sys

import pytest

from kg.cache import hold_lock, replace_atomically


def test_a_file_appears_whole_when_the_block_ends(tmp_path):
    with replace_atomically(tmp_path / "index") as part:
        part.write_text("new")
        assert not (tmp_path / "index").exists()
    assert (tmp_path / "index").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_block_that_fails_leaves_the_older_file(tmp_path):
    (tmp_path / "index").write_text("old")

    def write_half():
        with replace_atomically(tmp_path / "index") as part:
            part.write_text("half")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write_half()
    assert (tmp_path / "index").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_lock_keeps_another_process_waiting(tmp_path):
    code = (
        "import sys; from pathlib import Path; from kg.cache import hold_lock\n"
        "print('asking', flush=True)\n"
        "with hold_lock(Path(sys.argv[1])): print(Path(sys.argv[2]).read_text())"
    )
    with hold_lock(tmp_path / "lock"):
        command = [sys.executable, "-c", code, str(tmp_path / "lock"), str(tmp_path / "shared")]
        other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert other.stdout.readline() == "asking\n"
        (tmp_path / "shared").write_text("written under the lock")
    assert other.communicate()[0] == "written under the lock\n"
