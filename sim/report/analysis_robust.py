"""What analyses of robustness say: where the spread is from, what observations taught, what coding decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from sim.report.analysis_words import condition_words, input_spoken, input_title
from sim.report.listing import Figure, Listing, Piece, figure, in_points, with_half
from sim.scenario import Scenario
from sim.words import observation_title


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


def shown_measures(found: xr.Dataset) -> list[str]:
    """Every measure if there are three at most, else the one that varies most."""
    names = [str(name) for name in found["measure"].values]
    if "shown" in found and found["shown"].dims == ("measure",):
        return [name for name, shown in zip(names, found["shown"].values, strict=True) if shown]
    if len(names) <= 3 or found.attrs["method"] == "null-coding":
        return names
    return [leading_measure(found)]


def spread(found: xr.Dataset, scenario: Scenario | None) -> Iterator[Piece]:
    """Say which part of the spread is evidence, model, both, luck."""
    del scenario
    names = [str(name) for name in found["part_name"].values]
    measures = [str(name) for name in found["measure"].values]
    lead = "ending (all)" if "ending (all)" in measures else measures[0]
    parts = found["part"].sel(measure=lead).values
    if not np.isfinite(parts).any():
        yield "Every world under every reading of the conventions ends alike: deterministic, nothing to split."
        return
    words = ", ".join(f"{100 * part:.0f} % {name}" for name, part in zip(names, parts, strict=True))
    yield f"The spread of {'the ending' if lead == 'ending (all)' else condition_words(lead)} is {words}."
    short = ["evidence", "model", "both", "luck"]
    rows = [
        [measure] + [with_half(found["part"].values[n, m], found["half"].values[n, m]) for n in range(len(names))]
        for m, measure in enumerate(measures)
    ]
    yield Listing("Where the spread of each outcome comes from, shares of its variance", ["spread of", *short], rows)
    a = found.attrs
    yield f"{a['worlds']} worlds × {a['variants']} readings of the conventions × {a['repeats']} stories. ± 95 %."


def posterior(found: xr.Dataset, scenario: Scenario | None) -> Iterator[Piece]:
    """Say what the observations taught about every number and claim."""
    distance = found["distance"].values
    order = np.argsort(-np.nan_to_num(distance), kind="stable")
    moved = int((distance > float(found["threshold"])).sum())
    a = found.attrs
    left = f"{a['effective']:,}"
    told = a.get("warnings", [])
    warnings = [one for one in (told if isinstance(told, list) else str(told).split("\n")) if one]
    yield f"{left} of {a['draws']:,} worlds agree with what was observed (effective number {left})."
    yield from (f"Warning: {warning}." for warning in warnings)
    if not int(a["effective"]):
        return  # there is nothing to compare with
    for n, name in enumerate(found["observation"].values):
        by = found["by_observation"].values[:, n]
        if not np.isfinite(by).any():
            continue  # none or all survive it: a warning says so
        teaches = input_spoken(scenario, str(found["path"].values[int(np.nanargmax(by))]))
        said = observation_title(str(name))
        yield f"{said}: survives in {found['survives'].values[n]:.0%}; it says most about {teaches}."
    limit = float(found["threshold"])
    yield (
        f"{moved} of {len(distance)} numbers moved by more than chance would in 1 of 20 (distance {limit:.3f}); chance "
        f"alone would make about {round(len(distance) / 20)}."
    )
    rows: list[list[str | Figure]] = [
        [
            input_title(scenario, str(found["path"].values[p])),
            figure(distance[p], ".3f"),
            Figure(
                f"{found['shift'].values[p]:+.2f} ± {1.96 * found['error'].values[p]:.2f}", found["shift"].values[p]
            ),
        ]
        for p in order
    ]
    yield Listing("Numbers that the observations moved most", ["number", "distance", "shift (sd)"], rows)
    if scenario is not None:
        yield from _claims(found, scenario)


def _claims(found: xr.Dataset, scenario: Scenario) -> Iterator[Piece]:
    from sim.robustness.posterior import by_claim

    claims = by_claim(found, scenario)
    known = {name: value for name, value in claims.items() if np.isfinite(value[0])}
    rows: list[list[str | Figure]] = [
        [name, figure(distance, ".3f"), path]
        for name, (distance, path, _) in sorted(known.items(), key=lambda item: -item[1][0])[:6]
    ]
    if rows:
        yield ""
        yield "Claims whose numbers the observations moved most:"
        yield Listing("Claims whose numbers the observations moved most", ["claim", "distance", "number"], rows)


def _null_coding(found: xr.Dataset) -> Iterator[Piece]:
    """Whether the positions and weights of the scenario make any difference."""
    one = found.sel(group="all")
    share, change, error = one["share"].values, one["change"].values[1], one["change_error"].values[1]
    measures = [condition_words(str(name)) for name in found["measure"].values]
    clear = np.abs(change) > 1.96 * error
    yield (
        f"With everybody in the middle and equal weights, {int(clear.sum())} of {len(measures)} shares change by more "
        f"than chance might."
    )
    most = int(np.argmax(np.abs(change)))
    yield (
        f"The largest change: {measures[most]} in {share[1, most]:.0%} of worlds instead of {share[0, most]:.0%} "
        f"({100 * change[most]:+.0f} ± {196 * error[most]:.0f} points)."
    )
    if not clear.any():
        yield (
            "So what the actors want and how much is not what decides these shares here: the answer rests on the "
            "other numbers (--sensitivity says on which)."
        )
    rows: list[list[str | Figure]] = [
        [measures[m], f"{share[0, m]:.0%}", f"{share[1, m]:.0%}", in_points(change[m], error[m])]
        for m in range(len(measures))
    ]
    yield Listing("Shares of worlds with the scenario's positions and weights, and without",
                  ["share of worlds in which", "as coded", "null", "change (pp)"], rows)  # fmt: skip
    yield f"{found.attrs['draws']:,} worlds, the same ones throughout; ± 95 %, paired."


def _claims_left_out(found: xr.Dataset) -> list[str]:
    """What claims are called, with the names that `sim explain` knows; the names alone where no titles were kept."""
    names = [str(name) for name in found["setting"].values[1:]]
    told = found.attrs.get("claim_titles")
    titles = told if isinstance(told, list) else str(told).split("\n") if told else []
    return [f"{title} [{name}]" for title, name in zip(titles, names, strict=True)] if titles else names


def settings(found: xr.Dataset, scenario: Scenario | None) -> Iterator[Piece]:
    """One claim left out at a time, or the null coding."""
    del scenario
    if found.attrs["method"] == "null-coding":
        yield from _null_coding(found)
        return
    for measure in shown_measures(found):
        one = found.sel(measure=measure, group="all")
        change, error = one["change"].values[1:], one["change_error"].values[1:]
        names = _claims_left_out(found)
        base = float(one["share"].values[0])
        what = condition_words(measure)
        order = np.argsort(-np.abs(change), kind="stable")
        clear = int((np.abs(change) > 1.96 * error).sum())
        yield (
            f"{what[:1].upper()}{what[1:]} in {base:.0%} of all worlds; "
            f"{clear} of {len(names)} claims, left out, change that clearly."
        )
        rows = [
            [names[n], in_points(change[n], error[n]),
             *(Figure(str(int(found[count].values[n + 1])), float(found[count].values[n + 1]))
               for count in ("numbers", "alone", "observations"))]
            for n in order
        ]  # fmt: skip
        heads = ["claim left out", "change (pp)", "numbers", "alone", "observations"]
        yield Listing(f"Change of the share of worlds in which {what}", heads, rows)
        yield ""
    yield f"{found.attrs['draws']:,} worlds, the same ones throughout; ± 95 %, paired."
