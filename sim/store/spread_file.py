"""What the spread of an answer comes from, kept beside the results: worked out after them, or left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.store.folder import SPREAD_FILE, write_atomically
from sim.store.integrity import read_json


def save_spread(folder: Path, found: Mapping[str, Any] | None) -> None:
    """Write the split, or remove that of an earlier answer in the same folder.

    Raises:  ResultsError if it cannot be written
    """
    if found is None:
        (folder / SPREAD_FILE).unlink(missing_ok=True)
    else:
        write_atomically(folder / SPREAD_FILE, json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def load_spread(folder: Path) -> Mapping[str, Any] | None:
    """Read the split; ``None`` where it was left out or nothing varies.

    Raises:  ResultsError if it cannot be read
    """
    file = folder / SPREAD_FILE
    return read_json(file, {}) if file.is_file() else None
