"""Random numbers keyed by what they are for and which draw they belong to.

A stream is named by words (the seed, a path, a purpose, a round) and its counter is the number of the
draw, so a draw sees the same numbers whatever the number of draws, the block they are computed in, the
number of workers or the order in which anything is asked for.

Source: Salmon, Moraes, Dror & Shaw 2011 (Philox, counter-based generators).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.foundations.arrays import Bools, Floats, Ints

_WORDS_PER_COUNT: Final = 4  # Philox 4x64 makes four 64-bit words for each value of its counter
#: Memory that is spent on remembering streams, in each thread that asks for some.
_MOST_BYTES: Final = 48 * 2**20
#: What remembering a stream takes besides its numbers.
_ENTRY_BYTES: Final = 400

#: Blocks of four words up to which many streams are computed side by side, and not by one generator after the other.
_FEW_BLOCKS: Final = 16
#: Streams from which on that pays.
_MANY_KEYS: Final = 200
#: Names of streams whose keys are remembered: the same talks are held again under other numbers and conventions.
_KEYS: Final = 65_536
_ROUNDS: Final = 10
_MULTIPLIERS: Final = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
_WEYL: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B))
_HALF: Final = 32
_LOW_HALF: Final = 0xFFFFFFFF

_SHIFT: Final = np.uint64(11)  # a float has 53 bits of the 64

_Words = npt.NDArray[np.uint64]


def stream_key(*words: object) -> tuple[int, int]:
    """Hash words to the 128-bit key of a stream; independent of the hash seed of the process.

    Example:
        >>> stream_key("seed", "russia.patience") == stream_key("seed", "russia.patience")
        True
    """
    return _key(_text(words))


def _text(words: tuple[object, ...]) -> str:
    return "\x1f".join([str(word) for word in words])


@lru_cache(maxsize=_KEYS)
def _key(text: str) -> tuple[int, int]:
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def uniforms(draws: Ints, *words: object) -> Floats:
    """Return one uniform in (0, 1) for each draw number from the stream named by ``words``.

    Args:
        draws: (B,) draw numbers, 0 or more, in any order
        words: name of the stream
    Returns:
        (B,) floats strictly between 0 and 1
    Example:
        >>> import numpy as np
        >>> a = uniforms(np.arange(10), "seed", "x")
        >>> bool((a[3:] == uniforms(np.arange(3, 10), "seed", "x")).all())
        True
    """
    draws = np.asarray(draws, dtype=np.int64)
    if draws.size == 0:
        return np.empty(0)
    text, numbers = _text(words), draws.tobytes()
    if (kept := _STREAMS.kept(text, numbers)) is not None:
        return kept.copy()
    first, last = int(draws.min()), int(draws.max())
    start = first // _WORDS_PER_COUNT
    raw = _STREAMS.words(_key(text), start, last + 1 - start * _WORDS_PER_COUNT)
    found = _floats(raw[draws - start * _WORDS_PER_COUNT])
    _STREAMS.keep(text, numbers, found)
    return found.copy()


def several_uniforms(draws: Ints, seed: str, purposes: Sequence[tuple[object, ...]]) -> Floats:
    """Uniforms of many streams at once, (N, B): row n is ``uniforms(draws, seed, *purposes[n])``, bit for bit.

    Example:
        >>> import numpy as np
        >>> both = several_uniforms(np.arange(3), "seed", [("x", 0), ("x", 1)])
        >>> bool((both[1] == uniforms(np.arange(3), "seed", "x", 1)).all())
        True
    """
    draws = np.asarray(draws, dtype=np.int64)
    if draws.size == 0 or not purposes:
        return np.empty((len(purposes), draws.size))
    texts = [_text((seed, *words)) for words in purposes]
    text, numbers = "\x1e".join(texts), draws.tobytes()
    if (kept := _STREAMS.kept(text, numbers)) is not None:
        return kept.copy()
    first, last = int(draws.min()), int(draws.max())
    start = first // _WORDS_PER_COUNT
    raw = _words_of([_key(one) for one in texts], start, last + 1 - start * _WORDS_PER_COUNT)
    found = _floats(raw.take(draws - start * _WORDS_PER_COUNT, axis=1))
    _STREAMS.keep(text, numbers, found)
    return found.copy()


def _words_of(keys: Sequence[tuple[int, int]], start: int, count: int) -> _Words:
    """(N, count) words of streams, from a value of their counters on."""
    blocks = -(-count // _WORDS_PER_COUNT)
    if blocks <= _FEW_BLOCKS and len(keys) >= _MANY_KEYS:
        counters = np.arange(start + 1, start + 1 + blocks, dtype=np.uint64)  # the generator counts before it mixes
        found = philox(np.array(keys, np.uint64), counters)
        return found.reshape(len(keys), -1)[:, :count]
    raw = np.empty((len(keys), count), np.uint64)
    for n, key in enumerate(keys):
        raw[n] = _STREAMS.words(key, start, count)
    return raw


def philox(keys: _Words, counters: _Words) -> _Words:
    """Philox 4x64 with ten rounds for many keys at once, word for word what ``numpy.random.Philox`` gives.

    Args:
        keys:     (N, 2)
        counters: (C,) lowest words of the counters; the others are 0
    Returns:
        (N, C, 4) words
    Source:  Salmon, Moraes, Dror & Shaw 2011, Proc SC'11, section 3.3 and table 2
    Example:
        >>> generator = np.random.Philox(key=np.array([7, 9], np.uint64))
        >>> both = philox(np.array([[7, 9]], np.uint64), np.array([1, 2], np.uint64)).ravel()
        >>> bool((both == generator.random_raw(8)).all())
        True
    """
    shape = (len(keys), len(counters))
    zero = np.zeros(shape, np.uint64)
    x = [np.broadcast_to(counters, shape), zero, zero, zero]
    first, second = (keys[:, n, None].copy() for n in (0, 1))
    for turn in range(_ROUNDS):
        if turn:
            first += _WEYL[0]
            second += _WEYL[1]
        high0, low0 = _product(_MULTIPLIERS[0], x[0])
        high1, low1 = _product(_MULTIPLIERS[1], x[2])
        x = [high1 ^ x[1] ^ first, low1, high0 ^ x[3] ^ second, low0]
    return np.stack(x, axis=-1)


def _product(factor: int, x: _Words) -> tuple[_Words, _Words]:
    """High and low word of a product of 64-bit numbers, from four products of their halves."""
    high, low = np.uint64(factor >> _HALF), np.uint64(factor & _LOW_HALF)
    half, mask = np.uint64(_HALF), np.uint64(_LOW_HALF)
    up, down = x >> half, x & mask
    middle = up * low + ((down * low) >> half)
    cross = down * high + (middle & mask)
    return up * high + (middle >> half) + (cross >> half), x * np.uint64(factor)


def _floats(words: _Words) -> Floats:
    """Uniforms in (0, 1) of 64-bit words, which are used up."""
    words >>= _SHIFT
    found = words.astype(np.float64)
    found += 0.5
    found *= 2.0**-53
    return found


class _Streams(threading.local):
    """One generator set to the stream that is asked for, and what was asked of each stream last; one a thread.

    To set a generator costs a fifth of making one. The same worlds are played again and again under other numbers and
    conventions, and see the same streams.
    """

    def __init__(self) -> None:
        self._generator = np.random.Philox(key=np.zeros(2, np.uint64))
        self._state: Any = {**self._generator.state, "buffer": [0] * _WORDS_PER_COUNT}  # read faster than arrays
        self._kept: dict[str, tuple[bytes, Floats]] = {}
        self._bytes = 0
        self._numbers = b""

    def words(self, key: tuple[int, int], start: int, count: int) -> _Words:
        """Words of a stream from a value of its counter on."""
        self._state["state"] = {"counter": (start, 0, 0, 0), "key": key}
        self._generator.state = self._state
        return self._generator.random_raw(count)

    def kept(self, text: str, numbers: bytes) -> Floats | None:
        """What the stream gave the draws of those numbers, if that is what it was asked last."""
        found = self._kept.get(text)
        return found[1] if found is not None and found[0] == numbers else None

    def keep(self, text: str, numbers: bytes, found: Floats) -> None:
        """Remember what a stream gave; everything is forgotten once it takes too much room."""
        if numbers == self._numbers:
            numbers = self._numbers  # one copy for all streams
        self._numbers = numbers
        if self._bytes > _MOST_BYTES:
            self._kept.clear()
            self._bytes = 0
        before = self._kept.get(text)
        self._bytes += found.nbytes - (before[1].nbytes if before is not None else -_ENTRY_BYTES)
        self._kept[text] = (numbers, found)


_STREAMS: Final = _Streams()


@dataclass(frozen=True, slots=True)
class Dice:
    """Random numbers for a block of draws.

    seed:  name of the root stream
    draws: (B,) the numbers of the draws in this block
    """

    seed: str
    draws: Ints

    def uniform(self, *words: object) -> Floats:
        """(B,) uniforms in (0, 1) for the purpose named by ``words``; asking twice gives the same."""
        return uniforms(self.draws, self.seed, *words)

    def several(self, purposes: Sequence[tuple[object, ...]]) -> Floats:
        """(N, B) uniforms for many purposes at once, each what ``uniform`` gives for it; a fraction of the cost."""
        if type(self).uniform is not Dice.uniform:  # dice of another kind
            return np.array([self.uniform(*words) for words in purposes]).reshape(len(purposes), len(self.draws))
        return several_uniforms(self.draws, self.seed, purposes)

    def select(self, where: Bools | Ints) -> Dice:
        """Dice of the draws selected by a mask or by indices."""
        return Dice(self.seed, self.draws[where])

    def child(self, *words: object) -> Dice:
        """Dice with their own streams, e.g. for the second time that talks are held in a draw."""
        return Dice("\x1f".join([self.seed, *(str(word) for word in words)]), self.draws)
