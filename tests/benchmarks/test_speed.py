"""Timing of commands; no test depends on how long one takes."""

import os
import sys

import pytest

from benchmarks.speed import describe_machine, make_environment, time_command


def test_command_is_timed_with_its_own_peak_memory():
    ballast = bytearray(300_000_000)  # must not count: it is this process's
    seconds, gigabytes = time_command([sys.executable, "-S", "-c", "b = b'x' * 80_000_000"], dict(os.environ))
    assert len(ballast) == 300_000_000
    assert seconds > 0
    assert 0.08 < gigabytes < 0.25


def test_failed_command_says_why():
    with pytest.raises(RuntimeError, match="no such thing"):
        time_command([sys.executable, "-c", "import sys; sys.exit('no such thing')"], dict(os.environ))


def test_settings_of_the_user_do_not_reach_the_measured_command(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_MIN_SCORE", "0.1")
    environment = make_environment(tmp_path)
    assert {name for name in environment if name.startswith("KG_")} == {"KG_CACHE", "KG_OWN", "KG_STORE"}
    assert environment["KG_CACHE"].startswith(str(tmp_path))


def test_machine_is_named_with_its_cores():
    assert describe_machine().endswith(f"{os.cpu_count()} cores")
