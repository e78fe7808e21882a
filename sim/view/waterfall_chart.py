"""What the nearest deals are worth to each party, term by term, as waterfalls and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL
from sim.plots.frame.labels import actor_titles, parties, term_title
from sim.plots.frame.style import GAIN, LOSS
from sim.plots.run.why_not import Waterfall, waterfall
from sim.report.pieces import Cell, Row, Table
from sim.view.chart_frame import GRID_LINES, INK, INNER, MUTED, ChartOptions, chart, hint, name_axis, value_axis
from sim.view.setting_results import SettingResults
from sim.words import percent, signed_value, without_article

_NOTHING = 5e-4
#: Terms below this share of the widest picture are added up.
_SMALL = 0.05
_ROW, _FRAME = 27, 56


@dataclass(frozen=True)
class TermStep:
    """One term of a surplus, or the total, in value per round.

    mean:      of the worlds
    low, high: 10 % and 90 % quantile
    """

    name: str
    mean: float
    low: float
    high: float

    @property
    def spread(self) -> str:
        """The quantiles in words."""
        return f"{signed_value(self.low)} to {signed_value(self.high)}"


@dataclass(frozen=True)
class WaterfallChart:
    """One party's surplus from the nearest deal of a kind.

    title: whose, from which deal, and how often it would be signed
    steps: terms that are shown, the total last
    span:  lowest and highest place that any waterfall of the page reaches
    """

    title: str
    steps: tuple[TermStep, ...]
    span: tuple[float, float]

    @property
    def height(self) -> float:
        """Pixels it takes."""
        return _FRAME + _ROW * len(self.steps)

    def options(self) -> ChartOptions:
        """Boxes laid end to end from the line at 0; whiskers: 10-90 % of worlds."""
        start, labels = 0.0, []
        boxes: list[ChartOptions] = []
        for n, step in enumerate(self.steps):
            total = n == len(self.steps) - 1
            start = 0.0 if total else start
            ends = sorted((start, start + step.mean))
            low, high = min(ends[0], start + step.low), max(ends[1], start + step.high)
            color = MUTED if total else GAIN if step.mean >= 0 else LOSS
            words = hint(f"{step.name}: {signed_value(step.mean)} (80 % of worlds: {step.spread})")
            look = {"color": color, "borderColor": color}
            boxes.append({"value": [low, ends[0], ends[0], ends[1], high], "itemStyle": look, "tooltip": words})
            labels.append({"value": [high, n], "label": {"formatter": signed_value(step.mean)}})
            start += step.mean
        zero = {"symbol": "none", "silent": True, "label": {"show": False}, "data": [{"xAxis": 0}],
                "lineStyle": {"color": INK, "type": "solid", "width": 1}}  # fmt: skip
        low, high = self.span
        return chart(
            f"{self.title}: {'; '.join(f'{step.name} {signed_value(step.mean)}' for step in self.steps)}.",
            grid={"left": 4, "right": 56, "top": 6, "bottom": 22, "containLabel": True},
            xAxis=value_axis("value per round", nameGap=26, min=low, max=high, labels=INNER, splitLine=GRID_LINES),
            yAxis=name_axis([step.name for step in self.steps], 21, inverse=True),
            series=[
                {"type": "boxplot", "boxWidth": [8, 13], "data": boxes, "markLine": zero},
                {"type": "scatter", "symbolSize": 0, "silent": True, "data": labels,
                 "label": {"show": True, "position": "right", "color": INK}},
            ],
        )  # fmt: skip

    def table(self, identity: str) -> Table:
        """The same as a table."""
        rows: list[Row] = [[step.name, Cell(signed_value(step.mean), step.mean), step.spread] for step in self.steps]
        return Table(identity, self.title, ("term", "mean", "80 % of worlds"), rows, (1, 2))


def waterfalls(shown: SettingResults) -> list[WaterfallChart]:
    """One for each kind of deal that there is and each party, in the worlds that fit."""
    results = shown.results
    falls: dict[tuple[int, str], Waterfall] = {}
    inside = shown.fitting if shown.fitting.any() else np.ones(shown.draws, bool)
    for n, target in enumerate(str(name) for name in results["target"].values):
        if (inside & (results["target_deal"].values[:, n] != NO_DEAL)).any():
            falls |= {(party, target): waterfall(results, party, target) for party in parties(results)}
    ends = [0.0]
    for fall in falls.values():
        start = np.cumsum(fall.mean) - fall.mean
        ends += [*np.cumsum(fall.mean), *(start + fall.low), *(start + fall.high), *fall.total]
    wide = max(float(np.ptp(ends)), 1e-9)
    low, high = float(min(ends)) - 0.02 * wide, float(max(ends)) + 0.02 * wide
    return [
        WaterfallChart(_title(shown, party, target, fall), tuple(_steps(shown, fall, wide)), (low, high))
        for (party, target), fall in falls.items()
    ]


def _title(shown: SettingResults, party: int, target: str, fall: Waterfall) -> str:
    deal = without_article(shown.words.endings[target].noun)
    barred = f"; a red line bars it in {percent(fall.barred / fall.size)}" if fall.barred else ""
    accepts = f"would sign in {percent(fall.takes / fall.size)} of {fall.size:,} worlds"
    return f"{actor_titles(shown.results)[party]}, nearest {deal}: {accepts}{barred}"


def _steps(shown: SettingResults, fall: Waterfall, wide: float) -> Iterator[TermStep]:
    names = [term_title(shown.results, str(term)) for term in shown.results["term"].values]
    large = np.abs(fall.mean) >= max(_NOTHING, _SMALL * wide)
    for n in np.flatnonzero(large).tolist():
        yield TermStep(names[n], float(fall.mean[n]), float(fall.low[n]), float(fall.high[n]))
    rest = float(fall.mean[~large].sum())
    if abs(rest) >= _NOTHING:
        yield TermStep(f"{int((~large).sum())} smaller terms", rest, rest, rest)
    yield TermStep("Total", *fall.total)
