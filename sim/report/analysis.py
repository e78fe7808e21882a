"""Analyses in the terminal: a sentence first, then a table that fits 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import xarray as xr
from rich.console import Console
from rich.table import Table

from sim.report.analysis_words import box_words, condition_words, input_spoken, input_title
from sim.scenario import Scenario

_ROWS: Final = 12
Teller = Callable[[Console, xr.Dataset, Scenario | None], None]


def print_analysis(found: xr.Dataset, scenario: Scenario | None, console: Console | None = None) -> None:
    """Print one analysis, whichever method it is of."""
    console = console or Console(highlight=False, markup=False)
    _TELLERS[str(found.attrs["method"])](console, found, scenario)
    failed = int(found.attrs.get("failed", 0))
    if failed:
        console.print(f"{failed:,} points failed or have gaps and are left out.")


def leading_measure(found: xr.Dataset) -> str:
    """The measure that varies most: what a table or figure shows if it can show one only."""
    names = [str(name) for name in found["measure"].values]
    if "mean" in found and "measure" in found["mean"].dims:
        mean = found["mean"].values
        return names[int(np.nanargmax(mean * (1 - mean)))]
    if "base" in found or "share" in found:
        shares = found["base"] if "base" in found else found["share"].isel(setting=0)
        base = np.nan_to_num(shares.sel(group="all").values)
        return names[int(np.argmax(base * (1 - base)))]
    return names[0]


def _table(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for n, name in enumerate(head):
        table.add_column(name, justify="left" if n == 0 else "right", overflow="fold", no_wrap=n > 0)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _indices(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    """Sobol, Morris, delta and PAWN."""
    method = str(found.attrs["method"])
    columns: Mapping[str, tuple[tuple[str, str], ...]] = {
        "sobol": (("alone", "S1"), ("with others", "ST")),
        "morris": (("mean |effect|", "mu_star"),),
        "delta": (("delta", "index"),),
        "pawn": (("PAWN", "index"),),
    }
    last = columns[method][-1][1]
    for measure in _shown_measures(found):
        one = found.sel(measure=measure)
        values, half = one[last].values, one[f"{last}_half"].values
        what = condition_words(measure)
        if not np.isfinite(values).any():
            console.print(f"Whether {what}: the same at every point, so nothing moves it.\n")
            continue
        order = np.argsort(-np.nan_to_num(values, nan=-1.0), kind="stable")
        first = input_spoken(scenario, str(one["input"].values[order[0]]))
        sure = int((values - half > 0).sum())
        console.print(f"What moves whether {what}: most of all, {first}.")
        console.print(f"{sure} of {len(values)} inputs have an interval above 0.")
        head = ["input", *(word for word, _ in columns[method])]
        rows = [
            [input_title(scenario, str(one["input"].values[p]))]
            + [_pm(one[name].values[p], one[f"{name}_half"].values[p]) for _, name in columns[method]]
            for p in order[:_ROWS]
        ]
        _table(console, head, rows)
        if method == "sobol" and found.sizes["size"] > 1:
            moved = np.abs(one["ST_at"].values[-1] - one["ST_at"].values[-2]).max()
            console.print(f"From half the design to all of it no total index moved by more than {moved:.2f}.")
        console.print()
    _how_indices(console, found)


def _how_indices(console: Console, found: xr.Dataset) -> None:
    notes = {
        "sobol": "Shares of the variance on the prior; intervals 95 %, bootstrap. Luck is an input of its own."
        " By claim, numbers with several claims count for each of them, so shares do not add up.",
        "morris": "Mean absolute change of the indicator from one end of a number's quantiles to the other.",
        "delta": "Mean shift of the outcome's distribution once the number is known (0..1), less chance.",
        "pawn": "Largest gap between distribution functions, median over slices (0..1), less chance.",
    }
    size = int(found.attrs.get("evaluations", found.attrs["points"]))
    console.print(f"{notes[str(found.attrs['method'])]} {size:,} points.")


def _tornado(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    for measure in _shown_measures(found):
        one = found.sel(measure=measure, group="all")
        change, error = one["change"].values, one["error"].values
        order = np.argsort(-np.nanmax(np.abs(change), axis=1), kind="stable")[:_ROWS]
        first = input_spoken(scenario, str(one["input"].values[order[0]]))
        what = condition_words(measure)
        console.print(f"Share of worlds in which {what}: {float(one['base']):.0%}. One number at an end of its range")
        console.print(f"moves it most by {first}.")
        rows = [
            [input_title(scenario, str(one["input"].values[p]))]
            + [f"{100 * change[p, e]:+.0f} ± {196 * error[p, e]:.0f}" for e in (0, 1)]
            for p in order
        ]
        _table(console, ["number", "at low end (pp)", "at high end (pp)"], rows)
        console.print()
    console.print(f"{found.attrs['draws']:,} worlds at each end, the same ones with the same luck; ± 95 %, paired.")


def _flips(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    names = str(found["ending_code"].attrs["flag_meanings"]).split("|")
    flips = np.isfinite(found["distance"].values)
    order = np.argsort(np.where(flips, found["distance"].values, np.inf), kind="stable")
    asked = str(found.attrs.get("of", ""))
    what = f"whether, in most worlds, {condition_words(asked)}," if asked else "the most frequent ending"
    console.print(
        f"{int(flips.sum())} of {len(flips)} numbers can change {what} within their range; "
        f"for {int(found['sure'].values.sum())} of them the new lead exceeds two standard errors."
    )
    rows = [
        [
            input_title(scenario, str(found["input"].values[p])),
            f"{found['central'].values[p]:.3g}",
            f"{found['value'].values[p]:.3g}",
            f"{found['distance'].values[p]:.0%}",
            f"{names[int(found['modal_code'].values[p])]} → {names[int(found['ending_code'].values[p])]}"
            if not asked
            else ("no → yes" if found["ending_code"].values[p] == 0 else "yes → no"),
            "yes" if found["sure"].values[p] else "no",
        ]
        for p in order[:_ROWS]
        if flips[p]
    ]
    if rows:
        _table(console, ["number", "central", "flips at", "of range", "holds" if asked else "ending", "sure"], rows)
    console.print(
        f"{found.attrs['draws']:,} worlds at each value; consistent ones decide. Distance is a share of the range."
    )


def _prim(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    what = condition_words(str(found.attrs["condition"]))
    noun = str(found.attrs.get("noun", "worlds"))
    by = " (by its most frequent ending, if of the ending)" if noun == "points" else ""
    console.print(f"{noun.capitalize()} in which {what}{by}: {found.attrs['share']:.0%} of {found.attrs['points']:,}.")
    if not found.sizes["box"]:
        console.print("No box of numbers holds clearly more of them than chance would put there.")
    for b in range(found.sizes["box"]):
        one = found.isel(box=b)
        lead = "They are most common with" if b == 0 else "Of the rest, most with"
        console.print(f"\n{lead} {box_words(one, scenario)}.")
        base = float(found.attrs["share"])
        console.print(
            f"Inside it is {float(one['density']):.0%} instead of {base:.0%}; the box holds "
            f"{float(one['mass']):.0%} of {'the ' + noun if b == 0 else f'the {noun} left'} "
            f"and {float(one['share_of_all']):.0%} of those sought."
        )
        rows = [
            [input_title(scenario, str(name)), f"{one['p_value'].values[p]:.2g}", f"{one['reproduced'].values[p]:.0%}"]
            for p, name in enumerate(one["input"].values)
            if one["limited"].values[p]
        ]
        _table(console, ["limit on", "quasi-p", "found again"], rows)
    console.print("\nPRIM; found again: share of random halves of the points that limit the same number.")


def _spread(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    del scenario
    names = [str(name) for name in found["part_name"].values]
    measures = [str(name) for name in found["measure"].values]
    lead = "ending (all)" if "ending (all)" in measures else measures[0]
    parts = found["part"].sel(measure=lead).values
    if not np.isfinite(parts).any():
        console.print("Every world under every reading of the conventions ends alike: deterministic, nothing to split.")
        return
    words = ", ".join(f"{100 * part:.0f} % {name}" for name, part in zip(names, parts, strict=True))
    console.print(f"The spread of {'the ending' if lead == 'ending (all)' else condition_words(lead)} is {words}.")
    short = ["evidence", "model", "both", "luck"]
    rows = [
        [measure] + [_pm(found["part"].values[n, m], found["half"].values[n, m]) for n in range(len(names))]
        for m, measure in enumerate(measures)
    ]
    _table(console, ["spread of", *short], rows)
    a = found.attrs
    console.print(
        f"{a['worlds']} worlds × {a['variants']} readings of the conventions × {a['repeats']} stories. ± 95 %."
    )


def _posterior(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    distance = found["distance"].values
    order = np.argsort(-np.nan_to_num(distance), kind="stable")
    moved = int((distance > float(found["threshold"])).sum())
    a = found.attrs
    left = f"{a['effective']:,}"
    console.print(f"{left} of {a['draws']:,} worlds agree with what was observed (effective number {left}).")
    for n, name in enumerate(found["observation"].values):
        by = found["by_observation"].values[:, n]
        teaches = input_spoken(scenario, str(found["path"].values[int(np.nanargmax(by))]))
        console.print(f"{name}: survives in {found['survives'].values[n]:.0%}; it says most about {teaches}.")
    limit = float(found["threshold"])
    console.print(
        f"{moved} of {len(distance)} numbers moved by more than chance would in 1 of 20 (distance {limit:.3f})."
    )
    rows = [
        [
            input_title(scenario, str(found["path"].values[p])),
            f"{distance[p]:.3f}",
            f"{found['shift'].values[p]:+.2f} ± {1.96 * found['error'].values[p]:.2f}",
        ]
        for p in order[:_ROWS]
    ]
    _table(console, ["number", "distance", "shift (sd)"], rows)
    if scenario is not None:
        _claims(console, found, scenario)
    told = a.get("warnings", [])
    for warning in told if isinstance(told, list) else str(told).split("\n"):
        if warning:
            console.print(f"Warning: {warning}.")


def _claims(console: Console, found: xr.Dataset, scenario: Scenario) -> None:
    from sim.experiments.robustness.posterior import by_claim

    claims = by_claim(found, scenario)
    known = {name: value for name, value in claims.items() if np.isfinite(value[0])}
    rows = [
        [name, f"{distance:.3f}", path]
        for name, (distance, path, _) in sorted(known.items(), key=lambda item: -item[1][0])[:6]
    ]
    if rows:
        console.print("\nClaims whose numbers the observations moved most:")
        _table(console, ["claim", "distance", "number"], rows)


def _settings(console: Console, found: xr.Dataset, scenario: Scenario | None) -> None:
    """Null coding, and one claim left out at a time."""
    del scenario
    null = found.attrs["method"] == "null-coding"
    for measure in _shown_measures(found):
        one = found.sel(measure=measure, group="all")
        change, error = one["change"].values[1:], one["change_error"].values[1:]
        names = [str(name) for name in one["setting"].values[1:]]
        base = float(one["share"].values[0])
        what = condition_words(measure)
        if null:
            console.print(
                f"With everybody in the middle and equal weights, {what} in {base + change[0]:.0%} of worlds "
                f"instead of {base:.0%} ({100 * change[0]:+.0f} ± {196 * error[0]:.0f} points)."
            )
            continue
        order = np.argsort(-np.abs(change), kind="stable")[:_ROWS]
        clear = int((np.abs(change) > 1.96 * error).sum())
        console.print(
            f"{what[:1].upper()}{what[1:]} in {base:.0%} of worlds; "
            f"{clear} of {len(names)} claims, left out, change that clearly."
        )
        rows = [
            [names[n], f"{100 * change[n]:+.0f} ± {196 * error[n]:.0f}", str(int(found["numbers"].values[n + 1])),
             str(int(found["alone"].values[n + 1])), str(int(found["observations"].values[n + 1]))]
            for n in order
        ]  # fmt: skip
        _table(console, ["claim left out", "change (pp)", "numbers", "alone", "observations"], rows)
        console.print()
    console.print(f"{found.attrs['draws']:,} worlds, the same ones throughout; ± 95 %, paired.")


def _shown_measures(found: xr.Dataset) -> list[str]:
    """Every measure if there are three at most, else the one that varies most."""
    names = [str(name) for name in found["measure"].values]
    if len(names) <= 3 or found.attrs["method"] == "null-coding":
        return names
    return [leading_measure(found)]


def _pm(value: float, half: float) -> str:
    return "–" if not np.isfinite(value) else f"{value:.2f} ± {half:.2f}"


_TELLERS: Final[Mapping[str, Teller]] = {
    **dict.fromkeys(("sobol", "morris", "delta", "pawn"), _indices),
    "tornado": _tornado,
    "flip": _flips,
    "prim": _prim,
    "spread": _spread,
    "posterior": _posterior,
    "null-coding": _settings,
    "leave-one-out": _settings,
}
