"""While articles are read, linear algebra keeps to one thread; afterwards everything is as it was."""

import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from kg.read.cores import TURN, Cores


def blas_threads():
    np.ones((2, 2)) @ np.ones((2, 2))
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_one_thread_and_quick_turns_within_and_as_before_after():
    cores = Cores()
    before = blas_threads(), sys.getswitchinterval()
    with cores.share():
        assert set(blas_threads()) == {1}
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert (blas_threads(), sys.getswitchinterval()) == before


def test_all_is_as_before_after_an_error():
    before = blas_threads(), sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), Cores().share():
        raise ZeroDivisionError
    assert (blas_threads(), sys.getswitchinterval()) == before
