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
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.foundations.arrays import Bools, Floats, Ints

_WORDS_PER_COUNT: Final = 4  # Philox 4x64 makes four 64-bit words for each value of its counter
#: Memory that is spent on remembering streams, in each thread that asks for some.
_MOST_BYTES: Final = 48 * 2**20
#: What remembering a stream takes besides its numbers.
_ENTRY_BYTES: Final = 400

_SHIFT: Final = np.uint64(11)  # a float has 53 bits of the 64

Words = npt.NDArray[np.uint64]


def stream_key(*words: object) -> tuple[int, int]:
    """Hash words to the 128-bit key of a stream; independent of the hash seed of the process.

    Example:
        >>> stream_key("seed", "russia.patience") == stream_key("seed", "russia.patience")
        True
    """
    return _key(_text(words))


def _text(words: tuple[object, ...]) -> str:
    return "\x1f".join([str(word) for word in words])


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
    raw = np.empty((len(texts), last + 1 - start * _WORDS_PER_COUNT), np.uint64)
    for n, one in enumerate(texts):
        raw[n] = _STREAMS.words(_key(one), start, raw.shape[1])
    found = _floats(raw.take(draws - start * _WORDS_PER_COUNT, axis=1))
    _STREAMS.keep(text, numbers, found)
    return found.copy()


def _floats(words: Words) -> Floats:
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
        self._state: Any = dict(self._generator.state)
        self._kept: dict[str, tuple[bytes, Floats]] = {}
        self._bytes = 0
        self._numbers = b""

    def words(self, key: tuple[int, int], start: int, count: int) -> Words:
        """Words of a stream from a value of its counter on."""
        counter = np.array([start, 0, 0, 0], np.uint64)
        self._state["state"] = {"counter": counter, "key": np.array(key, np.uint64)}
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
