"""Shares the cores between the model and the rest of reading, which work beside each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController

TURN = 0.001  # seconds after which a thread lets another one go on; Python's own 5 ms leave the model waiting


class Cores:
    """Knows the libraries for linear algebra that are loaded, and what to ask of them while articles are read.

    Their products are small here: threads of their own, which wait by spinning, would only take the cores from the
    model.
    """

    def __init__(self) -> None:
        self._libraries = ThreadpoolController()

    @contextmanager
    def share(self) -> Iterator[None]:
        """Within, linear algebra keeps to one thread and threads take turns quickly; afterwards all is as before."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(min(before, TURN))
        try:
            with self._libraries.limit(limits=1, user_api="blas"):
                yield
        finally:
            sys.setswitchinterval(before)
