"""Tables with bars in them: readable by eye, by screen readers, and on a phone."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.foundations import NO_DEAL
from sim.plots.frame.labels import actor_titles, parties, term_title
from sim.plots.frame.outcomes import kinds_offered
from sim.plots.frame.style import ENDING_COLORS, GAIN, LOSS
from sim.plots.run.why_not import Waterfall, waterfall
from sim.view.markup import Markup, element, escaped, joined
from sim.view.played import Played
from sim.words import ENDING_SPOKEN, percent

_NOTHING = 5e-4
#: Terms below this share of the widest picture are added up.
_SMALL = 0.05


def endings_table(played: Played, full: int, pinned: Played | None = None, *, moving: bool = False) -> Markup:
    """Shares of the endings, of all worlds and of those that fit what was observed.

    Args:
        full:   how many worlds make a full result
        pinned: a setting put aside; a mark in each bar shows where it stood
        moving: whether a slider is in the user's hand, so that the rest has to wait
    """
    everything, fit = played.endings(fitting=False), played.endings(fitting=True)
    split = 0 < fit.draws < everything.draws
    told = fit if fit.draws else everything
    before = None if pinned is None else pinned.endings(fitting=bool(pinned.fitting.any()))
    rows = []
    kinds = len(meanings(played.results, "deal_kind"))
    for name in (*kinds_offered(played.results), *meanings(played.results, "ending")[kinds:]):
        bars = [_bar(told.share[name], ENDING_COLORS[name], None if before is None else before.share[name])]
        if split:
            bars.append(_bar(everything.share[name], ENDING_COLORS[name], thin=True))
        cells = [str(told.proportion(name))]
        cells += [str(everything.proportion(name))] if split else []
        rows.append(
            element(
                "tr",
                element("th", ENDING_SPOKEN[name].row, scope="row"),
                element("td", *bars, class_="bar"),
                *(element("td", cell, class_="value") for cell in cells),
                data_ending=name,
            )
        )
    arms = played.results["decided_by_arms"].values.astype(bool)
    inside = played.fitting if fit.draws else np.ones(len(arms), bool)
    heads = [f"fit what was observed ({fit.draws:,})"] if split else [f"worlds ({told.draws:,})"]
    heads += [f"all ({everything.draws:,})"] if split else []
    table = element(
        "table",
        element("thead", element("tr", element("th", "How it stands at the end", colspan="2", scope="col"),
                                 *(element("th", head, scope="col", class_="value") for head in heads))),
        element("tbody", *rows),
        class_="bars",
    )  # fmt: skip
    state = f"{played.draws:,} worlds, the full number."
    if played.draws < full:
        follows = "while moving; the full number follows on release" if moving else "; the rest follow"
        state = f"First {played.draws:,} of {full:,} worlds {follows}.".replace(" ;", ";")
    more = "" if fit.draws else " None of them fits what was observed, so all are shown."
    those = f"the {fit.draws:,} that fit" if split else "them"
    decided = f" Arms decide in {percent(float(arms[inside].mean()))} of {those} before the end." if arms.any() else ""
    note = element("p", element("strong", state, class_="count"), f"{more}{decided} ± is the 95 % error of the draws.",
                   class_="note", data_draws=played.draws)  # fmt: skip
    return joined([table, note])


def waterfall_tables(played: Played) -> Markup:
    """Each party's surplus from the nearest truce and settlement, term by term, in the worlds that fit."""
    results = played.results
    own = parties(results)
    falls: dict[tuple[int, str], Waterfall] = {}
    inside = played.fitting if played.fitting.any() else np.ones(played.draws, bool)
    for n, target in enumerate(str(name) for name in results["target"].values):
        if (inside & (results["target_deal"].values[:, n] != NO_DEAL)).any():
            falls |= {(party, target): waterfall(results, party, target) for party in own}
    if not falls:
        return element("p", "There is no deal to take apart.", class_="note")
    ends = [0.0]
    for fall in falls.values():
        ends += [*np.cumsum(fall.mean).tolist(), fall.total[0]]
    span = min(ends), max(*ends, min(ends) + 1e-9)
    tables = [_waterfall(results, party, target, fall, span) for (party, target), fall in falls.items()]
    return joined([_key(), element("div", *tables, class_="falls")])


def _key() -> Markup:
    """What colours and numbers mean."""
    items = [
        element("span", Markup(f'<i style="background:{color}"></i>'), words)
        for color, words in (
            (GAIN, "speaks for the deal"),
            (LOSS, "speaks against it"),
            ("var(--muted)", "total: signs from 0 up, unless a red line bars the deal"),
        )
    ]
    unit = "Value per round, mean of the worlds; terms are laid end to end from the line at 0."
    return element("p", *items, element("span", unit), class_="legend")


def _waterfall(results: xr.Dataset, party: int, target: str, fall: Waterfall, span: tuple[float, float]) -> Markup:
    names = [term_title(results, str(term)) for term in results["term"].values]
    large = max(_NOTHING, _SMALL * (span[1] - span[0]))
    steps = [(name, mean) for name, mean in zip(names, fall.mean.tolist(), strict=True) if abs(mean) >= large]
    rest = float(fall.mean.sum()) - sum(mean for _, mean in steps)
    if abs(rest) >= _NOTHING:
        steps.append((f"{len(names) - len(steps)} smaller terms", rest))
    rows, start = [], 0.0
    for name, mean in steps:
        rows.append(_step(name, start, mean, span, GAIN if mean >= 0 else LOSS))
        start += mean
    rows.append(_step("Total", 0.0, fall.total[0], span, "var(--muted)", total=True))
    accepts = f"would sign in {percent(fall.takes / fall.size)} of {fall.size:,} worlds"
    barred = f"; a red line bars it in {percent(fall.barred / fall.size)}" if fall.barred else ""
    head = element("strong", f"{actor_titles(results)[party]}: nearest {ENDING_SPOKEN[target].noun.removeprefix('a ')}")
    return element(
        "table", element("caption", head, f" {accepts}{barred}"), element("tbody", *rows), class_="bars fall"
    )


def _step(
    name: str, start: float, size: float, span: tuple[float, float], color: str, *, total: bool = False
) -> Markup:
    low, width = span[0], span[1] - span[0]
    left = 100 * (min(start, start + size) - low) / width
    zero = f"--zero: {100 * (0 - low) / width:.2f}%"
    long = max(100 * abs(size) / width, 0.4)
    svg = (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{left:.2f}" y="1" width="{long:.2f}" height="8" fill="{color}"/></svg>'
    )
    said = f"{size:+.3f}".replace("-", "−")
    return element("tr", element("th", name, scope="row"), element("td", Markup(svg), class_="bar", style=zero),
                   element("td", said, class_="value"), class_="total" if total else None)  # fmt: skip


def _bar(share: float, color: str, mark: float | None = None, *, thin: bool = False) -> Markup:
    height = 4 if thin else 10
    there, extra = "", ' class="thin"' if thin else ""
    if mark is not None:
        there = f'<rect x="{100 * mark - 0.4:.2f}" y="0" width="0.8" height="{height}" class="mark"/>'
    return Markup(
        f'<svg viewBox="0 0 100 {height}" preserveAspectRatio="none" aria-hidden="true"{extra}>'
        f'<rect width="100" height="{height}" class="track"/>'
        f'<rect width="{100 * share:.2f}" height="{height}" fill="{escaped(color)}" '
        f'opacity="{0.55 if thin else 1}"/>{there}</svg>'
    )
