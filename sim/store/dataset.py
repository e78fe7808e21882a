"""Results as labelled arrays: names for every axis, meanings for every code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from sim.foundations import Ints
from sim.scenario import Scenario
from sim.scenario.draws import ends, place
from sim.scenario.kinds import deal_kinds, declared_codes, ending_codes, state_codes, target_kinds
from sim.table import BLOCKS, STALEMATES, DealSpace, blocking_names, surplus_terms_of
from sim.words import Vocabulary, number_title


def codes_of(scenario: Scenario) -> Mapping[str, tuple[str, ...]]:
    """Codes and what they mean, by variable; stored as the CF attributes flag_values and flag_meanings."""
    return {
        "declared": declared_codes(scenario),
        "ending": ending_codes(scenario),
        "stalemate": STALEMATES,
        "block": BLOCKS,
        "deal_kind": deal_kinds(scenario),
    }


#: What each variable holds, with its unit.
NOTES: Mapping[str, str] = {
    "declared": "kind of the first signed deal",
    "held": "rounds that the first signed deal was in force",
    "ending": "state at the horizon",
    "decided_by_arms": "whether arms decided before the horizon",
    "round": "round in which the first deal was agreed, -1 if none",
    "deal": "first deal, index along deal_index, -1 if none",
    "final_deal": "deal in force at the horizon, index along deal_index, -1 if none",
    "by": "actor whose offer was accepted first, index along actor, -1 if none",
    "collapses": "how many deals broke down",
    "converted": "whether follow-on talks turned a deal into a settlement",
    "utility": "realised value, normalised per round",
    "holds": "whether the observation holds in the draw",
    "kept": "whether the draw survives the observation (it holds, or its speaker bluffs)",
    "consistent": "whether the draw survives every observation",
    "prevailed": "who prevailed where arms decided, index along actor, -1 otherwise",
    "exists": "whether an acceptable deal of the kind exists",
    "stalemate": "kind of stalemate where no deal is acceptable",
    "block": "what stops every deal where none is acceptable",
    "conflict": "acceptable truce and settlement exist but signers rank them differently",
    "acceptable_deals": "number of acceptable deals",
    "war": "W, value of fighting to the finish",
    "alternative": "O, what a refusal falls back on",
    "reference": "reference settlement, index along deal_index, -1 if none",
    "number_title": "what people call the number",
    "number_claims": "claims that a number rests on, joined by commas; empty if it is assumed",
    "number": "drawn value; places on an issue run from 0 to 1",
    "target_deal": "truce and settlement that come closest to being signed",
    "surplus_part": "terms of V + l - O",
    "surplus": "V + l - O",
    "barred": "whether a hard red line of the actor forbids the deal",
    "blocker": "who stops the deal that comes closest where none is acceptable, -1 otherwise",
    "blocking_term": "by which term, index along blocking_name, -1 otherwise",
    "blocks_alone": "whether without that term the blocker would accept",
    "blocking_then": "the next term where it does not suffice alone, -1 otherwise",
    "states": "draws in each state at the end of each round",
    "deal_level": "level of each issue in each deal: its name, or its number written out",
    "level_value": "the number that each deal puts on a numeric issue, in the issue's unit; nan for named levels",
    "truce_accepted": "draws in which the actor accepts the nearest truce at this chance of collapse in a year",
    "truce_signed": "draws in which all signers accept it",
}


def label(
    scenario: Scenario, space: DealSpace, found: Mapping[str, tuple[tuple[str, ...], np.ndarray]], draws: Ints
) -> xr.Dataset:
    """Name every axis and code of the records of a run.

    Dimensions: draw, actor, issue, kind, observation, path (numbers), target, term, group, state,
    round_number, yearly_hazard, deal_index, solution.
    """
    solutions = {name: value for name, value in found.items() if name.startswith("solution ")}
    data = {name: value for name, value in found.items() if name not in solutions}
    dataset = xr.Dataset({name: (dims, _stored(values)) for name, (dims, values) in data.items()})
    numbers = list(scenario.numbers.values())
    spans = [ends(scenario, number) for number in numbers]
    coords: dict[str, object] = {
        "draw": draws,
        "actor": list(scenario.actors),
        "issue": list(scenario.issues),
        "kind": list(deal_kinds(scenario)),
        "observation": list(scenario.observations),
        "path": [number.path for number in numbers],
        "target": list(target_kinds(scenario)),
        "term": list(surplus_terms_of(scenario)),
        "blocking_name": list(blocking_names(scenario)),
        "group": ["all", "consistent"],
        "state": list(state_codes(scenario)),
        "yearly_hazard": _hazards(dataset),
        "deal_index": np.arange(len(space)),
    }
    dataset = dataset.assign_coords({name: values for name, values in coords.items() if _used(dataset, name)})
    keys = np.array([space.level_keys[i][level] for i in range(len(scenario.issues)) for level in space.deals[:, i]])
    central = [np.nan if n.quantity.mirrors else place(scenario, n, n.quantity.value) for n in numbers]
    more: dict[str, tuple[object, ...]] = {  # assigned at once: each single one would align the whole dataset
        "number_low": (("path",), np.array([low for low, _ in spans])),
        "number_high": (("path",), np.array([high for _, high in spans])),
        "number_central": (("path",), np.array(central)),
        "number_assumed": (("path",), np.array([not n.quantity.grounded for n in numbers])),
        "number_claims": (("path",), np.array([",".join(n.quantity.claims) for n in numbers], dtype=str)),
        "number_title": (("path",), np.array([number_title(scenario, n.path) for n in numbers], dtype=str)),
        "deal_level": (("issue", "deal_index"), keys.reshape(len(scenario.issues), -1)),
        "level_value": (("issue", "deal_index"), space.level_values),
        "deal_kind": (("deal_index",), space.kind.astype(np.int8)),
    }
    if solutions:
        stacked = np.stack([values for _, values in solutions.values()], axis=1).astype(np.int32)
        told = {"long_name": "deal each solution selects, -1 if none"}
        dataset = dataset.assign_coords(solution=[name.removeprefix("solution ") for name in solutions])
        more["solution_deal"] = (("draw", "solution"), stacked, told)
    dataset = dataset.assign(more)
    codes = codes_of(scenario)
    for name, variable in dataset.data_vars.items():
        if name in NOTES:
            variable.attrs["long_name"] = NOTES[str(name)]
        if name in codes:
            variable.attrs["flag_values"] = np.arange(len(codes[str(name)]), dtype=np.int8)
            variable.attrs["flag_meanings"] = "|".join(codes[str(name)])
    dataset.attrs |= {
        "title": scenario.title,
        "question": scenario.question,
        "round": scenario.talks.round,
        "round_years": scenario.talks.round_years,
        "talk_rounds": scenario.talks.talk_rounds,
        "horizon_rounds": scenario.talks.horizon_rounds,
        "protocol": scenario.talks.protocol,
        "parties": list(scenario.parties),
        "actor_titles": [actor.title or name for name, actor in scenario.actors.items()],
        "issue_titles": [issue.title or name for name, issue in scenario.issues.items()],
        "seed": scenario.seed,
        **Vocabulary.of(scenario).to_attrs(),
    }
    return dataset


def meanings(dataset: xr.Dataset, variable: str) -> tuple[str, ...]:
    """Names of the codes of a variable, in the order of the codes."""
    return tuple(str(dataset[variable].attrs["flag_meanings"]).split("|"))


def recoded(dataset: xr.Dataset, variable: str, codes: Sequence[str]) -> Ints:
    """Codes of a variable by their places among those of several runs, which may tell apart other things."""
    places = np.array([codes.index(code) for code in meanings(dataset, variable)])
    return np.asarray(places[dataset[variable].values])


def _stored(values: np.ndarray) -> np.ndarray:
    """Integers small, truth values as int8: netCDF has no booleans."""
    if values.dtype == bool:
        return values.astype(np.int8)
    if values.dtype == np.int64:
        return values.astype(np.int32)
    return values


def _used(dataset: xr.Dataset, name: str) -> bool:
    return name in dataset.dims or name in {"issue", "deal_index", "blocking_name"}


def _hazards(dataset: xr.Dataset) -> np.ndarray:
    size = dataset.sizes.get("yearly_hazard", 50)
    return np.linspace(0.0, 0.98, size)
