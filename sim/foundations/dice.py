"""Random numbers keyed by what they are for and which draw they belong to.

A stream is named by words (the seed, a path, a purpose, a round) and its counter is the number of the
draw, so a draw sees the same numbers whatever the number of draws, the block they are computed in, the
number of workers or the order in which anything is asked for.

Source: Salmon, Moraes, Dror & Shaw 2011 (Philox, counter-based generators).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations.arrays import Bools, Floats, Ints

_WORDS_PER_COUNT: Final = 4  # Philox 4x64 makes four 64-bit words for each value of its counter


def stream_key(*words: object) -> tuple[int, int]:
    """Hash words to the 128-bit key of a stream; independent of the hash seed of the process.

    Example:
        >>> stream_key("seed", "russia.patience") == stream_key("seed", "russia.patience")
        True
    """
    text = "\x1f".join(str(word) for word in words)
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
    first, last = int(draws.min()), int(draws.max())
    start = first // _WORDS_PER_COUNT
    generator = np.random.Philox(key=np.array(stream_key(*words), dtype=np.uint64))
    if start:
        generator.advance(start)
    raw = generator.random_raw(last + 1 - start * _WORDS_PER_COUNT)
    picked = raw[draws - start * _WORDS_PER_COUNT]
    return np.asarray(((picked >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)


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

    def select(self, where: Bools | Ints) -> Dice:
        """Dice of the draws selected by a mask or by indices."""
        return Dice(self.seed, self.draws[where])

    def child(self, *words: object) -> Dice:
        """Dice with their own streams, e.g. for the second time that talks are held in a draw."""
        return Dice("\x1f".join([self.seed, *(str(word) for word in words)]), self.draws)
