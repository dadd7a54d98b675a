"""Opens a dump, however it is compressed, and gives its lines in blocks that processes can share."""

from __future__ import annotations

import bz2
import contextlib
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.errors import DumpError

BLOCK = 4 << 20  # bytes of lines in a block
LONGEST_LINE = 64 << 20  # the longest entity has some 5 MB
_CHUNK = 1 << 16  # compressed bytes at a time: even a chunk of blanks does not fill the memory


class CutDump(DumpError):
    """A dump of which only a first part can be read."""


class Decoder(Protocol):
    """What bz2, lzma, zlib and zstandard have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a dump, or one line that was passed over because it is ``too_long``.

    ``first`` is the number of the first line, from 1 on; ``lines`` how many there are; ``end`` the bytes of the
    uncompressed dump up to here and ``crc`` their checksum (before a line too long: both without it). ``place`` is
    how much of the file is read.
    """

    first: int
    lines: int
    data: bytes
    end: int
    crc: int
    place: int
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """Where a dump was left: lines and bytes done, and the checksum of these bytes."""

    lines: int = 0
    end: int = 0
    crc: int = 0


class Dump:
    """A dump that is open: plain, gzip, bzip2, xz or Zstandard, told by its first bytes; "-" is standard input."""

    def __init__(self, name: str, raw: BinaryIO) -> None:
        """Raises DumpError when what unpacks it is not installed, or it cannot be read at all."""
        self.name = "standard input" if name == "-" else name
        self._raw = raw
        self._place = 0
        self._chunk = _CHUNK
        self._tail = b""
        self._is_array = False
        self._head = self._read_raw(max(map(len, _DECODERS)))
        self._make = next((make for magic, make in _DECODERS.items() if self._head.startswith(magic)), None)
        if self._make:
            self._make()
        self.size = Path(name).stat().st_size if name != "-" and Path(name).is_file() else None

    @classmethod
    @contextlib.contextmanager
    def open(cls, name: str) -> Iterator[Dump]:
        """The dump with this name; raises DumpError when it cannot be read."""
        try:
            with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else open(name, "rb") as raw:
                yield cls(name, raw)
        except OSError as error:
            if error.filename != name:
                raise
            raise DumpError(f"cannot read the dump {name}: {error.strerror}; check the path") from error

    def read_blocks(self, start: Start, *, size: int = BLOCK, longest: int = LONGEST_LINE) -> Iterator[Block]:
        """The lines after ``start`` in blocks of about ``size`` bytes, without lines of more than ``longest``.

        Raises DumpError when the dump ends in the middle or is damaged, once all its whole lines were given, and when
        it does not begin with the bytes that ``start`` was written for.
        """
        self._chunk = min(_CHUNK, size)
        lines, end, crc = start.lines, start.end, start.crc
        rest, skipped = b"", 0  # the line that is being passed over
        for data in self._gather(start, size):
            if skipped:
                cut = data.find(b"\n") + 1 or len(data)
                end, crc = end + cut, zlib.crc32(data[:cut], crc)
                if data[cut - 1 : cut] != b"\n":
                    continue
                data, lines, skipped = data[cut:], skipped, 0
            data = rest + data
            cut = data.rfind(b"\n") + 1
            whole, rest = data[:cut], data[cut:]
            if whole:
                end, crc, count = end + len(whole), zlib.crc32(whole, crc), whole.count(b"\n")
                yield Block(lines + 1, count, whole, end, crc, self._place)
                lines += count
            if len(rest) > longest:
                yield Block(lines + 1, 0, b"", end, crc, self._place, too_long=True)
                end, crc, skipped, rest = end + len(rest), zlib.crc32(rest, crc), lines + 1, b""
        if self._is_array and not self._tail.rstrip().endswith(b"]"):
            raise CutDump(f"{self.name} ends in the middle, after line {lines}: its last bracket is missing")
        if rest:
            yield Block(lines + 1, 1, rest, end + len(rest), zlib.crc32(rest, crc), self._place)

    def _gather(self, start: Start, size: int) -> Iterator[bytes]:
        """The uncompressed bytes after ``start`` in pieces of at least ``size``, but for the last."""
        missing, crc, held = start.end, 0, 0
        parts: list[bytes] = []
        trouble: DumpError | None = None
        chunks = self._decompress()
        while True:
            try:
                data = next(chunks, None)
            except DumpError as error:
                trouble, data = error, None
            if data is None:
                break
            if not self._tail:
                self._is_array = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
            self._tail = (self._tail + data)[-64:]
            known, data = data[:missing], data[missing:]
            missing, crc = missing - len(known), zlib.crc32(known, crc)
            if known and not missing and crc != start.crc:
                raise DumpError(_OTHER_DUMP.format(name=self.name))
            parts.append(data)
            held += len(data)
            if held >= size:
                yield b"".join(parts)
                parts, held = [], 0
        yield b"".join(parts)
        if trouble or missing:
            raise trouble or DumpError(_OTHER_DUMP.format(name=self.name))

    def _decompress(self) -> Iterator[bytes]:
        """The uncompressed bytes; raises DumpError where they cannot be had."""
        chunk, make = self._head + self._read_raw(self._chunk), self._make
        if make is None:
            while chunk:
                yield chunk
                chunk = self._read_raw(self._chunk)
            return
        decoder = None
        try:
            while chunk:
                decoder = decoder or make()
                if data := decoder.decompress(chunk):
                    yield data
                chunk, decoder = (decoder.unused_data.lstrip(b"\0"), None) if decoder.eof else (b"", decoder)
                chunk = chunk or self._read_raw(self._chunk)
        except _DAMAGE as error:
            raise CutDump(f"{self.name} is damaged at byte {self._place} of the file: {error}") from error
        if decoder is not None:
            raise CutDump(f"{self.name} ends in the middle, after byte {self._place} of the file")

    def _read_raw(self, size: int) -> bytes:
        try:
            data = self._raw.read(size)
        except OSError as error:
            raise DumpError(f"cannot read on in {self.name}: {error.strerror} at byte {self._place}") from error
        self._place += len(data)
        return data


_OTHER_DUMP = "{name} is not the dump that was begun with; give that one, or remove the file .part to begin again"


def _make_zstandard() -> Decoder:
    try:
        import zstandard
    except ModuleNotFoundError as error:
        raise DumpError(
            "a dump in Zstandard needs the package zstandard: pip install 'newskg[zstd]', or unpack it on the way: "
            "zstd -dc DUMP | kg catalogue build - --out FILE"
        ) from error

    class Zstandard:
        """A decoder whose errors are those of the standard library."""

        def __init__(self) -> None:
            self._decoder = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()

        @property
        def eof(self) -> bool:
            return bool(self._decoder.eof)

        @property
        def unused_data(self) -> bytes:
            return bytes(self._decoder.unused_data)

        def decompress(self, data: bytes, /) -> bytes:
            try:
                return bytes(self._decoder.decompress(data))
            except zstandard.ZstdError as error:
                raise EOFError(str(error)) from error

    return Zstandard()


_DECODERS: dict[bytes, Callable[[], Decoder]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\0": lzma.LZMADecompressor,
    b"\x28\xb5\x2f\xfd": _make_zstandard,
}
_DAMAGE: tuple[type[Exception], ...] = (zlib.error, lzma.LZMAError, OSError, EOFError)
