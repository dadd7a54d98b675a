"""Makes text of bytes: encoding, newlines, headline, and whether it is English."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import ContentError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The longest first: the mark of UTF-32 (little endian) begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
    b"BZh",
    b"\xd0\xcf\x11\xe0",
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
# What single-byte encoding an English text may have once it is known not to be UTF-8.
_SINGLE_BYTE = ["cp1252", "mac_roman"]

# Words that are frequent in English and rare in every other language of the Latin script.
_ENGLISH = re.compile(
    r"the|and|that|with|from|said|his|they|which|who|not|been|it|its|but|an|are|would|had|their|this|were|has|she|him"
    r"|after|about|than|when|more|we|you|what|there"
)
_ENOUGH_WORDS, _ENGLISH_SHARE = 20, 0.08
_ENOUGH_LETTERS, _SURE, _UNLIKELY = 25, 0.8, 0.05
_SAMPLE = 10_000
# English and its closest kin, which the detector confuses with short English.
_ACCEPTED = {"en", "sco", "pcm"}

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?")


def decode_text(data: bytes, source: str, *, declared: str | None = None) -> str:
    """The text of ``data``: by its byte order mark, as UTF-8, as ``declared``, or in a single-byte encoding.

    Raises ContentError for binary data, for broken UTF-8 and when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data[len(mark) :], encoding, source)
    if _is_binary(data):
        raise ContentError(f"{source}: is binary, not text; give a text, HTML or JSONL file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if declared and (codec := _find_codec(declared)):
        return _decode_strictly(data, codec, source)
    if _is_mostly_utf8(data):
        raise ContentError(
            f"{source}: is broken UTF-8, {broken.reason} at byte {broken.start}; save it again as UTF-8"
        ) from broken
    return _detect_single_byte(data, source)


def normalise_newlines(text: str) -> str:
    """``text`` with every line end as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_headline(text: str) -> str | None:
    """The first line when it stands alone and reads like a headline, else None."""
    first, _, rest = text.lstrip().partition("\n")
    line = first.strip()
    words = line.split()
    if not rest.strip() or not 3 <= len(words) <= 25 or len(line) > 200:
        return None
    if line.endswith((".", ",", ";", ":")) or line.lower().startswith("by "):
        return None
    if re.search(r"\b(1[89]|20)\d\d$", line) and len(words) <= 5:
        return None  # a date line: "Friday, January 4, 2019"
    return line if line[0].isupper() or line[0].isdigit() or line[0] in "\"'‘“" else None


def check_date(value: str) -> str:
    """``value`` as an ISO 8601 date or date-time that XML Schema reads; ValueError when it is neither."""
    value = value.strip()
    if _DATE.fullmatch(value):
        datetime.fromisoformat(value)
        return value
    if _DATE_TIME.fullmatch(value):
        return datetime.fromisoformat(value.replace(",", ".")).isoformat().replace("+00:00", "Z")
    raise ValueError(f"{value!r} is no date; give it as 2020-01-07 or 2020-01-07T09:30:00Z")


def check_content(text: str, source: str) -> None:
    """Raises ContentError when ``text`` is empty, cannot be written as UTF-8, or is surely not English."""
    if not text.strip():
        raise ContentError(f"{source}: holds no text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ContentError(f"{source}: half a character (a lone surrogate) at offset {error.start}") from error
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if sum(c > "\u024f" for c in letters) > max(5, len(letters) // 2):
        raise ContentError(f"{source}: is not English, most of its letters are not Latin; only English can be read")
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) >= _ENOUGH_WORDS and sum(1 for w in words if _ENGLISH.fullmatch(w)) >= _ENGLISH_SHARE * len(words):
        return
    if len(letters) >= _ENOUGH_LETTERS and (language := _detect_language(sample)) not in _ACCEPTED:
        raise ContentError(f"{source}: is not English but probably {language!r}; only English can be read")


def _detect_language(text: str) -> str:
    """The language code of ``text``; English unless another language is far more likely."""
    ranked = _load_detector().rank(text)
    language, score = ranked[0]
    return str(language) if score >= _SURE and dict(ranked)["en"] < _UNLIKELY else "en"


@cache
def _load_detector() -> LanguageIdentifier:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _decode_strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ContentError(
            f"{source}: is not valid {encoding} at byte {error.start}; save it again as UTF-8"
        ) from error


def _find_codec(label: str) -> str | None:
    """The Python codec of a declared charset; browsers read Latin-1 as Windows-1252, and so do we."""
    try:
        name = codecs.lookup(label.strip()).name
        b"".decode(name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _is_binary(data: bytes) -> bool:
    if data.startswith(_MAGIC):
        return True
    head = data[:65_536]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return b"\0" in data or controls > len(head) // 100


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether most bytes above ASCII form valid sequences: then it is UTF-8 with a flaw, and no other encoding."""
    high = sum(1 for byte in data if byte >= 0x80)
    valid = sum(len(match) for match in re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    return valid * 2 > high


def _detect_single_byte(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_SINGLE_BYTE).best()
    if best is None:
        raise ContentError(f"{source}: has an encoding that is not recognised; save it again as UTF-8")
    return str(best)
