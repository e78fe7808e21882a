"""Where new cases go, and their files being written: all of them, or none over what is there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sim.foundations import InputError, Problem
from sim.scenario import scenario_schema
from sim.scenario.case_files import CASES_FOLDER

#: What a case's folder can be called.
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def cases_folder() -> Path:
    """Where cases are: scenarios/ below this folder, or the folder of that name that this one is, or lies in."""
    here = Path.cwd()
    if here.name == CASES_FOLDER:
        return Path()
    return Path(os.pardir) if here.parent.name == CASES_FOLDER else Path(CASES_FOLDER)


def schema_texts(cases: Path) -> dict[Path, str]:
    """The JSON Schemas that scenario files name for editors, where they are not there yet."""
    files = {cases / "scenario.schema.json": False, cases / "overlay.schema.json": True}
    return {
        path: json.dumps(scenario_schema(overlay=overlay), indent=2, ensure_ascii=False) + "\n"
        for path, overlay in files.items()
        if not path.exists()
    }


def write_all(folder: Path, texts: Mapping[Path, str], *, fresh: bool = True) -> None:
    """Write files.

    Args:
        fresh: whether the folder must not be there yet
    Raises:  InputError if it is, or if a file cannot be written
    """
    if fresh and folder.exists():
        raise InputError(Problem(f"{folder} is there already; nothing was written", allowed="another name"))
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(folder))) from None
