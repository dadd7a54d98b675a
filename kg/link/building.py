"""Builds a catalogue from a dump of Wikidata, and brings one up to date: read in parallel, indexed, put in place."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import shutil
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kg.errors import DumpError
from kg.link.catalogue import SHIPPED
from kg.link.dump import BLOCK, Block, CutDump, Dump, Start
from kg.link.entities import BrokenEntity, Record, read_entity
from kg.link.index import FORMAT, write_index
from kg.link.items import Lexicon, make_rows
from kg.link.kinds import LEFT_OUT, Classes
from kg.link.stage import DONE, INDEXING, READING, Batch, Choice, Stage, read_notes

CHECKPOINT = 16  # blocks between two places from which a killed build goes on


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build is: ``done`` of ``total`` bytes of the file in the phase "reading", else of any steps.

    ``read`` counts the uncompressed bytes; ``total`` is None for standard input.
    """

    phase: str
    done: int
    total: int | None
    read: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom a build tells how far it is, and of each line that is damaged: its number and what is wrong."""

    on_step: Callable[[Step], None] = lambda step: None
    on_damage: Callable[[int, str], None] = lambda line, what: None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a dump is read: by so many processes (1: by this one), in blocks of so many bytes.

    ``partial`` makes a catalogue of a dump that ends in the middle or is damaged in it; else that is an error. None
    for ``lexicon`` takes the words of the shipped catalogue.
    """

    workers: int = 1
    block: int = BLOCK
    partial: bool = False
    lexicon: Lexicon | None = None


def build_catalogue(
    dump: str, target: Path, *, choice: Choice | None = None, plan: Plan | None = None, watch: Watch | None = None
) -> Counter[str]:
    """Builds the catalogue ``target`` from ``dump``, a file's name or "-"; gives what was counted.

    What is read is kept in ``target`` with ".part" behind its name: the same call goes on from there after it was
    killed. ``target`` appears when it is whole. Raises DumpError when the dump cannot be read to its end, when the
    part was begun with another dump or another choice, or when the files cannot be written.
    """
    if target.exists():
        read_notes(target)  # never in place of what is no catalogue
    return _run(dump, target, choice or Choice(), plan=plan or Plan(), watch=watch or Watch())


def update_catalogue(target: Path, dump: str, *, plan: Plan | None = None, watch: Watch | None = None) -> Counter[str]:
    """Takes the entities of ``dump`` that are newer than those of the catalogue ``target`` into it, and new ones.

    Newer is a greater ``lastrevid``, or a later ``modified`` where one has none. What belongs in the catalogue is
    decided as when it was built. Goes on and raises as ``build_catalogue`` does; until the end the old one stays.
    """
    notes = read_notes(target) if target.exists() else {}
    if "choice" not in notes:
        reason = "was not built from a dump" if notes else "is not there"
        raise DumpError(f"the catalogue {target} {reason}; build one with 'kg catalogue build'")
    if notes.get("format") != str(FORMAT):
        raise DumpError(f"the catalogue {target} is of another version of kg; build it again")
    fields = json.loads(notes["choice"])
    choice = Choice(tuple(fields["languages"]), tuple(fields["classes"]), fields["everything"])
    return _run(dump, target, choice, base=target, plan=plan or Plan(), watch=watch or Watch())


def _run(
    dump: str, target: Path, choice: Choice, *, plan: Plan, watch: Watch, base: Path | None = None
) -> Counter[str]:
    part = target.with_name(target.name + ".part")
    with Dump.open(dump) as opened, Stage.open(part, choice, dump=opened.name, base=base) as stage:
        if stage.state == READING:
            _read_dump(stage, opened, choice, plan, watch)
        if stage.state == INDEXING:
            _write_index(stage, choice, plan, watch)
        counts = stage.counts
    try:
        os.replace(part, target)
    except OSError as error:
        raise DumpError(f"cannot write {target}: {error.strerror}; the catalogue is in {part}") from error
    return counts


def _read_dump(stage: Stage, dump: Dump, choice: Choice, plan: Plan, watch: Watch) -> None:
    waiting: list[Batch] = []
    place = stage.start
    blocks = dump.read_blocks(place, size=plan.block)
    try:
        for block, batch in _share(blocks, partial(parse_lines, choice=choice), plan.workers):
            for line, what in batch.damage:
                watch.on_damage(line, what)
            waiting.append(batch)
            place = Start(block.first - 1 + block.lines, block.end, block.crc)
            if len(waiting) == CHECKPOINT:
                stage.put(waiting, place)
                waiting.clear()
            watch.on_step(Step("reading", block.place, dump.size, block.end))
    except CutDump as error:
        stage.put(waiting, place)
        waiting.clear()
        if not plan.partial:
            hint = f"{place.lines} lines of it wait in {stage.path}; get the whole dump and run again"
            raise CutDump(f"{error}; {hint}") from error
        watch.on_damage(place.lines, str(error))
    stage.put(waiting, place)
    if not stage.counts["items"]:
        raise DumpError(f"{dump.name} holds no item; give a dump such as latest-all.json.gz")
    stage.note(state=INDEXING)


