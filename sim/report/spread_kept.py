"""What the spread of a sweep or a bridge comes from, as it was kept beside the results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.foundations import ResultsError
from sim.store.folder import SPREAD_FILE


def spread_kept(folder: Path) -> Mapping[str, Any] | None:
    """Read the split; ``None`` where it was left out or nothing varies."""
    file = folder / SPREAD_FILE
    if not file.is_file():
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
    return found if isinstance(found, dict) else None
