"""What is agreed on each issue by talks and under other protocols, beside what each solution would choose."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.clear_difference import clearly_more
from sim.plots.frame.labels import (
    inches,
    issue_levels,
    issue_titles,
    issue_units,
    status_quo,
    wrapped,
)
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.share_tables import share_table
from sim.plots.frame.style import BLUE, GREY, SKY, Look
from sim.plots.frame.world_groups import error_note, worlds_note
from sim.plots.run.chosen_terms import deals_chosen, level_shares, other_protocols
from sim.words import Proportion, percent, quantity

_ROW: Final = 0.3  # inches
_LETTERS: Final = 24  # of a protocol, beside its row
_MOST_LEVELS: Final = 6  # columns of levels; rarer ones stand together in the last
_TURNED_LETTERS: Final = 18  # of a line of a level that is written aslant
_ENDS: Final = (0.1, 0.5, 0.9)
_NASH: Final = "Nash"
_PANELS: Final = 8  # issues up to which each has a panel; more, whose levels have names, stand in one table
_LINE: Final = 0.27  # inches of a row of that table
_SURE: Final = 0.8  # share of deals at one level from which a title looks for another issue
_RARE: Final = 0.01  # share of deals at other levels that a panel would not show
#: How a title says what a row chooses, where it is no solution.
_AGREE: Final = {"talks": "talks agree on"}
_LEAST_SPAN: Final = 0.25  # part of what is on offer that an axis shows at least, so that next to nothing looks small


@figure(
    "agreed-terms",
    source="bargaining solutions: Nash 1950, Econometrica 18:155-162; quantiles: Hyndman & Fan 1996, type 7",
)
class AgreedTerms(Plot):
    """Lines and cells show what talks agree on each issue, under other protocols too, beside what solutions choose."""

    with_replays = True
    of_draws = True
    rank = 4

    def fits(self, results: xr.Dataset) -> bool:
        """Talks or a solution choose some deal."""
        return {"deal", "solution_deal", "deal_level"} <= set(results) and any(
            len(deals) for deals in deals_chosen(results).values()
        )

    def varies(self, results: xr.Dataset) -> bool:
        """Not everybody chooses one and the same deal everywhere."""
        return len(np.unique(np.concatenate([*deals_chosen(results).values()]))) > 1

    def title(self, results: xr.Dataset) -> str:
        """What talks agree on the issue that the case's numbers are about, and how solutions differ."""
        chosen = deals_chosen(results)
        issue = _telling(results, chosen)
        title, levels = list(issue_titles(results).values())[issue], issue_levels(results, issue)
        rows = {name: levels.of_deal[deals] for name, deals in chosen.items() if len(deals)}
        first = next(iter(rows))
        if levels.numeric:
            unit = issue_units(results)[issue]
            low, middle, high = (_number(levels.values[rows[first]], q, "" if q == _ENDS[0] else unit) for q in _ENDS)
            at, _, to = np.quantile(levels.values[rows[first]], _ENDS)
            alike = len(np.unique(rows[first])) == 1
            spread = f"median; 80 % of deals from {low} to {high}" if at < to else "in nearly all deals"
            spread = "in all deals" if alike else spread
            text = f"“{title}”: {_AGREE.get(first, f'{first} at')} {middle} ({spread})"
            text += _other_talks(results, issue, float(np.median(levels.values[rows[first]])), unit)
            medians = {name: float(np.median(levels.values[places])) for name, places in rows.items()}
            far = _beside(medians, medians[first])
            if medians[far] == medians[first]:
                return text
            return f"{text}; the {far} solution is {_number(levels.values[rows[far]], 0.5, unit)}"
        most = np.bincount(rows[first], minlength=len(levels.names))
        named = levels.names[int(most.argmax())]
        often = Proportion(int(most.max()), int(most.sum()))
        if not _has_mode(most):
            one, two = np.argsort(-most, kind="stable")[:2]
            return (
                f"“{title}”: {_AGREE.get(first, f'{first} at')} “{levels.names[one]}” in {often} of deals, on "
                f"“{levels.names[two]}” in {percent(most[two] / most.sum())}"
            )
        text = f"“{title}”: most often {_AGREE.get(first, f'{first} at')} “{named}”, in {often} of deals"
        share = {name: float((places == most.argmax()).mean()) for name, places in rows.items()}
        far = _beside(share, share[first])
        least, greatest = Proportion(int(most.max()), int(most.sum())).interval
        if least <= share[far] <= greatest:
            return f"{text}; the {far} solution is not far from that" if len(rows) > 1 else text
        return f"{text}; the {far} solution does so in {percent(share[far])}"

    def caption(self, results: xr.Dataset) -> str:
        """What is beside what."""
        sizes = {name: len(deals) for name, deals in deals_chosen(results).items() if len(deals)}
        told = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        marks = "Dots and lines: median and where 80 % of deals lie; cells: share of deals at the level"
        if _as_table(results):
            marks = "Cells: share of deals at the level that stands behind the issue"
        return (
            "First deal that talks sign, and the deal that each solution selects in the same world among those that "
            f"all who must sign accept. {marks}. {_protocols(results)}{_fixed(results)}"
            f"Worlds with a deal: {told}. {error_note(min(sizes.values()))} {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a panel for each issue, two beside each other where there are many."""
        if _as_table(results):
            return 1.1 + _LINE * len(_shown(results))
        shown = _shown(results)
        rows = _grid(len(shown))[0]
        others = [max(map(len, _others(results, issue))) for issue in shown]
        return 0.3 + rows * (1.0 + _ROW * (len(deals_chosen(results)) + max(others)))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each issue, a row in it for talks and for each solution."""
        if _as_table(results):
            _table(body.subplots(), results, look)
            return
        shown = _shown(results)
        rows, columns = _grid(len(shown))
        panels = body.subplots(rows, columns, squeeze=False).ravel()
        chosen = {name: deals for name, deals in deals_chosen(results).items() if len(deals)}
        titles = list(issue_titles(results).values())
        letters = int(34 * min(inches(body) / WIDTH, 1.0) ** 1.4 * (2 if columns == 1 else 1))
        beside: list[str] = []
        for place, axes in enumerate(panels):
            if place >= len(shown):
                axes.set_axis_off()
                continue
            issue = shown[place]
            axes.set_title(wrapped(titles[issue], letters), fontsize=9.5)
            if issue_levels(results, issue).numeric:
                names = _numbers(axes, results, issue, chosen, look)
            else:
                names = _levels(axes, results, issue, chosen, look, (inches(body) - 1.3) / columns)
            named = place % columns == 0 or names != beside
            axes.set_yticks(range(len(names)), names if named else [""] * len(names))
            axes.set_ylim(len(names) - 0.5, -0.5)
            beside = names
            axes.tick_params(axis="y", length=0)


def _others(results: xr.Dataset, issue: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """What other protocols agree on an issue: where the number lies, or share of each level; one of them is empty."""
    return other_protocols(results, issue), level_shares(results, issue)


def _other_talks(results: xr.Dataset, issue: int, own: float, unit: str) -> str:
    """What the protocol that moves the median most leads to, to go on a title with; empty where none moves it."""
    spans = other_protocols(results, issue)
    far = max(spans, key=lambda name: abs(spans[name][1] - own), default="")
    return f"; {quantity(float(spans[far][1]), unit)} with {far}" if far and spans[far][1] != own else ""


def _protocols(results: xr.Dataset) -> str:
    """In how many worlds other protocols were played, in a sentence; empty where none were."""
    if not any(any(_others(results, issue)) for issue in _shown(results)):
        return ""
    kept = [results[name].values.ravel() for name in ("way_draws", "way_named_draws") if name in results]
    draws = np.concatenate(kept)
    least, most = int(draws[draws > 0].min()), int(draws.max())
    span = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    return f"“With …”: the same case by another protocol of talks, {span} deals each. "


def _grid(issues: int) -> tuple[int, int]:
    return (issues, 1) if issues < 2 else (-(-issues // 2), 2)


def _shown(results: xr.Dataset) -> list[int]:
    """Places of the issues that have a panel: those on which talks and solutions differ in what a panel can show."""
    issues = range(results.sizes["issue"])
    chosen = [deals for deals in deals_chosen(results).values() if len(deals)]
    return [issue for issue in issues if _differ(results, issue, chosen)] or [*issues]


def _differ(results: xr.Dataset, issue: int, chosen: list[Ints]) -> bool:
    """Whether a median or an end of the middle 80 % differs, or a hundredth of some row is at another level."""
    if len(np.unique([span[1] for span in other_protocols(results, issue).values()])) > 1:
        return True
    levels = issue_levels(results, issue)
    rows = [levels.of_deal[deals] for deals in chosen]
    if levels.numeric:
        return bool(np.ptp([np.quantile(levels.values[row], _ENDS) for row in rows]) > 0)
    usual = int(np.bincount(np.concatenate(rows)).argmax())
    if any(1 - share[usual] > _RARE for share in level_shares(results, issue).values()):
        return True
    return any((row != usual).mean() > _RARE for row in rows)


def _fixed(results: xr.Dataset) -> str:
    """What the other issues nearly always are, in a sentence; empty where there are none."""
    deals = np.concatenate([*deals_chosen(results).values()])
    told, shown = [], _shown(results)
    for issue, (title, unit) in enumerate(zip(issue_titles(results).values(), issue_units(results), strict=True)):
        if issue not in shown:
            levels = issue_levels(results, issue)
            name = levels.names[int(np.bincount(levels.of_deal[deals]).argmax())]
            told.append(f"{title}: {name} {unit if levels.numeric else ''}".rstrip())
    return f"The same in nearly all of them: {'; '.join(told)}. " if told else ""


def _beside(found: dict[str, float], own: float) -> str:
    """The solution that a title names: Nash's, which is the usual measure, or where it is missing the farthest."""
    return _NASH if _NASH in found else max(found, key=lambda name: abs(found[name] - own))


def _telling(results: xr.Dataset, chosen: dict[str, Ints]) -> int:
    """The first numeric issue that varies; else the first on which talks and the Nash solution clearly differ.

    Where they do on none, the first, in the case's order, on which talks do not nearly always agree the same.
    """
    deals = np.concatenate([*chosen.values()])
    rows = {name: found for name, found in chosen.items() if len(found)}
    first = next(iter(rows))
    other, open_ = [], []
    for issue in range(results.sizes["issue"]):
        levels = issue_levels(results, issue)
        share = np.bincount(levels.of_deal[deals], minlength=len(levels.names)) / len(deals)
        if levels.numeric and share.max() < 1:
            return issue
        own, nash = (
            np.bincount(levels.of_deal[rows.get(name, rows[first])], minlength=len(levels.names))
            for name in (first, _NASH)
        )
        open_ += [issue] * bool(own.max() < _SURE * own.sum())
        other += [issue] * bool(_has_mode(own) and _has_mode(nash) and own.argmax() != nash.argmax())
    return [*other, *open_, *_shown(results)][0]


def _has_mode(counts: Ints) -> bool:
    """Whether one level is more frequent than each other by more than chance may do."""
    if len(counts) < 2:
        return True
    most, next_most = -np.sort(-counts)[:2]
    return clearly_more(int(most), int(next_most))


def _as_table(results: xr.Dataset) -> bool:
    """Whether there are so many issues, all with names for their levels, that one table says more than panels."""
    shown = _shown(results)
    return len(shown) > _PANELS and not any(issue_levels(results, issue).numeric for issue in shown)


def _told_level(results: xr.Dataset, issue: int) -> int:
    """Place of the level whose share a table has: what talks or solutions select most, besides the status quo."""
    levels, quo = issue_levels(results, issue), status_quo(results, issue)
    counts = np.bincount(levels.of_deal[np.concatenate([*deals_chosen(results).values()])], minlength=len(levels.names))
    if quo >= 0 and len(counts) > 1:
        counts[quo] = -1
    return int(counts.argmax())


def _table(axes: Axes, results: xr.Dataset, look: Look) -> None:
    """A row for each issue and its level, a column for talks, for each other protocol and for each solution."""
    chosen = {name: deals for name, deals in deals_chosen(results).items() if len(deals)}
    shown, titles = _shown(results), list(issue_titles(results).values())
    ways = [level_shares(results, issue) for issue in shown]
    others = list(dict.fromkeys(name for way in ways for name in way))
    names = [*(name for name in chosen if name == "talks"), *others, *(name for name in chosen if name != "talks")]
    shares, labels = np.full((len(shown), len(names)), np.nan), []
    for row, (issue, way) in enumerate(zip(shown, ways, strict=True)):
        levels, told = issue_levels(results, issue), _told_level(results, issue)
        for column, name in enumerate(names):
            if name in chosen:
                shares[row, column] = 100 * float((levels.of_deal[chosen[name]] == told).mean())
            elif name in way:
                shares[row, column] = 100 * float(way[name][told])
        labels.append(wrapped(f"{titles[issue]}: {levels.names[told]}", 44, 1))
    words = [["" if np.isnan(share) else percent(share / 100) for share in row] for row in shares]
    share_table(axes, shares, words, look, size=8)
    axes.set_yticks(range(len(labels)), labels, fontsize=8.5)
    axes.set_xticks(
        range(len(names)), [wrapped(f"with {name}" if name in others else name, 18, 3) for name in names], fontsize=8
    )
    axes.xaxis.tick_top()
    axes.set_title("Share of deals at the level (%)")


def _number(values: Floats, quantile: float, unit: str) -> str:
    return quantity(float(np.quantile(values, quantile)), unit)


def _numbers(axes: Axes, results: xr.Dataset, issue: int, chosen: dict[str, Ints], look: Look) -> list[str]:
    """Median and the middle 80 % of each row on the issue's own scale; returns the names of the rows."""
    levels, unit = issue_levels(results, issue), issue_units(results)[issue]
    found = {name: np.quantile(levels.values[levels.of_deal[deals]], _ENDS) for name, deals in chosen.items()}
    others = {
        wrapped(f"with {name}", _LETTERS, 2): (span, SKY) for name, span in other_protocols(results, issue).items()
    }
    own = {name: (found[name], BLUE) for name in found if name == "talks"}
    rows = own | others | {name: (span, GREY) for name, span in found.items() if name not in own}
    for row, ((low, middle, high), color) in enumerate(rows.values()):
        axes.plot([low, high], [row, row], color=color, linewidth=4, solid_capstyle="butt", alpha=0.6, label="_span")
        axes.plot([middle], [row], "o", color=color, markeredgecolor=look.ink, markersize=7, label="_median")
    quo = status_quo(results, issue)
    now = f"; status quo: {quantity(float(levels.values[quo]), unit)}" if quo >= 0 else ""
    axes.set_xlabel(f"{unit or 'value'}{now}")
    axes.margins(x=0.04)
    seen, offered = axes.dataLim.intervalx, (float(levels.values.min()), float(levels.values.max()))
    if seen[1] - seen[0] < _LEAST_SPAN * (offered[1] - offered[0]):
        wide = _LEAST_SPAN * (offered[1] - offered[0])
        low = float(np.clip((seen[0] + seen[1] - wide) / 2, offered[0], offered[1] - wide))
        axes.update_datalim([(low, 0.0), (low + wide, 0.0)])
        axes.autoscale_view(scaley=False)
    axes.locator_params(axis="x", nbins=6)
    _enclosed(axes)
    axes.grid(axis="x")
    return [*rows]


def _enclosed(axes: Axes) -> None:
    """Let the scale begin and end at a tick, so that nothing lies beyond the last number that can be read."""
    low, high = axes.get_xlim()
    ticks = axes.xaxis.get_major_locator().tick_values(low, high)
    seen = axes.dataLim.intervalx
    first = max((tick for tick in ticks if tick <= seen[0]), default=low)
    last = min((tick for tick in ticks if tick >= seen[1]), default=high)
    room = 0.03 * (last - first)
    axes.set_xlim(min(low, first - room), max(high, last + room))


def _levels(axes: Axes, results: xr.Dataset, issue: int, chosen: dict[str, Ints], look: Look, room: float) -> list[str]:
    """Share of deals at each level, the rarest together; returns the names of the rows."""
    levels = issue_levels(results, issue)
    found = {name: np.bincount(levels.of_deal[deals], minlength=len(levels.names)) for name, deals in chosen.items()}
    own = {name: counted / counted.sum() for name, counted in found.items() if name == "talks"}
    others = {wrapped(f"with {name}", _LETTERS, 2): share for name, share in level_shares(results, issue).items()}
    rows = own | others | {name: counted / counted.sum() for name, counted in found.items() if name not in own}
    shares = np.stack([*rows.values()])
    each = max(int(room / min(len(levels.names), _MOST_LEVELS) * 12), 6)
    longest = max(len(word) for name in levels.names for word in name.split(" "))
    turned = longest > each + 2  # up to there rather a little narrow than aslant
    each = _TURNED_LETTERS if turned else max(each, longest)
    quo = status_quo(results, issue)
    names = [wrapped(name, each, 4) + ("\n(status quo)" if n == quo else "") for n, name in enumerate(levels.names)]
    if len(names) > _MOST_LEVELS:
        order = np.argsort(-shares.sum(axis=0), kind="stable")
        kept, rest = np.sort(order[: _MOST_LEVELS - 1]), order[_MOST_LEVELS - 1 :]
        names = [*(names[n] for n in kept), f"{len(rest)} others"]
        shares = np.column_stack([shares[:, kept], shares[:, rest].sum(axis=1)])
    share_table(axes, 100 * shares, [[percent(share) for share in row] for row in shares], look, size=8)
    axes.set_xticks(range(len(names)), names, fontsize=7.5)
    if turned:
        axes.tick_params(axis="x", labelrotation=50)
    return [*rows]
