"""Does the answer come from the evidence? A null coding, and the article with one claim left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.measures import measures_of
from sim.ensemble.under_settings import UnderSettings, under_settings
from sim.foundations import Floats, InputError, uniforms
from sim.scenario import Number, Scenario
from sim.scenario.draws import ends
from sim.scenario.widening import bounds


def null_coding(
    scenario: Scenario,
    draws: int = 500,
    *,
    of: Sequence[str] = (),
    judge: Scenario | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play everybody in the middle of every scale with equal salience, on the same worlds.

    If that gives the same answer as the coded scenario, the positions and weights read from the article did not
    matter. Positions on issues without an order, and tables of values, have no middle and stay as they are.

    Args:
        judge: whose observations say which worlds fit, such as the base of an overlay; by default the scenario's own
    Returns:
        as ``compared``; the second setting is the null coding
    """
    fixed: dict[str, float | Floats] = {}
    for path, number in scenario.numbers.items():
        keys = number.place
        if keys[0] == "actors" and keys[2] == "salience":
            fixed[path] = 1.0
        elif keys[0] == "actors" and keys[2] == "position" and scenario.issues[str(keys[3])].kind != "categorical":
            fixed[path] = 0.5
    if not fixed:
        raise InputError("the scenario gives no positions and no salience, so there is nothing to set to the middle")
    found = _compared(scenario, ["as written", "null coding"], [{}, fixed], draws, of, judge, progress)
    found.attrs |= {"method": "null-coding", "numbers": len(fixed)}
    return found


def leave_one_claim_out(
    scenario: Scenario,
    draws: int = 300,
    *,
    of: Sequence[str] = (),
    judge: Scenario | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play the scenario once for each claim as if that sentence had not been there.

    The numbers a claim stands behind are drawn from all that their field may plausibly be (other claims behind
    them notwithstanding: ``alone`` counts those that nothing else holds), and observations that rest on it alone
    are not asked for. Worlds and luck are the same throughout.

    Args:
        judge: whose observations say which worlds fit, such as the base of an overlay; by default the scenario's own
    Returns:
        as ``compared``, with numbers, alone and observations (setting)
    """
    claims: dict[str, list[str]] = {}
    for path, number in scenario.numbers.items():
        for claim in number.quantity.claims if number.quantity.mirrors is None else ():
            claims.setdefault(claim, []).append(path)
    dropped: dict[str, list[str]] = {}
    for name, observation in scenario.observations.items():
        for claim in observation.claims:
            dropped.setdefault(claim, []).append(name)
    names = list(dict.fromkeys([*claims, *dropped]))
    if not names:
        raise InputError("no number and no observation rests on a claim, so none can be left out")
    numbers = scenario.numbers
    settings: list[Mapping[str, float | Floats]] = [{}]
    alone, observations = [0], [0]
    for claim in names:
        mine = claims.get(claim, [])
        settings.append(dict(unknown(scenario, {path: numbers[path] for path in mine}, draws)))
        alone.append(sum(numbers[path].quantity.claims == (claim,) for path in mine))
        # bluffing for certain is the same as not having been asked
        single = [name for name in dropped.get(claim, ()) if set(scenario.observations[name].claims) == {claim}]
        settings[-1] = {**settings[-1], **{f"observations.{name}.bluff": 1.0 for name in single}}
        observations.append(len(single))
    found = _compared(scenario, ["as written", *names], settings, draws, of, judge, progress)
    found["numbers"] = (("setting",), np.array([0, *(len(claims.get(claim, [])) for claim in names)]))
    found["alone"] = (("setting",), np.array(alone))
    found["observations"] = (("setting",), np.array(observations))
    found.attrs["method"] = "leave-one-out"
    return found


def _compared(
    scenario: Scenario,
    names: Sequence[str],
    settings: Sequence[Mapping[str, float | Floats]],
    draws: int,
    of: Sequence[str],
    judge: Scenario | None,
    progress: Progress | None,
) -> xr.Dataset:
    """Shares under each setting, and their paired change against the first.

    Returns:
        share, share_error, change, change_error (group, setting, measure), kept (setting)
    """
    wanted = measures_of(scenario, of)
    found: UnderSettings = under_settings(scenario, settings, wanted, draws, judge=judge, progress=progress)
    share, share_error = found.shares()
    change, change_error = found.differences()
    dims = ("group", "setting", "measure")
    return xr.Dataset(
        {
            "share": (dims, share),
            "share_error": (dims, share_error),
            "change": (dims, change),
            "change_error": (dims, change_error),
            "kept": (("setting",), found.consistent.mean(axis=1)),
        },
        {"group": ["all", "consistent"], "setting": list(names), "measure": [m.text for m in wanted]},
        {
            "draws": draws,
            "failed": int(np.isnan(found.outcomes[..., 0]).sum()),
            "title": scenario.title,
            "evaluations": draws * len(settings),
        },
    )


def plausible(scenario: Scenario, number: Number) -> tuple[float, float]:
    """The whole range that a field could plausibly have, had nobody said anything about this number.

    Positions and beginnings of red lines: the whole scale. Shares and chances: 0 to 1. Everything else: from 0 to
    twice the highest end that the scenario gives this field for anybody; signed fields, both ways.
    """
    if number.issue is not None:
        scale = scenario.issues[number.issue].scale
        return float(scale.min()), float(scale.max())
    low, high = ends(scenario, number)
    floor, roof = bounds(number.place, low)
    alike = [ends(scenario, other) for other in scenario.numbers.values() if _field(other) == _field(number)]
    if roof <= 1:
        return min(low, floor), max(high, roof)
    top = 2 * max(abs(end) for span in alike for end in span)
    return min(low, max(-top, floor)) if floor < 0 else min(low, floor), max(min(top, roof), high)


def unknown(scenario: Scenario, paths: Mapping[str, Number], draws: int) -> dict[str, Floats]:
    """(draws,) values of numbers that are drawn from all that is plausible, at their own quantile.

    Of named options each is as likely as any other.
    """
    found: dict[str, Floats] = {}
    for path, number in paths.items():
        quantile = uniforms(np.arange(draws), scenario.seed, "number", path)
        if number.options:
            found[path] = np.floor(quantile * len(number.options))
            continue
        low, high = plausible(scenario, number)
        found[path] = low + quantile * (high - low)
    return found


def _field(number: Number) -> tuple[str, ...]:
    """What kind of number it is, whoever and whatever it is about."""
    keys = [str(key) for key in number.place]
    named = {"actors": (1, 3), "issues": (1, 3), "talks": (2,), "observations": (1,)}
    drop = named.get(keys[0], ())
    if keys[0] == "actors" and keys[2] in {"credibility", "beliefs"}:
        drop = (1,)
    return tuple(key for n, key in enumerate(keys) if n not in drop)
