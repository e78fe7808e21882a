"""What analyses of robustness say: where the spread is from, what observations taught, what coding decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from sim.report.analysis_measures import shown_measures
from sim.report.analysis_words import condition_words, input_spoken, input_title
from sim.report.pieces import Cell, Row, Table, share_cell
from sim.report.ranked_table import change_cell, number_cell, ranked_table
from sim.report.spread_parts import PARTS
from sim.robustness import by_claim
from sim.scenario import Scenario
from sim.words import (
    Proportion,
    Z,
    capital,
    claim_title,
    counted,
    enumerated,
    observation_title,
    percent,
    points,
    share_with_half,
    with_half,
)

#: Claims that are listed.
_CLAIMS = 6


def spread_lines(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """Say which part of the spread is evidence, model, both, luck."""
    names = [str(name) for name in found["part_name"].values]
    measures = [str(name) for name in found["measure"].values]
    lead = "ending (all)" if "ending (all)" in measures else measures[0]
    parts = found["part"].sel(measure=lead).values
    if not np.isfinite(parts).any():
        yield "Every world under every reading of the conventions ends alike: deterministic, nothing to split."
        return
    words = enumerated([f"{percent(float(part))} {name}" for name, part in zip(names, parts, strict=True)])
    yield f"The spread of {'the ending' if lead == 'ending (all)' else condition_words(lead, scenario)} is {words}."
    rows: list[Row] = [
        [condition_words(measure, scenario),
         *(Cell(share_with_half(part, half), float(part)) for part, half in
           zip(found["part"].values[:, m], found["half"].values[:, m], strict=True))]
        for m, measure in enumerate(measures)
    ]  # fmt: skip
    caption = "Where the spread of each outcome comes from, shares of its variance"
    yield ranked_table(caption, ["spread of", *PARTS], rows)
    a = found.attrs
    yield f"{a['worlds']} worlds × {a['variants']} readings of the conventions × {a['repeats']} stories. ± 95 %."


def posterior_lines(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """Say what the observations taught about every number and claim."""
    distance = found["distance"].values
    a, limit = found.attrs, float(found["threshold"])
    told = a.get("warnings", [])
    warnings = [one for one in (told if isinstance(told, list) else str(told).split("\n")) if one]
    left, draws = f"{a['effective']:,}", int(a["draws"])
    yield f"{left} of {draws:,} worlds agree with what was observed (effective number {left})."
    yield from (f"Warning: {warning}." for warning in warnings)
    if not int(a["effective"]):
        return  # there is nothing to compare with
    for n, name in enumerate(found["observation"].values):
        by = found["by_observation"].values[:, n]
        if not np.isfinite(by).any():
            continue  # none or all survive it: a warning says so
        teaches = input_spoken(scenario, str(found["path"].values[int(np.nanargmax(by))]))
        share = Proportion(float(found["survives"].values[n]) * draws, draws)
        yield f"{observation_title(str(name))}: survives in {share}; it says most about {teaches}."
    yield (
        f"{int((distance > limit).sum())} of {len(distance)} numbers moved by more than chance would in 1 of 20 "
        f"(distance {limit:.3f}); chance alone would make about {round(len(distance) / 20)}."
    )
    shift, error = found["shift"].values, found["error"].values
    rows: list[Row] = [
        [
            input_title(scenario, str(found["path"].values[p])),
            number_cell(distance[p], ".3f"),
            Cell(with_half(float(shift[p]), float(error[p]), signed=True), float(shift[p])),
        ]
        for p in np.argsort(-np.nan_to_num(distance), kind="stable")
    ]
    yield ranked_table("Numbers that the observations moved most", ["number", "distance", "shift (sd)"], rows)
    if scenario is not None:
        yield from _claims(found, scenario)


def _claims(found: xr.Dataset, scenario: Scenario) -> Iterator[str | Table]:
    known = {name: value for name, value in by_claim(found, scenario).items() if np.isfinite(value[0])}
    ranked = sorted(known.items(), key=lambda item: -item[1][0])[:_CLAIMS]
    rows: list[Row] = [
        [claim_title(None, name), number_cell(distance, ".3f"), input_title(scenario, path)]
        for name, (distance, path, _) in ranked
    ]
    if rows:
        yield ranked_table("Claims whose numbers the observations moved most", ["claim", "distance", "number"], rows)


def setting_lines(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """One claim left out at a time, or the null coding."""
    yield from (_null_coding if found.attrs["method"] == "null-coding" else _without_claims)(found, scenario)
    yield f"{counted(found.attrs['draws'], 'worlds')}, the same ones throughout; ± 95 %, paired."


def _null_coding(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """Whether the positions and weights of the scenario make any difference."""
    one, draws = found.sel(group="all"), int(found.attrs["draws"])
    share, change, error = one["share"].values, one["change"].values[1], one["change_error"].values[1]
    measures = [condition_words(str(name), scenario) for name in found["measure"].values]
    clear = int((np.abs(change) > Z * error).sum())
    yield (
        f"With everybody in the middle and equal weights, {clear} of {len(measures)} shares change by more than "
        "chance might."
    )
    most = int(np.argmax(np.abs(change)))
    yield (
        f"The largest change: {measures[most]} in {percent(float(share[1, most]))} of worlds instead of "
        f"{percent(float(share[0, most]))} ({points(float(change[most]), float(error[most]))} points)."
    )
    if not clear:
        yield (
            "So what the actors want and how much is not what decides these shares here: the answer rests on the "
            "other numbers (--sensitivity says on which)."
        )
    rows: list[Row] = [
        [
            measures[m],
            *(share_cell(Proportion(float(share[s, m]) * draws, draws)) for s in (0, 1)),
            change_cell(change[m], error[m]),
        ]
        for m in range(len(measures))
    ]
    heads = ["share of worlds in which", "as coded", "null", "change (points)"]
    yield ranked_table("Shares of worlds with the scenario's positions and weights, and without", heads, rows)


def _without_claims(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    names, draws = claims_left_out(found), int(found.attrs["draws"])
    for measure in shown_measures(found):
        one = found.sel(measure=measure, group="all")
        change, error = one["change"].values[1:], one["change_error"].values[1:]
        what, base = condition_words(measure, scenario), Proportion(float(one["share"].values[0]) * draws, draws)
        clear = int((np.abs(change) > Z * error).sum())
        yield (
            f"{capital(what)} in {base} of all worlds; {clear} of {len(names)} claims, left out, change that clearly."
        )
        rows: list[Row] = [
            [
                names[n],
                change_cell(change[n], error[n]),
                *(
                    number_cell(float(found[count].values[n + 1]), ".0f")
                    for count in ("numbers", "alone", "observations")
                ),
            ]
            for n in np.argsort(-np.abs(change), kind="stable")
        ]
        heads = ["claim left out", "change (points)", "numbers", "alone", "observations"]
        yield ranked_table(f"Change of the share of worlds in which {what}", heads, rows)


def claims_left_out(found: xr.Dataset) -> list[str]:
    """What claims are called, with the names that `sim explain` knows; the names alone where no titles were kept."""
    names = [str(name) for name in found["setting"].values[1:]]
    told = found.attrs.get("claim_titles")
    titles = told if isinstance(told, list) else str(told).split("\n") if told else []
    return [f"{title} [{name}]" for title, name in zip(titles, names, strict=True)] if titles else names
