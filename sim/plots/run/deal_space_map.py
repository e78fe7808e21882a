"""Which levels of two issues can be signed together, over all worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.consent import consent, signer_titles, some_suffice
from sim.plots.frame.labels import IssueLevels, inches, issue_levels, issue_titles, issue_units, status_quo, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.share_tables import share_colors, share_table
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import error_note, focus, worlds_note
from sim.words import enumerated, percent

_MOST: Final = 3  # panels beside each other
_NAMED: Final = 7  # levels up to which each has a label
_ROW: Final = 0.42  # inches of a level of the second issue
_LETTERS: Final = 16  # of a level beside a row


@dataclass(frozen=True)
class LevelPairs:
    """In how many worlds deals with each two levels of two issues would be signed.

    issues: places of the two issues: upwards and across
    counts: (S + 1, upwards, across) by each of those who sign, and last by enough of them; -1 where no deal has both
    """

    issues: tuple[int, int]
    counts: Ints


@figure("deal-space-map", source="small multiples: Tufte 1983, The Visual Display of Quantitative Information")
class DealSpaceMap(Plot):
    """Cells show in what share of worlds a deal with two levels would be signed by all, and by each who must sign."""

    of_draws = True
    rank = 6

    def fits(self, results: xr.Dataset) -> bool:
        """It is known who would sign what, and two issues have levels to choose from."""
        counted = {"would_sign", "could_be_signed", "deal", "signed_by"} <= set(results)
        return counted and sum(len(issue_levels(results, n).names) > 1 for n in range(results.sizes["issue"])) > 1

    def varies(self, results: xr.Dataset) -> bool:
        """Not every cell is the same."""
        counts = level_pairs(results).counts
        known = counts[counts >= 0]
        return bool((known != known[0]).any())

    def title(self, results: xr.Dataset) -> str:
        """The two levels that most worlds would sign together, and those that the fewest would."""
        pairs, group = level_pairs(results), focus(results)
        enough, titles = pairs.counts[-1], list(issue_titles(results).values())
        who = "enough parties sign" if some_suffice(results) else "all sign"
        least = percent(float(enough[enough >= 0].min()) / max(group.count, 1))
        share, tied = group.proportion(int(enough.max())), int((enough == enough.max()).sum())
        if tied > 1:
            both = " and ".join(f"“{titles[issue]}”" for issue in pairs.issues)
            return (
                f"At {tied:,} of {int((enough >= 0).sum()):,} pairs of levels of {both} {who} the best such deal in "
                f"{share} of {group.noun}; at the worst, in {least}"
            )
        up, across = divmod(int(enough.argmax()), enough.shape[1])
        said = " with ".join(
            f"“{titles[issue]}: {_level(results, issue, place)}”"
            for issue, place in zip(pairs.issues, (up, across), strict=True)
        )
        return f"{said}: {who} the best such deal in {share} of {group.noun}; with the worst two levels, {least}"

    def caption(self, results: xr.Dataset) -> str:
        """What a cell counts."""
        last = "by enough to sign" if some_suffice(results) else "by all who must sign"
        others = results.sizes["issue"] > len(level_pairs(results).issues)
        best = "the deal with these two levels that most worlds would sign" if others else "the deal with these levels"
        missing = " Grey: no deal on offer has both." if (level_pairs(results).counts < 0).any() else ""
        return (
            f"Each cell is {best}, at the start of the talks, {last} in the first panel and by one actor in each "
            "other: it is worth at least as much as refusing, and crosses no hard red line. Shown are the two issues "
            f"on which consent depends most.{missing}{_alike(results)} "
            f"{error_note(focus(results).count)} {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row of cells for each level."""
        rows = -(-(1 + len(_told_apart(results))) // _MOST)
        levels = level_pairs(results).counts.shape[1]
        return 0.4 + rows * (1.3 + _ROW * int(np.clip(levels, 3, _NAMED)))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """First the map of all, then one for each who signs."""
        pairs, group = level_pairs(results), focus(results)
        shown = _told_apart(results)
        titles = ["Enough" if some_suffice(results) else "All", *(signer_titles(results)[n] for n in shown)]
        rows = -(-len(titles) // _MOST)
        columns = min(len(titles), _MOST)
        panels = body.subplots(rows, columns, squeeze=False).ravel()
        counts = np.concatenate([pairs.counts[-1:], pairs.counts[:-1][shown]])
        shares = np.where(counts < 0, np.nan, 100 * counts / max(group.count, 1))
        room = (inches(body) - 1.6) / columns
        for place, axes in enumerate(panels):
            if place >= len(titles):
                axes.set_axis_off()
                continue
            _panel(axes, shares[place], results, pairs, look, room)
            axes.set_title(wrapped(titles[place], int(room * 8), 2), fontsize=9.5)
            if place % columns:
                axes.set_yticklabels([])
                axes.set_ylabel("")
        if max(shares.shape[1:]) > _NAMED:
            bar = body.colorbar(panels[0].images[0], ax=panels.tolist(), shrink=0.8, aspect=30)
            bar.set_label("share of worlds (%)")


def level_pairs(results: xr.Dataset) -> LevelPairs:
    """Count consent by the levels of the two issues on which it depends most."""
    each, enough = consent(results, focus(results))
    counts = np.concatenate([each, enough[None]])
    levels = [issue_levels(results, n) for n in range(results.sizes["issue"])]
    if "consent_spread" in results:  # over all deals, of which these are some
        telling = results["consent_spread"].values[focus(results).index]
    else:
        telling = np.array([_spread(counts, found) for found in levels])
    first, second = sorted(np.argsort(-telling, kind="stable")[:2].tolist())
    if len(levels[first].names) > len(levels[second].names):  # the longer one across
        first, second = second, first
    up, across = levels[first], levels[second]
    found = np.full((len(counts), len(up.names), len(across.names)), -1, dtype=np.int64)
    for who, count in enumerate(counts):
        np.maximum.at(found[who], (up.of_deal, across.of_deal), count)
    return LevelPairs((first, second), found)


def _told_apart(results: xr.Dataset) -> list[int]:
    """Places of those who sign whose share is not the same in all cells: they have a panel."""
    known = [own[own >= 0] for own in level_pairs(results).counts[:-1]]
    return [place for place, own in enumerate(known) if len(np.unique(own)) > 1]


def _alike(results: xr.Dataset) -> str:
    """Who has no panel, and how often these sign whatever the two levels are; empty where all have one."""
    pairs, titles, shown = level_pairs(results), signer_titles(results), _told_apart(results)
    shares: dict[str, list[str]] = {}
    for place, own in enumerate(pairs.counts[:-1]):
        if place not in shown:
            share = percent(float(own.max()) / max(focus(results).count, 1))
            shares.setdefault(share, []).append(titles[place])
    told = "; ".join(f"{enumerated(names)} in {share}" for share, names in shares.items())
    return f" Whatever these two are, the best such deal is signed by {told}." if told else ""


def _spread(counts: Ints, levels: IssueLevels) -> float:
    """How far mean consent differs between the levels of an issue, over all who sign."""
    sizes = np.bincount(levels.of_deal)
    means: Floats = np.stack([np.bincount(levels.of_deal, count) / sizes for count in counts])
    return float(np.ptp(means, axis=1).sum()) if len(sizes) > 1 else -1.0


def _level(results: xr.Dataset, issue: int, place: int) -> str:
    levels, unit = issue_levels(results, issue), issue_units(results)[issue]
    return f"{levels.names[place]} {unit if levels.numeric else ''}".rstrip()


def _panel(axes: Axes, shares: Floats, results: xr.Dataset, pairs: LevelPairs, look: Look, room: float) -> None:
    """One map, its cells labelled where they are few."""
    axes.set_facecolor(look.grid)  # pairs that are not on offer
    if max(shares.shape) <= _NAMED:
        told = [["" if np.isnan(share) else percent(share / 100) for share in row] for row in shares]
        share_table(axes, shares, told, look, size=8)
    else:
        axes.imshow(shares, cmap=share_colors(look), vmin=0, vmax=100, aspect="auto", interpolation="nearest")
    titles = list(issue_titles(results).values())
    for axis, issue, count in zip((axes.yaxis, axes.xaxis), pairs.issues, shares.shape, strict=True):
        places = np.arange(0, count, -(-count // _NAMED))  # each as far from the next
        across = axis is axes.xaxis
        levels, quo = issue_levels(results, issue), status_quo(results, issue)
        shown = [levels.names[place] for place in places.tolist()]
        letters = int(room / len(places) * 12) if across else _LETTERS
        turned = across and max(len(word) for name in shown for word in name.split(" ")) > letters
        names = [
            wrapped(name, _LETTERS if turned else letters, 3) + ("\n(status quo)" if place == quo else "")
            for name, place in zip(shown, places, strict=True)
        ]
        axis.set_ticks(places, names, fontsize=7.5)
        if turned:
            axes.tick_params(axis="x", labelrotation=50)
        unit = f" ({issue_units(results)[issue]})" if levels.numeric and issue_units(results)[issue] else ""
        if quo >= 0 and quo not in places:
            unit += f"; status quo: {levels.names[quo]}"
        axis.set_label_text(wrapped(f"{titles[issue]}{unit}", int(room * 9) if across else 28, 3), fontsize=8.5)
