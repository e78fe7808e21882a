"""Outcomes by their dotted names, resolved from the columns that were kept: `terms.price`, `signers`, `signed`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.columns import COLUMNS, is_column
from sim.ensemble.condition import Column
from sim.ensemble.dataset_labels import absent_levels, meanings
from sim.ensemble.timed_names import is_timed, not_kept
from sim.foundations import Bools, Floats, InputError, Problem, nearest

#: Column that holds -1 where nothing was signed, which is no round.
_SINCE: Final = "round"
#: Name of the code of draws in which there is nothing.
NONE: Final = "none"


@dataclass(frozen=True)
class NamedOutcome:
    """An outcome that follows from columns.

    name:    before the dot, if there is one
    meaning: what it is, with its unit
    needs:   columns that it follows from
    read:    results and what stands behind the dot -> the outcome
    along:   dimension whose names stand behind the dot; empty for none
    """

    name: str
    meaning: str
    needs: tuple[str, ...]
    read: Callable[[xr.Dataset, str], Column]
    along: str = ""


def outcome(results: xr.Dataset, name: str) -> Column:
    """Resolve the name of an outcome, from results of a run or of any play that kept what it follows from.

    Args:
        name: a column (`held`), an entry of one (`utility.russia`), a drawn number by its path, a state in time
            (`state@1y`, where it was kept), or an outcome of `NAMED`
    Raises:  InputError if there is none of that name, with the nearest
    Example:
        >>> from sim.ensemble import Design, play
        >>> from sim.scenario import read_scenario
        >>> results = play(Design.of_draws(read_scenario("scenarios/pie"), 3))
        >>> outcome(results, "signers").names, bool(outcome(results, "signed").values.all())
        (('first + second',), True)
    """
    found = dict(_one(results, name))
    if name in found:
        return found[name]
    if is_timed(name):
        raise InputError(not_kept(name))
    known = list(outcomes_of(results))
    short = ", ".join(one for one in known if "." not in one)
    raise InputError(Problem(f'there is no outcome "{name}"', allowed=short, nearest=nearest(name, known)))


def outcomes_of(results: xr.Dataset, dim: str = "draw") -> dict[str, Column]:
    """Every outcome of some results by its name; any table of points (a sweep's) works the same way.

    Args:
        dim: the dimension that counts the points
    Example:
        >>> found = outcomes_of(xr.Dataset({"held": (("draw",), np.array([3, 5]))}))
        >>> found["held"].values.tolist()
        [3.0, 5.0]
    """
    found = dict(_stored(results, dim, (str(name) for name in results.variables)))
    if dim == "draw":
        for named in NAMED:
            found |= dict(_named(results, named, _members(results, named)))
    return found


def needed(name: str) -> tuple[str, ...]:
    """Columns that have to be kept so that an outcome can be resolved.

    Example:
        >>> needed("terms.price"), needed("utility.russia"), needed("russia.patience")
        (('deal',), ('utility',), ('number',))
    """
    head = name.partition(".")[0]
    for named in NAMED:
        if named.name == (head if named.along else name):
            return named.needs
    return (head,) if is_column(head) else ("number",)


def _one(results: xr.Dataset, name: str) -> Iterator[tuple[str, Column]]:
    head, _, member = name.partition(".")
    for named in NAMED:
        if named.name == head and bool(named.along) == bool(member):
            yield from _named(results, named, [member] if member in _members(results, named) else [])
    for stored in (head, "number"):
        if stored in results.variables:
            yield from _stored(results, "draw", [stored])


def _values(results: xr.Dataset, name: Hashable) -> np.ndarray:
    """The values of a variable; a look at it by its name would gather all its coordinates first."""
    return np.asarray(results.variables[name].values)


def _members(results: xr.Dataset, named: NamedOutcome) -> list[str]:
    if not named.along:
        return [""]
    return [str(member) for member in _values(results, named.along)] if named.along in results.coords else []


def _named(results: xr.Dataset, named: NamedOutcome, members: Iterable[str]) -> Iterator[tuple[str, Column]]:
    if all(need in results for need in named.needs):
        for member in members:
            yield f"{named.name}.{member}" if member else named.name, named.read(results, member)


def _stored(results: xr.Dataset, dim: str, names: Iterable[str]) -> Iterator[tuple[str, Column]]:
    """Variables with one value for each point, and entries of those with one for each point and name."""
    for name in names:
        variable = results.variables[name]
        if dim not in variable.dims or name == dim or variable.dtype.kind not in "biuf":
            continue
        values = np.asarray(variable.values, float)
        others = [other for other in variable.dims if other != dim]
        if not others:
            yield name, _coded(results, name, np.where(values < 0, np.nan, values) if name == _SINCE else values)
        elif len(others) == 1 and others[0] in results.coords:
            along = np.moveaxis(values, variable.dims.index(dim), 0)
            for n, label in enumerate(_values(results, others[0])):
                yield str(label) if name == "number" else f"{name}.{label}", Column(along[:, n])


def _coded(results: xr.Dataset, name: str, values: np.ndarray) -> Column:
    """A variable with names for its codes, or for the actors whose places it holds."""
    if "flag_meanings" in results.variables[name].attrs:
        return Column(values, meanings(results, name))
    if name in _BY_ACTOR and "actor" in results.coords:
        return Column(values + 1, (NONE, *(str(actor) for actor in _values(results, "actor"))))
    return Column(values)


#: Columns whose values are places among the actors, -1 for nobody.
_BY_ACTOR: Final = frozenset(column.name for column in COLUMNS if column.index == "actor")


def _level(results: xr.Dataset, deals: str, issue: str) -> Column:
    """Number of a numeric issue in its unit, else the name of the level; nan without a deal."""
    row = _values(results, "issue").tolist().index(issue)
    deal, numbers = _values(results, deals), _values(results, "level_value")[row]
    if np.isfinite(numbers).all():
        return Column(np.where(deal < 0, np.nan, numbers[deal]))
    levels = _values(results, "deal_level")[row].astype(str)
    kinds, first, code = np.unique(levels, return_index=True, return_inverse=True)
    if "level_place" in results:  # some deals do not come in the order of the levels
        first = _values(results, "level_place")[row][first]
    order = np.argsort(first)
    place = np.argsort(order)[code]
    names = tuple(str(kinds[n]) for n in order)
    return Column(np.where(deal < 0, np.nan, place[deal]), names, absent=absent_levels(results, issue))


def _signers(results: xr.Dataset, _member: str) -> Column:
    """Who signed, as one name for each coalition that did."""
    signed = _values(results, "signed_by").astype(bool)
    actors = np.array([str(actor) for actor in _values(results, "actor")])
    kinds, code = np.unique(signed, axis=0, return_inverse=True)
    names = tuple(" + ".join(actors[kind]) or NONE for kind in kinds)
    return Column(np.ravel(code).astype(float), names, tuple(actors.tolist()))


def _came(results: xr.Dataset, event: str) -> Column:
    """Whether an event came before the first signature, or without one."""
    at, round_ = results["event_round"].sel(event=event).values, _values(results, "round")
    return Column(((at >= 0) & ((_values(results, "deal") < 0) | (round_ >= at))).astype(float))


def _left_out(results: xr.Dataset, _member: str) -> Column:
    """Who of those who sign did not, as one name for each group; nan where nothing was signed."""
    actors = np.array([str(actor) for actor in _values(results, "actor")])
    out = ~_values(results, "signed_by").astype(bool) & np.isin(actors, list(results.attrs["signers"]))
    signed = _values(results, "deal") >= 0
    kinds, code = np.unique(out[signed], axis=0, return_inverse=True)
    values = np.full(len(signed), np.nan)
    values[signed] = np.ravel(code)
    return Column(values, tuple(" + ".join(actors[kind]) or NONE for kind in kinds), tuple(actors.tolist()))


def _waiting_share(results: xr.Dataset, actor: str) -> Column:
    """What waiting cost the actor, of what it cost all who signed; nan where nothing was signed or waiting was free."""
    signed = _values(results, "signed_by").astype(bool)
    costs = np.where(signed, _values(results, "cost_of_waiting"), 0.0).astype(float)
    return Column(_share_of(costs, results, actor, signed))


def _surplus_share(results: xr.Dataset, actor: str) -> Column:
    """What the actor gains over no deal by the deal it signed, of what all who signed gain together."""
    signed = _values(results, "signed_by").astype(bool)
    gains = np.where(signed, _values(results, "signed_gain"), 0.0).astype(float)
    return Column(_share_of(gains, results, actor, signed))


def _share_of(parts: Floats, results: xr.Dataset, actor: str, signed: Bools) -> Floats:
    """(N,) what an actor has of what is there in all, (N, A); nan where it did not sign or nothing is there."""
    total = parts.sum(axis=1)
    place = [str(name) for name in _values(results, "actor")].index(actor)
    known = signed[:, place] & (total > 0)
    return np.asarray(np.divide(parts[:, place], total, out=np.full(len(total), np.nan), where=known))


#: Outcomes that follow from columns, by the names that people use.
NAMED: Final[tuple[NamedOutcome, ...]] = (
    NamedOutcome(
        "terms", "level of the issue in the first deal signed, a number in the issue's unit where it is numeric",
        ("deal",), lambda results, issue: _level(results, "deal", issue), "issue",
    ),
    NamedOutcome(
        "terms_in_force", "level of the issue in the deal in force at the horizon",
        ("final_deal",), lambda results, issue: _level(results, "final_deal", issue), "issue",
    ),
    NamedOutcome(
        "signed", "whether a deal was signed",
        ("deal",), lambda results, _: Column((_values(results, "deal") >= 0) * 1.0),
    ),
    NamedOutcome(
        "event", "whether the event came while nothing was signed", ("event_round", "deal", "round"), _came, "event"
    ),
    NamedOutcome("signers", "who signed the first deal", ("signed_by",), _signers),
    NamedOutcome(
        "left_out", "who of those who sign did not sign the first deal; nan without one",
        ("signed_by", "deal"), _left_out,
    ),
    NamedOutcome(
        "waiting_share", "what waiting for the signature cost the actor, of what it cost all who signed",
        ("cost_of_waiting", "signed_by"), _waiting_share, "actor",
    ),
    NamedOutcome(
        "payoff", "realised value, normalised per round", ("utility",),
        lambda results, actor: Column(results["utility"].sel(actor=actor).values.astype(float)), "actor",
    ),
    NamedOutcome(
        "surplus_share", "share of the gains over no deal of all who signed; nan for who did not sign",
        ("signed_gain", "signed_by"), _surplus_share, "actor",
    ),
    NamedOutcome(
        "efficiency", "1 less the payoff that every signer could gain at once over the first deal signed",
        ("distance_to_frontier",),
        lambda results, _: Column(1 - _values(results, "distance_to_frontier").astype(float)),
    ),
    NamedOutcome(
        "state", "how things stand at the horizon; `state@1y` after a year", ("final_state",),
        lambda results, _: _coded(results, "final_state", _values(results, "final_state").astype(float)),
    ),
)  # fmt: skip
