"""Keeps named graphs: replaces, deletes and queries them."""

from __future__ import annotations

from pathlib import Path

from kg.store.contract import Answer, Format, Row, Store, Term

__all__ = ["Answer", "Format", "Row", "Store", "Term", "open_store"]


def open_store(path: Path | None, *, create: bool = True, read_only: bool = False) -> Store:
    """The store in the directory ``path``; in memory, and gone with the process, when it is None.

    ``read_only`` takes no lock, never creates, and shows what was committed at the moment of opening; without it,
    one process at a time can have the store. Raises StoreError when it is missing (and not to be created), locked,
    damaged or no store at all.
    """
    from kg.store.oxigraph import OxigraphStore

    return OxigraphStore(path, create=create, read_only=read_only)
