"""What the spread of the endings comes from: evidence, model, both together, luck; over a study, what is swept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.report.pieces import Cell, Piece, Row, Section, Sentence, Table
from sim.words import enumerated, share_with_half

#: What each part stands for, in words; the order of the parts.
PARTS: Mapping[str, str] = {
    "evidence": "evidence (the ranges of the numbers)",
    "model": "structure (protocol and conventions)",
    "both": "both together",
    "luck": "luck (chance within a world)",
}
#: The same of the spread over the points of a sweep.
STUDY_PARTS: Mapping[str, str] = {
    "swept": "what is swept",
    "evidence": "evidence (the ranges of the other numbers)",
    "both": "both together",
    "luck": "luck (chance within a world)",
}


#: Half of an interval beyond which a split says nothing.
_VAGUE: Final = 0.25


@dataclass(frozen=True)
class Spread:
    """Parts of the variance of the ending.

    part:   name of the part, as in PARTS -> share of the variance, 0..1
    half:   half the width of its 95 % interval
    worlds: how many worlds were told again and again
    fitting: whether these are worlds that fit what was observed
    readings: under how many combinations of conventions; 0 where that was not kept
    """

    part: Mapping[str, float]
    half: Mapping[str, float]
    worlds: int
    fitting: bool = False
    readings: int = 0

    @classmethod
    def of(cls, found: xr.Dataset) -> Spread | None:
        """Read the split of the ending off the result of ``split_spread``; ``None`` where nothing varies."""
        part, half = _parts(found, PARTS)
        fitting, readings = bool(found.attrs.get("fitting", 0)), int(found.attrs.get("variants", 0))
        return cls(part, half, int(found.attrs["worlds"]), fitting, readings) if part else None

    def sentence(self) -> str:
        """The split in one sentence.

        Example:
            >>> parts = {"evidence": 0.42, "model": 0.03, "both": 0.14, "luck": 0.41}
            >>> Spread(parts, dict.fromkeys(parts, 0.07), 40).sentence()[:72]
            'Of the spread of the endings 42 ± 7 % is evidence (the ranges of the num'
        """
        if max(self.half.values(), default=0.0) > _VAGUE:
            return f"What their spread comes from, {self.worlds} worlds are too few to say."
        where = f"{self.worlds} worlds{' that fit what was observed' if self.fitting else ''}"
        where += f", {self.readings} readings of the rules" if self.readings else ""
        return f"Of the spread of the endings {_told(self, PARTS)} ({where})."


@dataclass(frozen=True)
class StudySpread:
    """Parts of the variance of the ending over the points of a sweep, each counted alike.

    part:      name of the part, as in STUDY_PARTS -> share of the variance, 0..1
    half:      half the width of its 95 % interval
    worlds:    how many worlds were told again and again
    points:    at so many points
    of_points: of so many
    """

    part: Mapping[str, float]
    half: Mapping[str, float]
    worlds: int
    points: int
    of_points: int

    @classmethod
    def of(cls, found: xr.Dataset | None) -> StudySpread | None:
        """Read the split of the ending off the result of ``study_spread``; ``None`` where nothing varies."""
        if found is None:
            return None
        part, half = _parts(found, STUDY_PARTS)
        if not part:
            return None
        return cls(part, half, *(int(found.attrs[name]) for name in ("worlds", "points", "of_points")))

    def sentence(self) -> str:
        """The split in one sentence."""
        some = "all" if self.points == self.of_points else f"{self.points} of"
        where = f"{some} {self.of_points:,} points, {self.worlds} worlds"
        return f"Of the spread of the endings over the points {_told(self, STUDY_PARTS)} ({where})."


def sweep_spread(study: StudySpread | None, base: Spread | None) -> dict[str, Any] | None:
    """What ``spread.json`` of a sweep holds; ``None`` where nothing varies by itself."""
    if study is None:
        return None
    sentence = study.sentence()
    if base is not None:
        model, both = (share_with_half(base.part[n], base.half[n]) for n in ("model", "both"))
        words = f"the structure (protocol and conventions) is {model}, and {both} together with evidence"
        sentence = f"{sentence[:-1]}. In the base case {words}."
    point = None if base is None else asdict(base)
    return {"of": "sweep", "at": "base", "use": {}, "point": point, "study": asdict(study), "sentence": sentence}


def bridge_spread(point: Spread | None, use: Mapping[str, float], *, found: bool) -> dict[str, Any] | None:
    """What ``spread.json`` of a bridge holds; ``None`` where nothing varies.

    Args:
        use:   levers in use where the spread was split
        found: whether that is the use that was found; otherwise it is the base case
    """
    if point is None:
        return None
    where = "with these levers in use" if found and use else "with no lever in use"
    sentence = point.sentence().replace("of the endings", f"of the endings {where}", 1)
    at = "found" if found else "base"
    return {"of": "bridge", "at": at, "use": dict(use), "point": asdict(point), "study": None, "sentence": sentence}


def spread_section(found: Mapping[str, Any] | None) -> Section:
    """Say what the spread of a sweep's or a bridge's answer comes from; on a page that it was not worked out, too.

    Args:
        found: as ``sweep_spread`` and ``bridge_spread`` give it
    """
    title = "Where the spread is from"
    if found is None:
        words = "The spread of this answer was not split into evidence, model and luck."
        return Section("spread", title, (Sentence(words),), shown="page")
    at = "with these levers in use" if found.get("at") == "found" else "of the scenario as it stands"
    tables: tuple[Piece, ...] = (
        _table("spread-point", f"Spread of the endings {at}", found.get("point"), PARTS),
        _table("spread-study", "Spread of the endings over the whole study", found.get("study"), STUDY_PARTS),
    )
    sentence = Sentence(str(found.get("sentence", "")))
    return Section("spread", title, (sentence, Section("", "", tables, shown="page")))


def _table(identity: str, caption: str, found: Mapping[str, Any] | None, words: Mapping[str, str]) -> Table:
    parts = found["part"] if found else {}
    rows: list[Row] = [
        [words.get(name, name), Cell(share_with_half(part, found["half"][name]), float(part))]
        for name, part in parts.items()
        if found
    ]
    worlds = f" ({found['worlds']:,} worlds)" if found else ""
    return Table(identity, f"{caption}, shares of its variance ± 95 %{worlds}", ("part", "share"), rows, (1,))


def _parts(found: xr.Dataset, names: Mapping[str, str]) -> tuple[dict[str, float], dict[str, float]]:
    """Share and half-width of each part of the spread of the ending; nothing where it does not vary."""
    measures = [str(name) for name in found["measure"].values]
    if "ending (all)" not in measures:
        return {}, {}
    of_ending = found.isel(measure=measures.index("ending (all)"))
    if not np.isfinite(of_ending["part"].values).all():
        return {}, {}
    part, half = (dict(zip(names, of_ending[n].values.tolist(), strict=True)) for n in ("part", "half"))
    return part, half


def _told(found: Spread | StudySpread, names: Mapping[str, str]) -> str:
    return enumerated([f"{share_with_half(found.part[name], found.half[name])} is {names[name]}" for name in names])
