"""Finds the paragraphs of a page, and the lines that are no news: repeated headlines and template leftovers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# What page templates leave behind when a page is scraped; each stands alone on its line.
LEFTOVER = re.compile(
    r"""\s*(?:
      \[[^\]]*\b(?:error|directive|include|embed|caption|gallery|video|ad|advertisement)\b
      [^\]]*\]
    | (?:related|latest|more|top|trending|recommended|popular|breaking)
      \s+(?:news|articles?|stories|story|posts?|links|coverage|topics)\s*:?
    | advertisements?|sponsored(?:\s+content)?|promoted|loading\W*|comments?(?:\s*\(\d+\))?
    | leave\s+a\s+(?:comment|reply)
    | (?:share|tweet|print|email|e-mail|save|copy\s+link)(?:\s+(?:this|on|via|the)\b.{0,40})?
    | (?:click|tap)\s+(?:here|to)\b.{0,80}
    | (?:read|see|find\s+out)\s+(?:more|also|next)\s*[:.…]*
    | (?:story|article)\s+continues\s+(?:below|after)\b.{0,40}
    | continue\s+reading\b.{0,80}
    | (?:sign\s+up|subscribe|log\s+in|register)\b(?:\s+(?:now|here|today|to|for)\b.{0,80})?
    | follow\s+(?:us|@\w+)\b.{0,60}
    | (?:©|\(c\)|copyright)\s.{0,100}|all\s+rights\s+reserved\W*
    | skip\s+to\s+(?:main\s+)?content|back\s+to\s+top|home|menu|close|next|previous
    | facebook|twitter|whatsapp|linkedin|pinterest|reddit
    | we\s+use\s+cookies\b.{0,200}|cookie\s+(?:policy|settings)|privacy\s+policy
    | terms\s+(?:of\s+(?:use|service)|and\s+conditions)
    | (?:image|photo|picture|photograph|illustration|video|graphic)s?(?:\s+(?:credit|courtesy|by|from))?\s*:.{0,80}
    | https?://\S+
    | \W*
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
DASHES = frozenset(("-", "--", "–", "—", "―"))
LONGEST_DATELINE = 16  # words of "WOLFSBURG, Germany, Feb 12 (Reuters) -"
SHORTEST_PLACE = 3  # letters
SENTENCE_END = re.compile(r"[.!?:;…]['\"”’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: characters ``start`` to ``end``; what is not news is ``skipped`` when reading."""

    start: int
    end: int
    skipped: bool


def find_blocks(text: str) -> list[Block]:
    """The paragraphs of a text, in order; they hold every character that is no white space at a line's end."""
    lines = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    wrapped = _is_wrapped([text[start:end] for start, end in lines])
    blocks: list[tuple[int, int]] = []
    open_block = False
    for start, end in lines:
        line = text[start:end]
        if not line.strip():
            open_block = False
            continue
        if open_block and (wrapped or _continues(text[max(blocks[-1][0], blocks[-1][1] - 200) : blocks[-1][1]], line)):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
        open_block = True
    return _mark_skipped(text, blocks)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken at a width, as plain-text mail is, so that a single newline means nothing."""
    inner = [len(line.rstrip()) for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(inner) < 4 or max(inner) > 120:
        return False
    return sum(size >= max(inner) - 15 for size in inner) >= 0.7 * len(inner)


def _continues(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    return line.lstrip()[:1].islower() and not SENTENCE_END.search(before)


def _mark_skipped(text: str, blocks: list[tuple[int, int]]) -> list[Block]:
    seen: set[str] = set()
    marked = []
    for start, end in blocks:
        folded = " ".join(text[start:end].split())  # the pattern would take long over a run of blanks
        key = folded.casefold()
        repeated = key in seen and len(key.split()) >= 3
        seen.add(key)
        marked.append(Block(start, end, repeated or bool(len(key) < 300 and LEFTOVER.fullmatch(folded))))
    return marked


def find_dateline_end(words: Sequence[str], start: int) -> int:
    """The first word after a dateline that begins at ``start``, as "Roe" of "PARIS (AFP) - Roe said"; -1 for none.

    Its first word is in capitals, or brackets close it; before the dash are only capitalised words, numbers and marks.
    """
    for at in range(start, min(start + LONGEST_DATELINE, len(words) - 1)):
        word = words[at]
        if word in DASHES:
            place = words[start].isupper() and len(words[start]) >= SHORTEST_PLACE
            after = words[at + 1][0]
            return at + 1 if at > start and (place or words[at - 1] == ")") and not after.islower() else -1
        if word[0].isalpha() and not word[0].isupper():
            return -1
    return -1
