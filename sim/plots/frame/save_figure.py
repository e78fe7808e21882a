"""Write figures to disk: whole or not at all, and the same bytes for the same results."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.foundations import UnknownNameError
from sim.plots.frame.style import STYLES, house_style
from sim.store.folder import cannot_write

#: Format -> what is written into the file beside the picture; no dates, no versions.
_METADATA: Final[Mapping[str, Mapping[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
FIGURE_FORMATS: Final = tuple(_METADATA)


def save(figure: Figure, folder: Path, name: str, formats: Sequence[str] = ("png", "svg")) -> list[Path]:
    """Write ``folder/name.png`` and so on; a file is either the old one or the whole new one.

    Raises:  UnknownNameError for a format other than png, svg, pdf; ResultsError if a file cannot be written
    """
    for wanted in formats:
        if wanted not in FIGURE_FORMATS:
            raise UnknownNameError("format", wanted, FIGURE_FORMATS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(figure, folder / f"{name}.{wanted}", name, wanted) for wanted in formats]
    except OSError as error:
        raise cannot_write(folder, error) from None


def _write(figure: Figure, path: Path, name: str, wanted: str) -> Path:
    metadata = dict(_METADATA[wanted])
    title = next((text.get_text() for text in figure.texts if text.get_gid() == "title"), "")
    if wanted != "png":
        metadata["Title"] = title.replace("\n", " ")
    style = getattr(figure, "sim_style", "screen")
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        # ids in an SVG come from the salt: equal for the same figure, different between figures on a page
        with os.fdopen(handle, "wb") as stream, house_style(style), mpl.rc_context({"svg.hashsalt": name}):
            figure.savefig(stream, format=wanted, dpi=STYLES[style].dpi, metadata=metadata)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
