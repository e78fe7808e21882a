"""The rules of alternating offers as a plain C loop, compiled when it is first needed."""

import ctypes
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

SOURCE = Path(__file__).parent / "alternating_offers.c"


def compiler():
    """The C compiler of the system, or None."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


@lru_cache(maxsize=1)
def _library():
    built = Path(mkdtemp()) / "alternating_offers.so"
    subprocess.run([compiler(), "-O3", "-shared", "-fPIC", str(SOURCE), "-o", str(built), "-lm"], check=True)
    return ctypes.CDLL(str(built))


def sessions(payoff, exponents, times, tolerance=0.0):
    """Hold a session for each draw of payoffs (B, A, K), with a round at each of some times.

    Everybody asks for so much less than his curve says as the tolerance is.

    Returns:
        deals and rounds (B,), -1 and all rounds where there is no deal
    """
    payoff, exponents, times = (np.ascontiguousarray(one, float) for one in (payoff, exponents, times))
    draws, actors, deals = payoff.shape
    deal, round_ = np.empty(draws, np.int64), np.empty(draws, np.int64)

    def at(array):
        return ctypes.c_void_p(array.ctypes.data)

    sizes = [ctypes.c_long(one) for one in (draws, actors, deals)]
    rounds, less = ctypes.c_long(len(times)), ctypes.c_double(tolerance)
    _library().sessions(at(payoff), *sizes, at(exponents), at(times), rounds, less, at(deal), at(round_))
    return deal, round_
