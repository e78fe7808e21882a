"""A canvas that measures text and draws nothing."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg


class MeasuringCanvas(FigureCanvasAgg):
    """The canvas of a page whose layout is asked for, not its picture.

    Pages of one resolution share a renderer: matplotlib keeps by renderer how wide each text is, so that names, numbers
    and units that stand in many figures are measured once. A renderer holds a picture as large as its page; this one
    holds a single pixel.

    Example:
        >>> from matplotlib.figure import Figure
        >>> pages = [Figure(figsize=(2, 1), dpi=100), Figure(figsize=(9, 5), dpi=100)]
        >>> one, other = (MeasuringCanvas(page).get_renderer() for page in pages)
        >>> one is other
        True
    """

    def get_renderer(self) -> RendererAgg:
        """The renderer of all pages with as many dots per inch."""
        return _renderer(float(self.figure.dpi))


@lru_cache(maxsize=8)
def _renderer(dpi: float) -> RendererAgg:
    return RendererAgg(1, 1, dpi)  # type: ignore[no-untyped-call]
