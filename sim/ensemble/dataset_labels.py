"""Names for every axis of what was played, and meanings for every code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble.columns import columns_named
from sim.ensemble.forecasts_beside import forecast_names
from sim.ensemble.outcome_column import OutcomeColumn
from sim.ensemble.played_block import GROUPS, YEARLY_HAZARDS
from sim.ensemble.told_deals import ToldDeals, told_deals
from sim.foundations import Ints
from sim.scenario import Scenario
from sim.scenario.drawn_option import told_option
from sim.scenario.draws import ends, place
from sim.scenario.kinds import deal_kinds, state_codes, target_kinds
from sim.table import DealSpace, blocking_names, surplus_terms_of
from sim.words import Vocabulary, issue_title, number_title

#: Attribute of ``deal_level``: issue -> levels that no deal has, as JSON.
_ABSENT: Final = "absent_levels"

#: Dimension -> names along it, as the scenario has them.
AXES: Final[Mapping[str, Callable[[Scenario], Any]]] = {
    "actor": lambda scenario: list(scenario.actors),
    "issue": lambda scenario: list(scenario.issues),
    "kind": lambda scenario: list(deal_kinds(scenario)),
    "event": lambda scenario: list(scenario.events),
    "cheater": lambda scenario: list(scenario.cheating),
    "observation": lambda scenario: list(scenario.observations),
    "path": lambda scenario: list(scenario.numbers),
    "solution": lambda scenario: list(scenario.conventions.solutions),
    "target": lambda scenario: list(target_kinds(scenario)),
    "term": lambda scenario: list(surplus_terms_of(scenario)),
    "forecast_name": lambda scenario: list(forecast_names(scenario)),
    "group": lambda _: list(GROUPS),
    "state": lambda scenario: list(state_codes(scenario)),
    "yearly_hazard": lambda _: YEARLY_HAZARDS,
    "theory": lambda _: _theories(),
}


def _theories() -> list[str]:
    """Theories that can be read on a case; imported where something asks for them."""
    from sim.theory import READABLE

    return list(READABLE)


def label(space: DealSpace, arrays: Mapping[str, np.ndarray], worlds: Ints, also: Ints | None = None) -> xr.Dataset:
    """Name every axis and code of the columns that were played.

    Of very many deals only some are told of, see ``told_deals``: ``deal_index`` then holds their numbers, and the
    attribute ``deals`` how many there are.

    Args:
        arrays: name of a column -> its values
        worlds: (B,) numbers of the worlds
        also:   numbers of deals that are told of besides, where there are too many to tell of all
    Returns:
        a variable for each column (those of cheating only where somebody may), with ``long_name`` and, for codes,
        ``flag_values`` and ``flag_meanings``; what is the same in every world besides, as far as some column needs it:
        names of levels and the kind of each deal (``deal_level``, ``deal_kind``), what numbers are called and where
        they range (``number_*``)
    """
    scenario = space.scenario
    columns = [one for one in columns_named(arrays) if scenario.cheating or "cheater" not in one.dims]
    told = told_deals(space, columns, arrays, also)
    if told is not None:
        arrays = {column.name: _told(told, column, arrays[column.name]) for column in columns}
    data = {column.name: (column.dims, arrays[column.name], attributes(column, scenario)) for column in columns}
    dims = {dim for column in columns for dim in column.dims}
    coords: dict[str, Any] = {name: names(scenario) for name, names in AXES.items() if name in dims}
    places = {column.index for column in columns}
    if "blocking_name" in places:
        coords["blocking_name"] = list(blocking_names(scenario))
    numbers = np.arange(len(space)) if told is None else told.numbers
    more: dict[str, Any] = _deals(space, numbers) | (_numbers(scenario) if "path" in dims else {})
    coords |= {"draw": worlds, "issue": list(scenario.issues), "deal_index": numbers}
    about = _about(scenario)
    if told is not None:
        about["deals"] = told.total
        if len(told.spread):
            spread = {"long_name": "how far consent differs between the levels of the issue, over all deals"}
            more["consent_spread"] = (("group", "issue"), told.spread, spread)
    return xr.Dataset({**data, **more}, coords, about)


def deals_in_all(results: xr.Dataset) -> int:
    """How many deals there are on the table; results may tell of fewer."""
    return int(results.attrs.get("deals", results.sizes["deal_index"]))


def _told(told: ToldDeals, column: OutcomeColumn, values: np.ndarray) -> np.ndarray:
    """A column as it is with some of the deals: places among them, or their values."""
    if column.index == "deal_index":
        return told.places(values)
    return told.part(values) if column.dims[-1] == "deal_index" else values


def attributes(column: OutcomeColumn, scenario: Scenario) -> dict[str, Any]:
    """What is said of a column in files: what it holds, and what its codes mean (CF conventions, section 3.5)."""
    return {"long_name": column.meaning, **(flags(column.codes(scenario)) if column.codes else {})}


def flags(codes: tuple[str, ...]) -> dict[str, Any]:
    """Attributes that name the codes 0, 1, 2, … of a variable.

    Example:
        >>> flags(("deal", "none"))["flag_meanings"]
        'deal|none'
    """
    return {"flag_values": np.arange(len(codes), dtype=np.int8), "flag_meanings": "|".join(codes)}


def recoded(dataset: xr.Dataset, variable: str, codes: Sequence[str]) -> Ints:
    """Codes of a variable by their places among those of several runs, which may tell apart other things."""
    places = np.array([codes.index(code) for code in meanings(dataset, variable)])
    return np.asarray(places[dataset[variable].values])


def meanings(dataset: xr.Dataset, variable: str) -> tuple[str, ...]:
    """Names of the codes of a variable, in the order of the codes."""
    return tuple(str(dataset.variables[variable].attrs["flag_meanings"]).split("|"))


def _deals(space: DealSpace, numbers: Ints) -> dict[str, Any]:
    """What each deal says, and of what kind it is."""
    scenario, deals = space.scenario, space.deals[numbers]
    keys = np.stack([np.array(keys)[deals[:, i]] for i, keys in enumerate(space.level_keys)])
    values = np.array([issue.values[deals[:, i]] for i, issue in enumerate(scenario.issues.values())])
    level = {"long_name": "level of each issue in each deal: its name, or its number written out"}
    if absent := _absent(scenario, keys):
        level[_ABSENT] = json.dumps(absent, ensure_ascii=False)
    value = "the number that each deal puts on a numeric issue, in the issue's unit; nan for named levels"
    place = {"long_name": "place of that level among all levels of the issue, from 0"}
    some = len(numbers) < len(space) or scenario.forbid or scenario.sums  # then they do not come in their order
    return {
        **({"level_place": (("issue", "deal_index"), deals.T.astype(np.int32), place)} if some else {}),
        "deal_level": (("issue", "deal_index"), keys, level),
        "level_value": (("issue", "deal_index"), values, {"long_name": value}),
        "deal_kind": (("deal_index",), space.kind[numbers].astype(np.int8), flags(deal_kinds(scenario))),
    }


def _absent(scenario: Scenario, keys: np.ndarray) -> dict[str, list[str]]:
    """Issue -> named levels that none of the deals has, keys (I, K); issues whose levels all occur are left out."""
    found = {
        name: [level for level in (*issue.levels, *issue.taken_away) if level not in occurring]
        for (name, issue), occurring in zip(
            scenario.issues.items(), (set(row.tolist()) for row in keys), strict=True
        )
    }  # fmt: skip
    return {name: levels for name, levels in found.items() if levels}


def absent_levels(results: xr.Dataset, issue: str) -> tuple[str, ...]:
    """Named levels of an issue that no deal of these results has, as an overlay may take some off the table."""
    found: dict[str, list[str]] = json.loads(str(results.variables["deal_level"].attrs.get(_ABSENT, "{}")))
    return tuple(found.get(issue, ()))


def _numbers(scenario: Scenario) -> dict[str, Any]:
    """What people call each number, what it rests on, and where it ranges."""
    numbers = list(scenario.numbers.values())
    spans = [ends(scenario, number) for number in numbers]
    central = [np.nan if n.quantity.follows else place(scenario, n, n.quantity.value) for n in numbers]
    claims = {"long_name": "claims that a number rests on, joined by commas; empty if it is assumed"}
    titles = {"long_name": "what people call the number"}
    grounds = {"long_name": "what a number rests on: claim, rate or assumed"}
    return {
        "number_low": ("path", np.array([low for low, _ in spans])),
        "number_high": ("path", np.array([high for _, high in spans])),
        "number_central": ("path", np.array(central)),
        "number_assumed": ("path", np.array([not n.quantity.grounded for n in numbers])),
        "number_claims": ("path", np.array([",".join(n.quantity.claims) for n in numbers], dtype=str), claims),
        "number_ground": ("path", np.array([n.quantity.ground for n in numbers], dtype=str), grounds),
        "number_title": ("path", np.array([number_title(scenario, n.path) for n in numbers], dtype=str), titles),
    }


def _about(scenario: Scenario) -> dict[str, Any]:
    return {
        "title": scenario.title,
        "question": scenario.question,
        "round": scenario.talks.round,
        "round_years": scenario.talks.round_years,
        "talk_rounds": scenario.talks.longest_rounds,
        "horizon_rounds": scenario.talks.horizon_rounds,
        "protocol": told_option(scenario.talks.protocol),
        "parties": list(scenario.parties),
        "signers": list(scenario.signers),
        "actor_titles": [actor.title or name for name, actor in scenario.actors.items()],
        "issue_titles": [issue_title(scenario, name) for name in scenario.issues],
        "seed": scenario.seed,
        **Vocabulary.of(scenario).to_attrs(),
    }
