"""A dump is read whatever compresses it, from where it was left, and what is cut or damaged is told."""

import bz2
import gzip
import io
import lzma
import sys

import pytest

from kg.errors import DumpError
from kg.link.dump import CutDump, Dump, Start

LINES = [b"["] + [b'{"id": "Q%d"},' % n for n in range(1, 200)] + [b'{"id": "Q200"}', b"]"]
TEXT = b"\n".join(LINES) + b"\n"


def compress_zstandard(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").compress(data)


PACKERS = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": compress_zstandard,
}
each_packer = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)


def write(path, data):
    path.write_bytes(data)
    return str(path)


def read(name, start=None, **options):
    with Dump.open(name) as dump:
        return list(dump.read_blocks(start or Start(), **options))


@each_packer
def test_all_lines_are_given_in_blocks(tmp_path, pack):
    blocks = read(write(tmp_path / "dump", pack(TEXT)), size=100)
    assert b"".join(block.data for block in blocks) == TEXT
    assert blocks[0].first == 1
    assert [b.first for b in blocks[1:]] == [a.first + a.lines for a in blocks[:-1]]
    assert sum(block.lines for block in blocks) == len(LINES)


@pytest.mark.parametrize("pack", list(PACKERS.values())[1:], ids=list(PACKERS)[1:])
def test_parts_that_were_packed_one_by_one_are_one_dump(tmp_path, pack):
    blocks = read(write(tmp_path / "dump", pack(TEXT[:1000]) + pack(TEXT[1000:])))
    assert b"".join(block.data for block in blocks) == TEXT


@each_packer
def test_reading_goes_on_where_it_was_left(tmp_path, pack):
    name = write(tmp_path / "dump", b"".join(pack(TEXT[n : n + 500]) for n in range(0, len(TEXT), 500)))
    whole = read(name, size=100)
    for done in (0, 3, len(whole) - 1):
        left = whole[done]
        start = Start(left.first - 1 + left.lines, left.end, left.crc)
        rest = read(name, start, size=100)
        assert b"".join(block.data for block in rest) == TEXT[left.end :]
        assert [block.first for block in rest][:1] == [start.lines + 1][: len(rest)]


def test_another_dump_is_not_gone_on_with(tmp_path):
    block = read(write(tmp_path / "dump", TEXT), size=100)[3]
    start = Start(block.first - 1 + block.lines, block.end, block.crc)
    for other in (TEXT.replace(b"Q1", b"Q8"), TEXT[:20]):
        with pytest.raises(DumpError, match="is not the dump that was begun with"):
            read(write(tmp_path / "other", other), start)


@pytest.mark.parametrize("pack", list(PACKERS.values())[1:], ids=list(PACKERS)[1:])
def test_a_compressed_dump_that_ends_in_the_middle_is_told_after_its_lines(tmp_path, pack):
    packed = pack(TEXT * 300)
    with Dump.open(write(tmp_path / "dump", packed[: len(packed) // 2])) as dump:
        seen = []
        with pytest.raises(CutDump, match="ends in the middle, after byte"):
            seen.extend(block.data for block in dump.read_blocks(Start()))
    assert (TEXT * 300).startswith(b"".join(seen))
    assert all(data.endswith(b"\n") for data in seen)


@pytest.mark.parametrize("cut", [TEXT[:500], TEXT[:-2], TEXT[:-20]], ids=["in-a-line", "bracket", "last-entity"])
def test_a_plain_dump_that_ends_in_the_middle_is_told(tmp_path, cut):
    with pytest.raises(CutDump, match="ends in the middle, after line"):
        read(write(tmp_path / "dump", cut))


@pytest.mark.parametrize("name", ["gz", "bz2", "xz"])
def test_damage_in_a_compressed_dump_is_told(tmp_path, name):
    packed = bytearray(PACKERS[name](TEXT * 300))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\x5a" * 40
    with pytest.raises(CutDump, match=r"is damaged at byte|ends in the middle"):
        read(write(tmp_path / "dump", bytes(packed)))


def test_lines_without_an_array_may_end_anywhere(tmp_path):
    blocks = read(write(tmp_path / "dump", b'{"id": "Q1"}\n{"id": "Q2"}'))
    assert b"".join(block.data for block in blocks) == b'{"id": "Q1"}\n{"id": "Q2"}'


def test_a_huge_line_is_passed_over_without_being_kept(tmp_path):
    text = b"[\n" + b'{"id": "Q1"},\n' + b'"' + b"x" * 5000 + b'",\n' + b'{"id": "Q3"}\n]\n'
    blocks = read(write(tmp_path / "dump", text), size=100, longest=1000)
    assert [block.first for block in blocks if block.too_long] == [3]
    lines = {b.first + i: line for b in blocks for i, line in enumerate(b.data.splitlines())}
    assert lines == {1: b"[", 2: b'{"id": "Q1"},', 4: b'{"id": "Q3"}', 5: b"]"}


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    assert b"".join(block.data for block in read("-")) == TEXT


def test_a_missing_dump_is_told(tmp_path):
    with pytest.raises(DumpError, match=r"cannot read the dump .*: No such file"):
        read(str(tmp_path / "none.json.gz"))


def test_zstandard_needs_its_package(tmp_path, monkeypatch):
    name = write(tmp_path / "dump", b"\x28\xb5\x2f\xfd rest")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(DumpError, match=r"newskg\[zstd\].*zstd -dc"):
        read(name)
