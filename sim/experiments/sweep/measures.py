"""What is counted and added up in every cell of a sweep, and how shares and means follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine import Outcome
from sim.foundations import Bools, Floats, Ints
from sim.scenario import Scenario
from sim.scenario.kinds import deal_kinds, declared_codes, ending_codes

#: Draws that shares are taken among.
GROUPS: Final = ("all", "consistent")
#: Numbers that a draw has, before the utilities.
ADDED: Final = ("held",)


def counted_columns(scenario: Scenario) -> tuple[str, ...]:
    """Things that a draw does or does not, as columns that are counted."""
    return (
        *(f"ending {name}" for name in ending_codes(scenario)),
        *(f"declared {name}" for name in declared_codes(scenario)),
        *(f"exists {name}" for name in deal_kinds(scenario)),
        "any deal",
        "decided by arms",
        "converted",
    )


@dataclass(frozen=True)
class PerDraw:
    """What happened in each draw of some rows.

    counted:    (R, C) truth values, see ``counted_columns``
    added:      (R, len(ADDED) + A) rounds held, utilities
    consistent: (R,) whether the draw survives every observation
    codes:      (R, 6) ending, declared, held, arms, any deal, consistent: what is kept of single draws
    """

    counted: Bools
    added: Floats
    consistent: Bools

    @classmethod
    def of(cls, scenario: Scenario, outcome: Outcome, exists: Bools, consistent: Bools) -> PerDraw:
        """Collect the columns of a block.

        Args:
            exists: (B, N) whether an acceptable deal of each kind exists
        """
        counted = np.column_stack(
            [
                outcome.ending[:, None] == np.arange(len(ending_codes(scenario))),
                outcome.declared[:, None] == np.arange(len(declared_codes(scenario))),
                exists,
                exists.any(axis=1),
                outcome.decided_by_arms.astype(bool),
                outcome.converted.astype(bool),
            ]
        )
        added = np.column_stack([outcome.held.astype(float), outcome.utility])
        return cls(counted, added, np.asarray(consistent, bool))

    @classmethod
    def joined(cls, parts: Sequence[PerDraw]) -> PerDraw:
        """String blocks together."""
        if len(parts) == 1:
            return parts[0]
        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("counted", "added", "consistent")))


def totals(found: PerDraw, starts: Ints) -> dict[str, np.ndarray]:
    """Add up consecutive rows, cell by cell.

    Args:
        starts: (C,) first row of each cell; no cell is empty
    Returns:
        ``draws`` (C, 2), ``counts`` (C, 2, columns), ``sums`` and ``squares`` (C, 2, numbers), by group
    """
    kept = found.consistent[:, None]
    groups = np.stack([np.ones_like(found.consistent), found.consistent], axis=1)
    counted = np.stack([found.counted, found.counted & kept], axis=1).astype(np.int32)
    added = np.stack([found.added, np.where(kept, found.added, 0.0)], axis=1)
    return {
        "draws": np.add.reduceat(groups.astype(np.int32), starts, axis=0),
        "counts": np.add.reduceat(counted, starts, axis=0),
        "sums": np.add.reduceat(added, starts, axis=0),
        "squares": np.add.reduceat(added**2, starts, axis=0),
    }


def single_draws(scenario: Scenario, found: PerDraw) -> dict[str, np.ndarray]:
    """What is kept of single draws, in few bits: codes, and utilities in single precision."""
    names, ends, kinds = counted_columns(scenario), len(ending_codes(scenario)), len(declared_codes(scenario))
    return {
        "ending": found.counted[:, :ends].argmax(axis=1).astype(np.int8),
        "declared": found.counted[:, ends : ends + kinds].argmax(axis=1).astype(np.int8),
        "any_deal": found.counted[:, names.index("any deal")].astype(np.int8),
        "decided_by_arms": found.counted[:, names.index("decided by arms")].astype(np.int8),
        "held": found.added[:, 0].astype(np.int32),
        "consistent": found.consistent.astype(np.int8),
        "utility": found.added[:, 1:].astype(np.float32),
    }


def share(counts: np.ndarray, draws: np.ndarray) -> tuple[Floats, Floats]:
    """Shares and their Monte Carlo standard errors; nan where there are no draws.

    Example:
        >>> [float(x) for x in share(np.array(1), np.array(4))]
        [0.25, 0.21650635094610965]
    """
    size = np.where(draws > 0, draws, np.nan)
    found = counts / size
    return found, np.sqrt(found * (1 - found) / size)


def mean(sums: Floats, squares: Floats, draws: np.ndarray) -> tuple[Floats, Floats]:
    """Means and their standard errors; nan where there are too few draws."""
    size = np.where(draws > 0, draws, np.nan)
    found = sums / size
    spread = np.maximum(squares / size - found**2, 0.0) * size / np.where(draws > 1, draws - 1, np.nan)
    return found, np.sqrt(spread / size)


def columns(names: Sequence[str], prefix: str) -> list[int]:
    """Which counted columns belong to a variable, e.g. those of ``ending``."""
    return [index for index, name in enumerate(names) if name.split(" ")[0] == prefix]


#: Every measure that a study may name, and what it is.
MEASURES: Final[Mapping[str, str]] = {
    "ending": "share of draws with each state at the horizon",
    "declared": "share of draws by kind of the first signed deal",
    "deal_exists": "share of draws in which an acceptable deal of the kind exists",
    "any_deal": "share of draws in which any deal is acceptable",
    "decided_by_arms": "share of draws in which arms decide before the horizon",
    "converted": "share of draws in which follow-on talks turned a deal into a settlement",
    "held": "rounds that the first signed deal was in force, mean (0 where none was signed)",
    "utility": "realised value, mean",
    "acceptance": "share of draws that survive every observation",
    "modal_ending": "most frequent ending",
}
