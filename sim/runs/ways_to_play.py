"""What is agreed and who signs under each of the protocols of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import Design, Rows, counting, play
from sim.ensemble.headline_outcomes import is_condition, needs_of
from sim.ensemble.known_verdicts import KnownVerdicts
from sim.ensemble.play_settings import play_settings
from sim.foundations import InputError
from sim.runs.first_worlds import first_worlds
from sim.runs.outcome_changes import CountedOutcomes, changes_between
from sim.runs.outcome_summary import OutcomeSummary, compared_outcomes
from sim.scenario import Scenario
from sim.scenario.changes import change

#: Worlds in which other protocols are looked at, and where sentences of the headline tell of these, at most.
_WORLDS = 200
WORLDS_TOLD = 500
#: Fewer protocols are no comparison.
_FEWEST = 2


@dataclass(frozen=True)
class WayToPlay:
    """An outcome under one of the protocols of a case.

    protocol: its name
    found:    the outcome under it
    seen:     whether it differs from what it is under the case's own protocol by more than chance may do
    """

    protocol: str
    found: OutcomeSummary
    seen: bool = True


def asked_of_ways(scenario: Scenario) -> tuple[str, ...]:
    """Outcomes that are told for each protocol: those of the headline that ask for it, then terms and who signs.

    Example:
        >>> from sim.scenario import read_scenario
        >>> asked_of_ways(read_scenario("scenarios/coalition"))
        ('terms.climate', 'signers', 'terms.migration', 'terms.taxes')
    """
    by = [found.of for found in scenario.headline.outcomes if found.by]
    rest = [of for of in compared_outcomes(scenario) if of.startswith("terms.") or of == "signers"]
    return tuple(dict.fromkeys([*by, *(of for of in rest if not is_condition(of))]))


def ways_to_play(
    scenario: Scenario,
    draws: int,
    *,
    closer: bool = True,
    judge: Scenario | None = None,
    own: xr.Dataset | None = None,
) -> tuple[WayToPlay, ...]:
    """Play the case under each of its protocols, its own first: what is agreed, who signs, what the headline asks for.

    Shares and numbers are those of worlds that fit what was observed under the protocol, of all where none does.

    That an outcome differs from what it is under the case's own protocol is tested on the same worlds, and holds for
    all outcomes and protocols together.

    Args:
        draws:  how many worlds, at most ``_WORLDS``, more where the sentences of the headline tell of them
        closer: whether terms and signers are asked too, besides what sentences of the headline tell
        judge:  whose observations say which worlds count, such as the base of an overlay; by default the case's own
        own:    results of the case as it is, judged by the same, if it was played already
    """
    told = any(found.by for found in scenario.headline.outcomes)
    if not (told or closer):
        return ()
    draws = min(draws, WORLDS_TOLD if told else _WORLDS)
    protocols = tuple(dict.fromkeys((scenario.talks.protocol, *scenario.conventions.protocols)))
    if len(protocols) < _FEWEST and not told:
        return ()  # nothing to compare it with
    asked = asked_of_ways(scenario) if closer else [found.of for found in scenario.headline.outcomes if found.by]
    columns = {"consistent", *(need for of in asked for need in needs_of(of))}
    ways: list[WayToPlay] = []
    first: CountedOutcomes | None = None
    known = KnownVerdicts()
    for protocol in protocols:
        as_written = protocol == scenario.talks.protocol
        results = first_worlds(own, draws, columns) if as_written else None
        try:
            if results is not None:
                found = CountedOutcomes.of(asked, results, counting(results["consistent"].values))
            else:
                changes = {"talks.protocol": protocol, "talks.settings": {}}
                other = scenario if as_written else change(scenario, changes)
                found = _counted(other, draws, judge, asked, columns, known)
        except InputError:
            continue  # it does not apply
        first = first or found
        tried = len(asked) * (len(protocols) - 1)
        seen = {one.of for one in changes_between(first, found) if one.seen(tried)}
        ways += [WayToPlay(protocol, one, one.of in seen) for one in found.summaries()]
    return tuple(ways)


def _counted(
    scenario: Scenario,
    draws: int,
    judge: Scenario | None,
    asked: Sequence[str],
    columns: Iterable[str],
    known: KnownVerdicts,
) -> CountedOutcomes:
    """Outcomes in the worlds that count; where the scenario itself is judged, the others are not played."""
    if judge is None:
        (played,) = play_settings(scenario, [Rows(np.arange(draws))], columns, known=known)
        return CountedOutcomes.of_setting(asked, played)
    results = play(Design.of_draws(scenario, draws, judge=judge), columns=columns)
    return CountedOutcomes.of(asked, results, counting(results["consistent"].values))
