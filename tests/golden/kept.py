"""What every case of the repository answers, kept so that a change of any number is seen in the diff.

Written anew, after a change on purpose, by ``python -m tests.golden.kept`` from the top of the repository.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import xarray as xr
from click.testing import CliRunner

from sim.cli.main import main
from sim.store import load_results

HERE = Path(__file__).parent / "answers"
DRAWS = 120
#: Every case, and whether what would flip its headline is asked too.
CASES = {
    "budget": False,
    "buyer_seller": False,
    "ceasefire": False,
    "coalition": False,
    "emission_standards": False,
    "labour": True,
    "monitored_deal": False,
    "pie": False,
    "purchase": False,
    "river_dam": False,
    "summit": False,
    "treaty_articles": False,
}
#: Cases of very many deals: fewer draws of these have to do.
FEW = {"treaty_articles": 8}
#: Cases of which stakeholders are kept turn by turn; elsewhere they would be most of the file.
FOLLOWED = ("emission_standards",)


def asked(case: str) -> dict[str, Any]:
    """Run a case as `sim run` does, and return its answer and a hash of every column of whole numbers."""
    with TemporaryDirectory() as top:
        words = [
            "run",
            f"scenarios/{case}",
            "--draws",
            str(FEW.get(case, DRAWS)),
            "--no-figures",
            "--json",
            "--out",
            f"{top}/run",
        ]
        done = CliRunner().invoke(main, words if CASES[case] else [*words, "--no-flips"], catch_exceptions=False)
        if done.exit_code:
            raise AssertionError(done.output)
        answer = json.loads(done.stdout)
        columns = hashes(load_results(f"{top}/run"))
    # the folder, what was run before on this machine, and a hash of floats that other processors round otherwise
    for passing in ("results", "since_last_run", "digest"):
        answer.pop(passing)
    if case not in FOLLOWED:
        answer.pop("stakeholders", None)
    return {"answer": rounded(answer), "columns": columns}


def hashes(results: xr.Dataset) -> dict[str, str]:
    """SHA-256, its first 16 digits, of each column of whole numbers with one row for each draw."""
    return {
        str(name): hashlib.sha256(np.ascontiguousarray(found.values, dtype="<i8").tobytes()).hexdigest()[:16]
        for name, found in sorted(results.data_vars.items())
        if "draw" in found.dims and found.dtype.kind in "biu"
    }


def rounded(found: Any) -> Any:
    """Plain data with every float at nine significant digits."""
    if isinstance(found, dict):
        return {key: rounded(value) for key, value in found.items()}
    if isinstance(found, list):
        return [rounded(value) for value in found]
    return float(f"{found:.9g}") if isinstance(found, float) else found


def written(case: str) -> str:
    """The text of the file that keeps a case."""
    return json.dumps(asked(case), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name in CASES:
        (HERE / f"{name}.json").write_text(written(name), encoding="utf-8")
