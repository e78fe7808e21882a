"""What is kept of every block of draws: labelled arrays that can be joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.engine import Block
from sim.foundations import NO_DEAL, Bools
from sim.scenario.kinds import broken_code, state_codes, target_kinds
from sim.solutions import solve_all
from sim.table import classify, find_blocker, nearest_deal, observe, surplus
from sim.table.durability import durability, per_round, value_of_document
from sim.table.war import delayed

#: Dimensions and values of one variable.
Labelled = tuple[tuple[str, ...], np.ndarray]
Records = dict[str, Labelled]

#: Chances of a collapse within a year at which acceptance of a truce is asked.
YEARLY_HAZARDS = np.linspace(0.0, 0.98, 50)
#: Draws that counts are kept for.
GROUPS = ("all", "consistent")


def outcomes(block: Block, consistent: Bools | None = None) -> Records:
    """Keep what happened in each draw, and whether the draw agrees with the observations.

    Args:
        consistent: (B,) replaces the observations' own verdict, e.g. by that of the base case
    """
    outcome, seen = block.outcome, observe(block.worlds)
    found: Records = {
        name: (("draw",), getattr(outcome, name))
        for name in (
            "declared",
            "held",
            "ending",
            "decided_by_arms",
            "round",
            "deal",
            "final_deal",
            "by",
            "collapses",
            "converted",
        )
    }
    found["utility"] = (("draw", "actor"), outcome.utility)
    found["holds"] = (("draw", "observation"), seen.holds)
    found["kept"] = (("draw", "observation"), seen.kept)
    found["consistent"] = (("draw",), seen.consistent if consistent is None else consistent)
    return found


def glimpses(block: Block, consistent: Bools | None = None) -> Records:
    """Keep how each draw ends and what the nearest deals are worth: enough to look at while a slider moves."""
    found = outcomes(block, consistent)
    found["number"] = _numbers(block)
    _surpluses(block, found)
    return found


def records(block: Block, consistent: Bools | None = None) -> Records:
    """Keep everything that figures and reports need of a block."""
    worlds = block.worlds
    found = outcomes(block, consistent)
    groups = np.stack([np.ones(len(worlds.draws), bool), found["consistent"][1]])
    classes = classify(worlds)
    found["exists"] = (("draw", "kind"), classes.exists)
    found["stalemate"] = (("draw",), classes.stalemate)
    found["block"] = (("draw",), classes.block)
    found["conflict"] = (("draw",), classes.conflict)
    found["acceptable_deals"] = (("draw",), classes.deals)
    found["prevailed"] = (("draw",), block.outcome.prevailed)
    found["war"] = (("draw", "actor"), worlds.no_deal.value)
    found["alternative"] = (("draw", "actor"), worlds.alternative)
    found["reference"] = (("draw",), worlds.reference)
    found["number"] = _numbers(block)
    for name, deal in solve_all(worlds.table, worlds.scenario.conventions.solutions).items():
        found[f"solution {name}"] = (("draw",), deal)
    _surpluses(block, found)
    _blockers(block, found, classes.any)
    if broken_code(worlds.scenario):
        _hazards(block, found, groups)
    states = np.stack(
        [(block.outcome.state == n)[None] & groups[:, :, None] for n in range(len(state_codes(worlds.scenario)))]
    )
    found["states"] = (("state", "group", "round_number"), states.sum(axis=2))
    return found


def joined(parts: Sequence[Records]) -> Records:
    """Join the records of blocks: draws are strung together, counts added up."""
    result: Records = {}
    for name, (dims, _) in parts[0].items():
        arrays = [part[name][1] for part in parts]
        if "draw" in dims:
            result[name] = (dims, np.concatenate(arrays, axis=dims.index("draw")))
        else:
            result[name] = (dims, np.sum(arrays, axis=0))
    return result


def ranked_shares(values: np.ndarray, names: Sequence[str], where: Bools | None = None) -> Mapping[str, float]:
    """Share of each named outcome among some draws; nan for all where there are none."""
    chosen = values if where is None else values[where]
    counts = np.bincount(chosen, minlength=len(names)) / len(chosen) if len(chosen) else np.full(len(names), np.nan)
    return {name: float(count) for name, count in zip(names, counts, strict=False)}


def _numbers(block: Block) -> Labelled:
    values = [block.worlds.draws[path] for path in block.worlds.scenario.numbers]
    return ("draw", "path"), np.stack(values, axis=1)


def _surpluses(block: Block, found: Records) -> None:
    worlds = block.worlds
    deals, parts, totals, barred = [], [], [], []
    rows = np.arange(len(worlds.draws))
    for target in target_kinds(worlds.scenario):
        deal = nearest_deal(worlds, worlds.space.kind == worlds.space.kinds.index(target))
        looked = np.maximum(deal, 0)
        taken = surplus(worlds, looked)
        nothing = (deal == NO_DEAL)[:, None]
        deals.append(deal)
        parts.append(np.where(nothing[:, :, None], np.nan, taken.parts).astype(np.float32))
        totals.append(np.where(nothing, np.nan, taken.total))
        barred.append(~worlds.permitted[rows, :, looked] & ~nothing)
    found["target_deal"] = (("draw", "target"), np.stack(deals, axis=1))
    found["surplus_part"] = (("draw", "target", "actor", "term"), np.stack(parts, axis=1))
    found["surplus"] = (("draw", "target", "actor"), np.stack(totals, axis=1))
    found["barred"] = (("draw", "target", "actor"), np.stack(barred, axis=1))


def _blockers(block: Block, found: Records, anything: Bools) -> None:
    """Who stops the deal that comes closest, in draws where no deal is acceptable."""
    worlds = block.worlds
    blocker = find_blocker(worlds, np.where(anything, NO_DEAL, nearest_deal(worlds)))
    found["blocker"] = (("draw",), blocker.actor)
    found["blocking_term"] = (("draw",), blocker.term)
    found["blocks_alone"] = (("draw",), blocker.alone)
    found["blocking_then"] = (("draw",), blocker.then)


def _hazards(block: Block, found: Records, groups: Bools) -> None:
    """Count who would accept the truce that comes closest, were its hazard as given."""
    worlds = block.worlds
    deal = found["target_deal"][1][:, 0]
    rows, looked = np.arange(len(deal)), np.maximum(deal, 0)
    yearly = YEARLY_HAZARDS
    chance = per_round(yearly, worlds.scenario.talks.round_years)
    speed = worlds.documents.speed[:, None, None]
    weights = durability(worlds.delta[:, :, None], chance, 0.0, speed)
    flow = worlds.flow[rows, :, looked][:, :, None]
    back, damage, shift = (array[:, :, None] for array in (worlds.fallback, worlds.damage, worlds.shift))
    value = value_of_document(flow, back, damage, shift, weights)
    pending, waits = worlds.no_deal.pending[:, :, None], worlds.delay[rows, looked][:, None, None]
    gain = (
        delayed(value, pending, worlds.no_deal.waiting[:, :, None], waits)
        + worlds.pressure[rows, :, looked][:, :, None]
        - worlds.alternative[:, :, None]
    )
    yes = (gain >= -1e-9) & worlds.permitted[rows, :, looked][:, :, None] & (deal != NO_DEAL)[:, None, None]
    signers = worlds.rule.signers
    both = yes[:, signers].all(axis=1)[:, None]
    found["truce_accepted"] = (
        ("group", "actor", "yearly_hazard"),
        np.stack([yes[group].sum(axis=0) for group in groups]),
    )
    found["truce_signed"] = (("group", "yearly_hazard"), np.stack([both[group].sum(axis=(0, 1)) for group in groups]))
