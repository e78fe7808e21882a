"""Changes to a single text and the yeses they get; with the exact chain that follows from both."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints

#: A hill-climber counts losses up to this size as none.
CLIMB_TOLERANCE = 1e-12
#: Other levels of an issue up to which which of them are open is one number, a bit for each.
_BITS: Final = 8
#: (256,) bits that are set in a number, and (256, 9) places of the first of them, the second, …; 0 where there is none.
_BITS_SET: Final = np.array([number.bit_count() for number in range(1 << _BITS)])
_PLACE_OF_BIT: Final = np.array(
    [
        ([place for place in range(_BITS) if number >> place & 1] + [0] * (_BITS + 1))[: _BITS + 1]
        for number in range(1 << _BITS)
    ]
)


@dataclass(frozen=True)
class TextChanges:
    """Which deals differ from which in exactly one issue.

    others: (K, I, L) deals that differ from deal k in issue i alone, padded with NO_DEAL

    Source:  Klein, Faratin, Sayama & Bar-Yam 2003: one issue of the text changes at a time
    Example:
        >>> TextChanges.of(np.array([[0, 0], [0, 1], [1, 1]])).others[:, :, 0].tolist()
        [[-1, 1], [2, 0], [1, -1]]
    """

    others: Ints

    @classmethod
    def of(cls, deals: Ints) -> TextChanges:
        """Find them for ``deals`` (K, I), which need not be every combination of levels."""
        size, issues = deals.shape
        found = []
        for rest in _without_each(deals):
            _, group = np.unique(rest, return_inverse=True)
            found.append(_others_of_group(group.ravel()))
        longest = max([one.shape[1] for one in found] + [1])
        others = np.full((size, issues, longest), NO_DEAL)
        for issue, one in enumerate(found):
            others[:, issue, : one.shape[1]] = one
        return cls(others)

    def of_issue(self, text: Ints, issue_luck: Floats) -> Ints:
        """(B, L) the texts that differ from the present ones in an issue drawn uniformly, padded with NO_DEAL."""
        return np.asarray(self.others.reshape(-1, self.others.shape[2]).take(self._places(text, issue_luck), axis=0))

    @cached_property
    def _counts(self) -> Ints:
        """(K * I,) how many there are."""
        return np.asarray((self.others != NO_DEAL).sum(axis=2).ravel())

    def draw(self, text: Ints, offerable: Bools, issue_luck: Floats, level_luck: Floats) -> Ints:
        """(B,) the mediator's next text: an issue uniformly, then another level of it uniformly.

        Args:
            text:       (B,) present text, NO_DEAL where there is none
            offerable:  (B, K) deals he may write
            issue_luck, level_luck: (B,) uniforms
        Returns:
            (B,) new text, NO_DEAL where the issue drawn has no other level to go to
        """
        return self.drawer(offerable)(text, issue_luck, level_luck)

    def drawer(self, offerable: Bools, times: int = 1) -> Callable[[Ints, Floats, Floats], Ints]:
        """``draw`` for the deals that he may write; where these are all nothing has to be looked up for it.

        Args:
            times: how often is drawn: where it is as often as there are deals, what is open from each is found before
        """
        if offerable.all():
            return self._drawn_of_all
        if self.others.shape[2] <= _BITS and times >= len(self.others):
            return partial(self._drawn_of_open, self._open_from_each(offerable))
        return partial(self._drawn_of_some, offerable)

    def _open_from_each(self, offerable: Bools) -> Ints:
        """(B, K * I) which of the others he may write, a bit for each."""
        found = np.zeros((len(offerable), self.others.shape[0] * self.others.shape[1]), np.uint8)
        for level in range(self.others.shape[2]):
            other = self.others[:, :, level].ravel()
            there = offerable.take(np.maximum(other, 0), axis=1)
            there &= other != NO_DEAL
            found |= there.view(np.uint8) << np.uint8(level)
        return found

    def _places(self, text: Ints, issue_luck: Floats) -> Ints:
        """(B,) where the issue that is drawn stands in ``others``, of the present text."""
        issues = self.others.shape[1]
        at: Ints = np.maximum(text, 0) * issues
        at += np.minimum((issue_luck * issues).astype(np.int64), issues - 1)
        return at

    def _drawn_of_all(self, text: Ints, issue_luck: Floats, level_luck: Floats) -> Ints:
        at = self._places(text, issue_luck)
        count = self._counts.take(at)
        number = (level_luck * count).astype(np.int64)
        number *= number < count
        at *= self.others.shape[2]
        at += number
        return np.where(text != NO_DEAL, self.others.ravel().take(at), NO_DEAL)

    def _drawn_of_open(self, open_to: Ints, text: Ints, issue_luck: Floats, level_luck: Floats) -> Ints:
        at = self._places(text, issue_luck)
        bits = open_to.ravel().take(at + np.arange(len(text)) * open_to.shape[1]).astype(np.int64)
        count = _BITS_SET.take(bits)
        bits *= _BITS + 1
        bits += (level_luck * count).astype(np.int64)
        at *= self.others.shape[2]
        at += _PLACE_OF_BIT.ravel().take(bits)
        count *= text != NO_DEAL
        return np.where(count > 0, self.others.ravel().take(at), NO_DEAL)

    def _drawn_of_some(self, offerable: Bools, text: Ints, issue_luck: Floats, level_luck: Floats) -> Ints:
        levels = self.others.shape[2]
        choice = self.of_issue(text, issue_luck)
        starts = np.arange(len(text))[:, None] * offerable.shape[1]
        open_to = offerable.ravel().take(starts + np.maximum(choice, 0))
        open_to &= choice != NO_DEAL
        open_to &= (text != NO_DEAL)[:, None]
        so_far = open_to.cumsum(axis=1)
        count = so_far[:, -1]
        number = (level_luck * count).astype(np.int64)
        place = (so_far > number[:, None]).argmax(axis=1)
        place += np.arange(len(text)) * levels
        return np.where(count > 0, choice.ravel().take(place), NO_DEAL)


def _without_each(deals: Ints) -> Iterator[Ints]:
    """For each issue (K,) numbers that are alike where all other issues have the same levels."""
    sizes = [int(column.max(initial=0)) + 1 for column in deals.T]
    if math.prod(sizes) < 2**62:  # all levels fit into one number
        places = [math.prod(sizes[i + 1 :]) for i in range(len(sizes))]
        whole = np.zeros(len(deals), np.int64)
        for column, place in zip(deals.T, places, strict=True):
            whole += column.astype(np.int64) * place
        yield from (whole - column.astype(np.int64) * place for column, place in zip(deals.T, places, strict=True))
        return
    for issue in range(len(sizes)):
        yield np.unique(np.delete(deals, issue, axis=1), axis=0, return_inverse=True)[1].ravel()


def _others_of_group(group: Ints) -> Ints:
    """(K, L) the other members of each deal's group, in order, padded with NO_DEAL."""
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    place = np.arange(len(group)) - np.repeat(sizes.cumsum() - sizes, sizes)
    members = np.full((len(sizes), int(sizes.max(initial=1))), NO_DEAL)
    members[group[order], place] = order
    mine = members[group]
    mine = np.where(mine == np.arange(len(group))[:, None], NO_DEAL, mine)
    return np.take_along_axis(mine, np.argsort(mine == NO_DEAL, axis=1, kind="stable"), axis=1)


