"""Outcome columns: each is declared once, here or in a family; results, tables, documents and conditions follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from sim.ensemble.count_columns import COUNT_COLUMNS
from sim.ensemble.forecasts_beside import forecasts_beside
from sim.ensemble.gain_columns import GAIN_COLUMNS
from sim.ensemble.outcome_column import OutcomeColumn, SweptMeasure
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.reason_columns import REASON_COLUMNS
from sim.ensemble.theory_columns import THEORY_COLUMNS
from sim.ensemble.timed_columns import held_for, in_force_by, state_after
from sim.ensemble.timed_names import HELD_FOR, IN_FORCE_BY, STATE_AT, is_timed
from sim.foundations import UnknownNameError
from sim.scenario.kinds import declared_codes, ending_codes, state_codes
from sim.table import BLOCKS, STALEMATES

#: Dimensions and values of one column.
Labelled = tuple[tuple[str, ...], np.ndarray]
#: Columns by name.
Arrays = dict[str, Labelled]

_DRAW: Final = ("draw",)
_BY_ACTOR: Final = ("draw", "actor")


def _of_cheaters(played: PlayedBlock, values: np.ndarray) -> np.ndarray:
    """Those (B, C) who may cheat, of all actors (B, A)."""
    return np.asarray(values[:, [list(played.scenario.actors).index(name) for name in played.scenario.cheating]])


#: Every column of a run, in the order of tables.
COLUMNS: Final[tuple[OutcomeColumn, ...]] = (
    OutcomeColumn(
        "declared",
        "kind of the first signed deal",
        lambda p: p.outcome.declared,
        codes=declared_codes,
        light=True,
        swept=SweptMeasure("declared", "share of draws by kind of the first signed deal"),
    ),
    OutcomeColumn(
        "held",
        "rounds that the first signed deal was in force",
        lambda p: p.outcome.held,
        light=True,
        swept=SweptMeasure(
            "held", "rounds that the first signed deal was in force, 0 where none was signed: mean", mean=True
        ),
    ),
    OutcomeColumn(
        "ending",
        "state at the horizon",
        lambda p: p.outcome.ending,
        codes=ending_codes,
        light=True,
        swept=SweptMeasure("ending", "share of draws with each state at the horizon"),
    ),
    OutcomeColumn(
        "decided_by_arms",
        "whether arms decided before the horizon",
        lambda p: p.outcome.decided_by_arms,
        light=True,
        swept=SweptMeasure("decided_by_arms", "share of draws in which arms decide before the horizon"),
    ),
    OutcomeColumn(
        "round", "round in which the first deal was agreed, -1 if none", lambda p: p.outcome.round, light=True
    ),
    OutcomeColumn(
        "deal",
        "first deal, index along deal_index, -1 if none",
        lambda p: p.outcome.deal,
        index="deal_index",
        light=True,
    ),
    OutcomeColumn(
        "final_deal",
        "deal in force at the horizon, index along deal_index, -1 if none",
        lambda p: p.outcome.final_deal,
        index="deal_index",
        light=True,
    ),
    OutcomeColumn(
        "by",
        "actor whose offer was accepted first, index along actor, -1 if none",
        lambda p: p.outcome.by,
        index="actor",
        light=True,
    ),
    OutcomeColumn(
        "signed_by",
        "whether the actor said yes to the first deal; nobody where none was signed",
        lambda p: p.outcome.signed_by,
        _BY_ACTOR,
        light=True,
        swept=SweptMeasure("signed_by", "share of draws in which the actor signs the first deal", single=False),
    ),
    OutcomeColumn(
        "time",
        "years from the beginning until the first deal was agreed, nan without one",
        lambda p: p.years_to_deal,
        swept=SweptMeasure(
            "time", "years until the first deal was agreed, among draws with one: mean", mean=True, single=False
        ),
    ),
    OutcomeColumn("collapses", "how many deals broke down", lambda p: p.outcome.collapses, light=True),
    OutcomeColumn(
        "fragile",
        "whether the first signed deal was a fragile one, 0 where none was signed or deals are all of one sort",
        lambda p: p.outcome.fragile,
        light=True,
    ),
    OutcomeColumn(
        "reopened",
        "how often talks that had failed opened again, in a world that had changed, before anything was signed",
        lambda p: p.outcome.reopened,
        light=True,
        swept=SweptMeasure("reopened", "times that failed talks opened again: mean", mean=True, single=False),
    ),
    OutcomeColumn(
        "changed",
        "how often the world changed while nothing was signed: failed talks opened again, or events came",
        lambda p: p.outcome.changed,
        light=True,
    ),
    OutcomeColumn(
        "event_round",
        "round before which the event came, -1 where it did not before the end of the story",
        lambda p: p.outcome.event,
        ("draw", "event"),
        light=True,
    ),
    OutcomeColumn(
        "cheats",
        "whether the actor breaks the first signed deal in secret; 0 where none was signed",
        lambda p: _of_cheaters(p, p.outcome.cheats),
        ("draw", "cheater"),
        light=True,
    ),
    OutcomeColumn(
        "found_out",
        "whether the actor was found out to break a deal in secret, before the end of the story",
        lambda p: _of_cheaters(p, p.outcome.found_out),
        ("draw", "cheater"),
        light=True,
    ),
    OutcomeColumn(
        "converted",
        "whether follow-on talks turned a deal into a settlement",
        lambda p: p.outcome.converted,
        light=True,
        swept=SweptMeasure(
            "converted", "share of draws in which follow-on talks turned a deal into a settlement", single=False
        ),
    ),
    OutcomeColumn(
        "utility",
        "realised value, normalised per round",
        lambda p: p.outcome.utility,
        _BY_ACTOR,
        light=True,
        swept=SweptMeasure("utility", "realised value, normalised per round: mean", mean=True),
    ),
    OutcomeColumn(
        "holds",
        "whether the observation holds in the draw",
        lambda p: p.observed.holds,
        ("draw", "observation"),
        light=True,
    ),
    OutcomeColumn(
        "kept",
        "whether the draw survives the observation (it holds, or its speaker bluffs)",
        lambda p: p.observed.kept,
        ("draw", "observation"),
        light=True,
    ),
    OutcomeColumn(
        "fails_in_play",
        "whether what was observed does not hold in the talks as they are played",
        lambda p: p.fails_in_play,
        ("draw", "observation"),
    ),
    OutcomeColumn("consistent", "whether the draw survives every observation", lambda p: p.consistent, light=True),
    OutcomeColumn(
        "prevailed",
        "who prevailed where arms decided, index along actor, -1 otherwise",
        lambda p: p.outcome.prevailed,
        index="actor",
    ),
    OutcomeColumn(
        "exists",
        "whether an acceptable deal of the kind exists",
        lambda p: p.classes.exists,
        ("draw", "kind"),
        swept=SweptMeasure("deal_exists", "share of draws with an acceptable deal of the kind", single=False),
    ),
    OutcomeColumn(
        "any_deal",
        "whether any deal is acceptable",
        lambda p: p.classes.any,
        swept=SweptMeasure("any_deal", "share of draws in which any deal is acceptable"),
    ),
    OutcomeColumn(
        "talks_failed_at_table",
        "whether the first talks end without agreement though all could accept some deal, and nothing is signed later",
        lambda p: p.talks_failed_at_table,
        swept=SweptMeasure(
            "talks_failed_at_table",
            "share of draws in which the talks end without agreement though all could accept some deal",
        ),
    ),
    OutcomeColumn(
        "overtaken",
        "whether the first talks agree on a deal and something from outside, such as arms, decides before it is signed",
        lambda p: p.overtaken,
        swept=SweptMeasure(
            "overtaken",
            "share of draws in which arms, or whatever else comes from outside, decide before the signature",
        ),
    ),
    OutcomeColumn(
        "efficient",
        "1 where no deal that could be signed is better than the first one signed for one who signs and no worse for "
        "another, 0 where there is one, nan where none was signed",
        lambda p: p.efficient.astype(np.float32),
        swept=SweptMeasure(
            "efficient", "share of the first signed deals that are Pareto efficient", mean=True, single=False
        ),
    ),
    OutcomeColumn(
        "stalemate",
        "kind of stalemate where no deal is acceptable",
        lambda p: p.classes.stalemate,
        codes=lambda _: STALEMATES,
    ),
    OutcomeColumn(
        "block",
        "what stops every deal where none is acceptable",
        lambda p: p.classes.block,
        codes=lambda _: BLOCKS,
    ),
    OutcomeColumn(
        "conflict",
        "acceptable truce and settlement exist but signers rank them differently",
        lambda p: p.classes.conflict,
    ),
    OutcomeColumn("acceptable_deals", "number of acceptable deals", lambda p: p.classes.deals),
    OutcomeColumn("war", "W, value of fighting to the finish", lambda p: p.worlds.no_deal.value, _BY_ACTOR),
    OutcomeColumn("alternative", "O, what a refusal falls back on", lambda p: p.worlds.alternative, _BY_ACTOR),
    OutcomeColumn(
        "reference",
        "reference settlement, index along deal_index, -1 if none",
        lambda p: p.worlds.reference,
        index="deal_index",
    ),
    OutcomeColumn("number", "drawn value; places on an issue run from 0 to 1", lambda p: p.numbers, ("draw", "path")),
    *REASON_COLUMNS,
    OutcomeColumn(
        "term_value",
        "where the first signed deal stands on each issue: a number in the unit of a numeric issue, a place from 0 to "
        "1 of an ordered one; nan for options without an order, and without a deal",
        lambda p: p.term_values.astype(np.float32),
        ("draw", "issue"),
        swept=SweptMeasure(
            "terms", "where first signed deals stand on the issue, among draws with one: mean", mean=True
        ),
        kept=False,
    ),
    OutcomeColumn(
        "forecast",
        "what a model of collective choice expects on an issue, on the issue's own numbers; nan for nothing",
        lambda p: forecasts_beside(p.scenario, p.worlds.draws).decision,
        ("draw", "forecast_name"),
        swept=SweptMeasure(
            "forecast",
            "what a model of collective choice expects on an issue, on the issue's own numbers: mean",
            mean=True,
            single=False,
            asked=True,
        ),
        kept=False,
    ),
    OutcomeColumn(
        "in_force_from",
        "years from the beginning to the end of the first round in which a deal is in force, nan where none ever is",
        lambda p: p.years_to_force,
        states=True,
    ),
    OutcomeColumn(
        "final_state",
        "how things stand at the horizon",
        lambda p: p.outcome.state[:, -1],
        codes=state_codes,
        states=True,
    ),
    *GAIN_COLUMNS,
    *THEORY_COLUMNS,
    *COUNT_COLUMNS,
)

_BY_NAME: Final[Mapping[str, OutcomeColumn]] = {column.name: column for column in COLUMNS}
#: What is kept of variants that are only compared.
LIGHT: Final = tuple(column.name for column in COLUMNS if column.light)
#: What is looked at while a slider moves: besides, what the nearest deals are worth.
GLIMPSED: Final = (*LIGHT, "final_state", "number", "target_deal", "surplus_part", "surplus", "barred")
#: Everything.
FULL: Final = tuple(column.name for column in COLUMNS if column.kept)
#: What holds the first signed deal.
CERTIFIED: Final = ("held_by", "breach", "breach_gain", "breach_answers")
#: What sweeps keep, in the order of tables.
SWEPT: Final = tuple(column for column in COLUMNS if column.swept is not None)


def is_column(name: str) -> bool:
    """Whether a name is that of a column, or of one that asks for a time, such as `state@1y`."""
    return name in _BY_NAME or is_timed(name)


def column_named(name: str) -> OutcomeColumn:
    """The column of a name; `state@1y`, `state@18m`, `state@2w` or `state@90d` for how things stand after so long.

    `in_force_by@8m` is whether a deal has come into force by then, `held@91d` whether the first that did held so long.

    Raises:  UnknownNameError if there is none, with the nearest; InputError for a time that cannot be read
    Example:
        >>> column_named("state@1y").meaning
        'how things stand after 1y'
    """
    if name.startswith(STATE_AT):
        return state_after(name.removeprefix(STATE_AT))
    if name.startswith(IN_FORCE_BY):
        return in_force_by(name.removeprefix(IN_FORCE_BY))
    if name.startswith(HELD_FOR):
        return held_for(name.removeprefix(HELD_FOR))
    if name not in _BY_NAME:
        raise UnknownNameError("outcome column", name, tuple(_BY_NAME))
    return _BY_NAME[name]


def columns_named(names: Iterable[str]) -> tuple[OutcomeColumn, ...]:
    """The columns of some names, each once, in the order of tables.

    Example:
        >>> [column.name for column in columns_named(["ending", "declared", "ending"])]
        ['declared', 'ending']
    """
    wanted = {column_named(name).name: column_named(name) for name in names}
    return (*(column for column in COLUMNS if column.name in wanted),
            *(column for name, column in wanted.items() if name not in _BY_NAME))  # fmt: skip
