"""What comes of a theory, as plain data and as text."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from sim.equilibria import SelfFulfillingTruce
from sim.equilibria.truce_or_settlement import Fork
from sim.games import VotingPower
from sim.report.pieces import KeyValues, Piece, Sentence
from sim.table.mutual_fear import TrucePlay

#: What is told of a result beside its fields.
_TOLD_BESIDES: Final[Mapping[type, tuple[str, ...]]] = {
    VotingPower: ("banzhaf_normalised", "dummy", "shapley_decimal", "passing_decimal"),
    TrucePlay: ("hazard",),
    SelfFulfillingTruce: ("multiple",),
}


@dataclass(frozen=True)
class TheoryAnswer:
    """What a theory says of some numbers.

    name, source: of the theory
    given:  the arguments as they were read
    answer: what comes of them, as plain data: numbers, lists, or names -> these
    """

    name: str
    source: str
    given: Mapping[str, Any]
    answer: Any

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"name": self.name, "source": self.source, "given": dict(self.given), "answer": self.answer}

    def pieces(self) -> tuple[Piece, ...]:
        """What is printed."""
        pairs = tuple((path, _shown(value)) for path, value in _flat(self.answer, ""))
        if len(pairs) == 1 and not pairs[0][0]:
            pairs = (("answer", pairs[0][1]),)
        return (Sentence(f"{self.name} ({self.source})"), KeyValues(pairs))


def has_nan(found: Any) -> bool:
    """Whether some number of an answer is none."""
    if isinstance(found, float | np.floating):
        return bool(np.isnan(found))
    if isinstance(found, np.ndarray):
        return found.dtype.kind == "f" and bool(np.isnan(found).any())
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        return any(has_nan(getattr(found, item.name)) for item in dataclasses.fields(found))
    return isinstance(found, list | tuple) and any(map(has_nan, found))


def plain_answer(found: Any) -> Any:  # noqa: PLR0911 - one line for each kind
    """Whatever a theory returns as names, lists and numbers."""
    if isinstance(found, Fork):
        return _fork_told(found)
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        names = [item.name for item in dataclasses.fields(found)]
        return {name: plain_answer(getattr(found, name)) for name in (*names, *_TOLD_BESIDES.get(type(found), ()))}
    if isinstance(found, tuple) and hasattr(found, "_fields"):
        return {name: plain_answer(getattr(found, name)) for name in found._fields}
    if isinstance(found, Mapping):
        return {str(name): plain_answer(value) for name, value in found.items()}
    if isinstance(found, np.ndarray):
        return plain_answer(found.tolist())
    if isinstance(found, list | tuple):
        return [plain_answer(one) for one in found]
    if isinstance(found, Fraction):
        return str(found)
    if isinstance(found, np.generic):
        return plain_answer(found.item())
    if isinstance(found, float):
        return found if math.isfinite(found) else None if math.isnan(found) else str(found)
    return found if found is None or isinstance(found, bool | int | str) else str(found)


def _fork_told(fork: Fork) -> dict[str, Any]:
    """Which of the two documents both could sign, and after how many rounds of fighting the truce is the better one."""
    ranges = {"truce": (fork.truce_range, fork.line), "settlement": (fork.settlement_range, fork.terms)}
    told: dict[str, Any] = {"regime": fork.regime}
    for name, (found, share) in ranges.items():
        told[name] = {"x_min": found.x_min, "x_max": found.x_max, "premium": [float(x) for x in found.premium(share)]}
    told["rounds"] = {
        "terminal": [fork.delay_threshold(side) for side in (0, 1)],
        "recursive": [fork.recursive_delay_threshold(side) for side in (0, 1)],
        "joint": fork.joint_delay_threshold,
    }
    plain: dict[str, Any] = plain_answer(told)
    return plain


def _flat(found: Any, path: str) -> list[tuple[str, Any]]:
    if isinstance(found, Mapping):
        return [pair for name, value in found.items() for pair in _flat(value, f"{path}.{name}".lstrip("."))]
    if isinstance(found, list) and any(isinstance(one, Mapping) for one in found):
        return [pair for n, one in enumerate(found) for pair in _flat(one, f"{path} {n + 1}".strip())]
    return [(path, found)]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_shown(one) for one in value) + "]"
    if isinstance(value, bool) or not isinstance(value, float):
        return "none" if value is None else str(value)
    return f"{value:.10g}"
