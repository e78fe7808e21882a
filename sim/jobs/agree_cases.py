"""What several coders made of the same source: agreement, differences, and their pool as an overlay."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.evidence import TomlFile, is_file, read_article
from sim.foundations import InputError, Problem
from sim.scenario import Case, read_case
from sim.scenario.coders import (
    Agreement,
    CodedApart,
    CoderPooling,
    agreement,
    claim_units,
    coded_apart,
    pooled_numbers,
    scenario_units,
)


@dataclass(frozen=True)
class CoderComparison:
    """Several codings of the same source, side by side.

    coders:    names of the codings, by their files
    of:        what the files are: "scenarios" or "evidence"
    agreement: Krippendorff's alpha of each kind of code
    apart:     what they see differently, the widest apart first
    cases:     the cases, if they are scenarios
    """

    coders: tuple[str, ...]
    of: str
    agreement: tuple[Agreement, ...]
    apart: tuple[CodedApart, ...]
    cases: tuple[Case, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Everything as plain data, as `sim agree --json` prints it; an alpha that cannot be told is null."""
        return {
            "coders": list(self.coders),
            "of": self.of,
            "agreement": [
                {**asdict(one), "alpha": None if one.alpha != one.alpha else one.alpha, "reading": one.words}
                for one in self.agreement
            ],
            "apart": [asdict(one) for one in self.apart],
        }

    def pooled(self, pooling: CoderPooling = "mixture") -> dict[str, dict[str, Any]]:
        """The numbers that they see differently, by path, as a file would hold their pool.

        Raises:  InputError for evidence files, which hold no numbers
        """
        if not self.cases:
            raise InputError(Problem("evidence files hold no numbers to pool", allowed="scenarios"))
        coded = {name: case.scenario for name, case in zip(self.coders, self.cases, strict=True)}
        return pooled_numbers(coded, pooling)

    def pool_place(self, out: Path) -> str:
        """What an overlay at ``out`` writes after ``extends``: the way to the first coder's scenario."""
        base = self.cases[0].files[0].path.resolve()
        return Path(os.path.relpath(base, out.absolute().parent)).as_posix()


def agree(files: Sequence[str | Path]) -> CoderComparison:
    """Compare what several people made of the same source: scenarios, or evidence files.

    Args:
        files: two or more; cases as ``read_case`` takes them, or evidence files with [claims]
    Raises:  InputError for fewer than two, for files of both kinds, and for everything wrong in them
    """
    if len(files) < 2:
        raise InputError(Problem("agreement takes two codings or more", allowed="sim agree A.toml B.toml"))
    evidence = [_is_evidence(Path(file)) for file in files]
    if any(evidence) and not all(evidence):
        raise InputError(Problem("scenarios and evidence files cannot be compared", allowed="files of one kind"))
    names = _names([Path(file) for file in files])
    if all(evidence):
        units = claim_units([read_article(Path(file)) for file in files])
        return CoderComparison(names, "evidence", agreement(units), coded_apart(units))
    cases = tuple(read_case(file) for file in files)
    units = scenario_units([case.scenario for case in cases])
    return CoderComparison(names, "scenarios", agreement(units), coded_apart(units), cases)


def _is_evidence(path: Path) -> bool:
    if not is_file(path):
        return False
    raw = TomlFile.read(path).raw
    return "claims" in raw and "issues" not in raw and "extends" not in raw


def _names(paths: Sequence[Path]) -> tuple[str, ...]:
    """What the codings are called: their files, or the folders of their scenarios; all different."""
    found: list[str] = []
    for path in paths:
        base = path.parent.name if path.name == "scenario.toml" else path.stem
        name, number = base or "coder", 1
        while name in found:
            number += 1
            name = f"{base}_{number}"
        found.append(name)
    return tuple(found)
