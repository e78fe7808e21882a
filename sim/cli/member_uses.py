"""Where the cases of this folder use a member."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sim.cli.theory_arguments import numbers_of
from sim.foundations import InputError
from sim.scenario import Scenario, find_cases, read_case
from sim.scenario.kinds import no_deal_model
from sim.theory import READABLE

#: Solvers that a file with a game, or the game over strategies, is put to.
_IN_GAMES: Final = {
    "nash-equilibria", "pure-equilibria", "iterated-dominance", "logit-qre-trace", "correlated-equilibrium",
    "subgame-perfect", "graph-model", "graph-model-coalition",
}  # fmt: skip
_IN_TOURNAMENTS: Final = {
    "nash-equilibria", "pure-equilibria", "logit-qre-trace", "replicator-populations", "fictitious-play",
}  # fmt: skip


def uses_of(kind: str, name: str) -> Iterator[str]:
    """Names of the cases in ``scenarios/`` that use a member, and how where it is not how their talks are played.

    Cases that cannot be read are left out.
    """
    if kind in {"equilibrium", "game solver"}:
        yield from _asked(name)
        return
    if kind not in {"protocol", "strategy", "acceptance rule", "offering rule", "solution", "no-deal model"}:
        return
    for folder in find_cases(Path("scenarios")):
        try:
            case = read_case(folder)
        except InputError:
            continue
        how = _use(case.scenario, kind, name)
        if how is not None:
            yield f"{case.name}{how}"


def _asked(name: str) -> Iterator[str]:
    """Commands that evaluate a theory."""
    if name in READABLE:
        yield "sim theory, in every case that it applies to"
    if numbers_of(name):
        yield "sim solve"
    if name in _IN_GAMES:
        yield "sim game"
    if name in _IN_TOURNAMENTS:
        yield "sim tournament"


def _use(scenario: Scenario, kind: str, name: str) -> str | None:
    """How a case uses a member: empty for its own talks; ``None`` where it does not."""
    talks = scenario.talks
    beside = None
    if kind == "protocol":
        played = talks.protocol == name
        beside = " (beside its own)" if name in scenario.conventions.protocols else None
    elif kind == "strategy":
        tactics = {tactic.aspiration for one in talks.strategies.values() for tactic in one.mixture}
        played = name in {one.aspiration for one in talks.strategies.values() if not one.mixture} | tactics
    elif kind == "acceptance rule":
        played = name in {one.acceptance for one in talks.strategies.values()}
    elif kind == "offering rule":
        played = name in {one.offering for one in talks.strategies.values()}
    elif kind == "solution":
        played, beside = False, " (beside its talks)" if name in scenario.conventions.solutions else None
    else:
        played = no_deal_model(scenario) == name
    return "" if played else beside
