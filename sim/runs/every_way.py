"""A case under every protocol, with every solution and every theory on the same worlds, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.ensemble import Design, Judge, Progress, counting, meanings, play
from sim.foundations import Bools, Floats, InputError, Ints, settings_of
from sim.foundations.plain_data import Real
from sim.protocols import PROTOCOLS
from sim.runs.difference import Shares
from sim.runs.outcome_summary import NumberSpan
from sim.runs.theory_beside import READ_BY_THEORY, TheoryBeside, theories_of
from sim.runs.ways_out import WayArrays, WayDistance, WayOut, distance_between, summed_up
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.theory import READABLE


@dataclass(frozen=True)
class ProtocolWay:
    """A protocol that was played.

    found:    what the talks came to under it
    own:      whether it is that of the case
    endings:  shares of the endings
    distance: to the talks under the protocol of the case
    """

    found: WayOut
    own: bool
    endings: Shares
    distance: WayDistance


@dataclass(frozen=True)
class Disagreement:
    """Where ways out differ, over the worlds that count.

    protocols: share of the worlds in which not every protocol signs the same deal
    about_deal: share of the worlds in which the protocols do not agree on whether a deal is signed
    all_ways:  the same as ``protocols``, of solutions and of theories that point at a deal as well
    terms:     numeric issue -> the lowest and the highest median among all ways, and which these are
    gains:     signer -> the same of his gain
    """

    protocols: Real
    about_deal: Real
    all_ways: Real
    terms: Mapping[str, tuple[tuple[str, float], tuple[str, float]]]
    gains: Mapping[str, tuple[tuple[str, float], tuple[str, float]]]


@dataclass(frozen=True)
class EveryWay:
    """Every way out of a case.

    protocols: those that were played, that of the case first
    refused:   protocol -> why the case cannot be played under it
    theory:    solutions and theories beside the protocol of the case
    disagreement: where they differ
    """

    protocols: tuple[ProtocolWay, ...]
    refused: Mapping[str, str]
    theory: TheoryBeside
    disagreement: Disagreement

    @property
    def ways(self) -> tuple[WayOut, ...]:
        """All that say something of terms or of whether there is a deal."""
        said = tuple(one.found for one in self.theory.applies if one.predicts)
        return (*(one.found for one in self.protocols), *said)


def every_way(
    scenario: Scenario,
    draws: int,
    *,
    central: bool = False,
    judge: Scenario | Judge | None = None,
    progress: Progress | None = None,
) -> EveryWay:
    """Play a case under every protocol that is registered, its own first, and ask every theory beside.

    Worlds that count are those that fit the observations as the case stands: a protocol changes the talks, not the
    world in which something was observed.

    Args:
        draws: how many worlds
        judge: another scenario whose observations say which worlds count
    Example:
        >>> from sim.scenario import read_scenario
        >>> found = every_way(read_scenario("scenarios/pie"), 2)
        >>> found.protocols[0].found.name, "zeuthen" in [one.found.name for one in found.protocols]
        ('strategic-alternating-offers', True)
    """
    names = list(dict.fromkeys((scenario.talks.protocol, *PROTOCOLS.names)))
    own = play(Design.of_draws(scenario, draws, central=central, judge=judge), columns=(*READ_BY_THEORY, "ending"))
    where = counting(own["consistent"].values)
    best = np.asarray(own["best_gain"].values, float)
    played: dict[str, WayArrays] = {}
    found: list[ProtocolWay] = []
    refused: dict[str, str] = {}
    for done, name in enumerate(names):
        if progress is not None:
            progress(done, len(names))
        results = own
        if name != scenario.talks.protocol:
            known = settings_of(PROTOCOLS[name])
            kept = {key: value for key, value in scenario.talks.settings.items() if key in known}
            try:
                other = change(scenario, {"talks.protocol": name, "talks.settings": kept})
                design = Design.of_draws(other, draws, central=central, judge=judge)
                results = play(design, columns=("ending", "deal", "talks_gain"))
            except InputError as error:
                refused[name] = error.problems[0].message
                continue
        way = played[name] = WayArrays.of_talks(results)
        found.append(
            ProtocolWay(
                summed_up(name, "protocol", way, own, scenario, where),
                name == scenario.talks.protocol,
                Shares.of(results["ending"].values, meanings(results, "ending"), where),
                distance_between(way, played[scenario.talks.protocol], best, where),
            )
        )
    theory = theories_of(own, scenario)
    said = [one.found for one in theory.applies if one.predicts]
    pointing = {
        name: way
        for name, way in ((name, WayArrays.of_theory(own, name)) for name in READABLE)
        if (way.deal >= 0)[where & way.applies].any()
    }
    return EveryWay(
        tuple(found),
        refused,
        theory,
        _disagreement([*(one.found for one in found), *said], played, pointing, where),
    )


def _disagreement(
    ways: list[WayOut], played: Mapping[str, WayArrays], pointing: Mapping[str, WayArrays], where: Bools
) -> Disagreement:
    deals = np.stack([way.deal for way in played.values()], axis=1)[where]
    everything = [deals, *(_filled(way, deals, where) for way in pointing.values())]
    signed = deals >= 0
    return Disagreement(
        _share(_differ(deals)),
        _share(np.asarray(signed.any(axis=1) & ~signed.all(axis=1))),
        _share(_differ(np.concatenate(everything, axis=1))),
        _ends({way.name: {name: one.span for name, one in way.terms.items() if not one.shares} for way in ways}),
        _ends({way.name: way.gains for way in ways}),
    )


def _filled(way: WayArrays, deals: Ints, where: Bools) -> Ints:
    """(n, 1) deals of a way out; what says nothing of a world agrees with the protocol of the case there."""
    own = way.deal[where]
    silent = ~way.applies[where] | ((own < 0) & (way.chance[where] > 0))
    return np.asarray(np.where(silent, deals[:, 0], own)[:, None])


def _differ(deals: Ints) -> Bools:
    return np.asarray((deals != deals[:, :1]).any(axis=1))


def _share(of: Bools | Floats) -> float:
    return float(of.mean()) if len(of) else np.nan


def _ends(
    of: Mapping[str, Mapping[str, NumberSpan]],
) -> dict[str, tuple[tuple[str, float], tuple[str, float]]]:
    """What is spanned -> the lowest and the highest median and whose these are."""
    found: dict[str, list[tuple[str, float]]] = {}
    for way, spans in of.items():
        for name, span in spans.items():
            if np.isfinite(span.median):
                found.setdefault(name, []).append((way, float(span.median)))
    return {
        name: (min(medians, key=lambda one: one[1]), max(medians, key=lambda one: one[1]))
        for name, medians in found.items()
    }