def chance_of_yes(gain: Floats, heat: Floats) -> Floats:
    """Return the chance that a change is taken: min(1, exp(dU / T)), or dU >= 0 where T is 0.

    Args:
        gain: dU, change in payoff, any shape
        heat: T of the same shape or one that broadcasts to it, 0 or more
    Source:
        Klein, Faratin, Sayama & Bar-Yam 2003 (Metropolis rule; hill-climbers take ties).

    Example:
        >>> chance_of_yes(np.array([-1.0, 0.5, -1.0]), np.array([1.0, 1.0, 0.0])).round(4).tolist()
        [0.3679, 1.0, 0.0]
    """
    warm = heat > 0
    annealed = chance_of_warm_yes(gain, np.where(warm, heat, 1.0))
    return np.asarray(np.where(warm, annealed, gain >= -CLIMB_TOLERANCE), dtype=float)


def chance_of_warm_yes(gain: Floats, heat: Floats) -> Floats:
    """``chance_of_yes`` where all T are above 0.

    Source: as ``chance_of_yes``
    Example:
        >>> chance_of_warm_yes(np.array([-1.0, 0.5]), np.array([1.0, 1.0])).round(4).tolist()
        [0.3679, 1.0]
    """
    return np.asarray(np.exp(np.minimum(gain, 0.0) / heat))


def temperature(heat: Floats, number: int, total: int) -> Floats:
    """Return T at the change of that number, from 0, out of ``total``: a straight line down to 0.

    Example:
        >>> temperature(np.array([2.0, 0.0]), 30, 40).tolist()
        [0.5, 0.0]
    """
    return np.asarray(heat * (1.0 - number / total))


def exact_text(payoff: Floats, deals: Ints, heat: Floats, first_text: int, total: int) -> Floats:
    """Return the chance of each deal to be the text after ``total`` changes, all signers having to say yes.

    Args:
        payoff:     (A, K) of the signers
        deals:      (K, I) level of each issue
        heat:       (A,) temperature at the start, 0 for a hill-climber
        first_text: deal to start from
        total:      number of changes tried
    Returns:
        (K,) probabilities
    Source:
        Markov chain of the rule of Klein et al. 2003; the protocol is the Monte Carlo of it.

    Example:
        >>> deals = np.array([[0], [1]])
        >>> exact_text(np.array([[0.0, 1.0]]), deals, np.array([0.0]), 0, 1).tolist()
        [0.0, 1.0]
    """
    others = TextChanges.of(deals).others
    size, issues, _ = others.shape
    there = others != NO_DEAL
    drawn = there / np.maximum(there.sum(axis=2, keepdims=True), 1) / issues  # (K, I, L)
    gain = payoff[:, np.maximum(others, 0)] - payoff[:, :, None, None]  # (A, K, I, L)
    chances = np.zeros(size)
    chances[first_text] = 1.0
    for number in range(total):
        now = temperature(heat, number, total)[:, None, None, None]
        moves = chances[:, None, None] * drawn * chance_of_yes(gain, now).prod(axis=0)
        arriving = np.bincount(others[there], weights=moves[there], minlength=size)
        chances = chances - moves.sum(axis=(1, 2)) + arriving
    return np.asarray(chances)