def parse_lines(block: Block, *, choice: Choice) -> Batch:
    """What the lines of one block hold."""
    batch = Batch()
    counts = batch.counts
    if block.too_long:
        batch.damage.append((block.first, "the line is too long for an entity; skipped"))
        counts["damaged lines"] += 1
    left_out = frozenset() if choice.everything or choice.classes else frozenset(LEFT_OUT)
    for number, line in enumerate(block.data.split(b"\n"), block.first):
        line = line.removeprefix(b"\xef\xbb\xbf").strip().rstrip(b",").strip()
        line = line.removeprefix(b"[") if line[:1] == b"[" else line
        line = line.removesuffix(b"]") if line[-1:] == b"]" else line
        if not line:
            continue
        try:
            entity = read_entity(line, languages=choice.languages, left_out=left_out)
        except BrokenEntity as error:
            batch.damage.append((number, f"{error}; the line is skipped"))
            counts["damaged lines"] += 1
            continue
        if entity is None:
            counts["no items"] += 1
            continue
        counts["items"] += 1
        counts["damaged values"] += len(entity.damage)
        batch.damage += [(number, f"Q{entity.number}: {what}; the value is skipped") for what in entity.damage]
        if entity.parents:
            batch.parents.append((entity.number, entity.parents))
        if entity.record is None:
            batch.dropped.append((entity.number, entity.revision, entity.modified))
        else:
            batch.records.append(entity.record)
    return batch


def _share(blocks: Iterable[Block], parse: Callable[[Block], Batch], workers: int) -> Iterator[tuple[Block, Batch]]:
    """Each block with what it holds, in order; an error of ``blocks`` is raised after all before it were given."""
    if workers <= 1:
        yield from ((block, parse(block)) for block in blocks)
        return
    trouble: CutDump | None = None
    pending: deque[tuple[Block, Future[Batch]]] = deque()
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_watch_parent)
    try:
        source = iter(blocks)
        while True:
            try:
                block = next(source, None)
            except CutDump as error:
                trouble, block = error, None
            if block is None:
                break
            pending.append((replace(block, data=b""), pool.submit(parse, block)))
            if len(pending) > 2 * workers:
                head, future = pending.popleft()
                yield head, future.result()
        while pending:
            head, future = pending.popleft()
            yield head, future.result()
    except BrokenProcessPool as error:
        raise DumpError("a process that read the dump was killed, perhaps for its memory; use fewer") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if trouble:
        raise trouble


def _watch_parent() -> None:
    """Makes a worker end with its parent, even one that was killed, and leave an interrupt to it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _write_index(stage: Stage, choice: Choice, plan: Plan, watch: Watch) -> None:
    """Makes the index from what was read, all of it or nothing."""
    watch.on_step(Step("classes", 0, None))
    expected = stage.connection.execute("SELECT count(*) FROM source").fetchone()[0]
    digest = hashlib.sha256(f"{stage.tell('base')} {stage.start} {choice}".encode()).hexdigest()
    about = {"digest": digest, "built": datetime.now(UTC).isoformat(timespec="seconds")}
    chosen = bool(choice.everything or choice.classes)
    left = Counter[str]()
    with _make_folder(stage.path.with_name(stage.path.name + ".sort")) as folder, stage.transaction():
        classes = Classes(stage.connection, chosen=choice.classes, left_out=() if chosen else LEFT_OUT)
        records = map(Record._make, stage.connection.execute("SELECT * FROM source ORDER BY number"))
        rows = make_rows(records, classes, plan.lexicon or Lexicon.load(SHIPPED), all_names=chosen, left=left)
        write_index(
            stage.connection,
            rows,
            folder,
            about=about,
            progress=lambda done, total: watch.on_step(Step("index", done, total)),
            expected=max(1, expected),
        )
        classes.drop_tables()
        stage.note(state=DONE, counts=json.dumps(stage.counts + left))


@contextlib.contextmanager
def _make_folder(path: Path) -> Iterator[Path]:
    """An empty folder for the block; what a killed build left there goes."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
