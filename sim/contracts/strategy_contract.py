"""What every aspiration (a strategy, as scenarios call it) keeps."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

import numpy as np

from sim.contracts.random_tables import random_tables
from sim.foundations import Dice, InputError, settings_of
from sim.strategies import AbstractAspiration, Hearing
from sim.table import BargainingTable

_NUMBER_BELOW: Final = re.compile(r"\b0\.\.1\b|\babove 0\b|\b\d or more\b")


def late_hearing(table: BargainingTable, draws: np.ndarray | None = None) -> Hearing:
    """What the first actor knows in the middle of talks: two turns of his own, and offers of everybody else."""
    hearing = Hearing.begin(table, 0, Dice("contract", np.arange(table.draws) if draws is None else draws))
    others = np.arange(len(table.actors)) != 0
    first, last = table.payoff[:, 0, 0], table.payoff[:, 0, -1]
    return dataclasses.replace(
        hearing,
        heard=tuple(np.where(others, value[:, None], np.nan) for value in (first, last, last)),
        moments=(0.4, 0.5, 0.6),
        asked=(hearing.best, hearing.best),
        standing=last,
        time=0.6,
        round=3,
        turn=1,
        sent=np.minimum(2, hearing.ranking.count),
        received=np.ones(table.draws, np.int64),
    )


def a_demand_is_a_share(kind: type[AbstractAspiration]) -> None:
    """He asks for a share between 0 and 1 of the way from his floor to his best deal, in every draw."""
    for table in random_tables(25):
        demand = kind().demand(late_hearing(table))
        assert demand.shape == (table.draws,), f"shape {demand.shape} for {table.draws} draws"
        assert ((demand >= 0) & (demand <= 1)).all()


def a_demand_is_each_draws_own(kind: type[AbstractAspiration]) -> None:
    """What he asks for in one draw does not depend on the others in its block."""
    for table in random_tables(15):
        demand = kind().demand(late_hearing(table))
        for draw in range(table.draws):
            alone = np.array([draw])
            assert kind().demand(late_hearing(table.select(alone), alone))[0] == demand[draw]


def settings_stand_in_the_docstring(kind: type[AbstractAspiration]) -> None:
    """Settings are fields of a dataclass, and the docstring says what each means, and where the idea is from."""
    text = kind.__doc__ or ""
    assert "Source:" in text
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        assert f"{field.name}:" in text, field.name


def numbers_below_their_range_are_refused(kind: type[AbstractAspiration]) -> None:
    """A setting that is told to lie in 0..1, above 0, or to be so much or more, takes no negative number."""
    for name in settings_of(kind):
        told = re.search(rf"^ *{name}: (.*)$", kind.__doc__ or "", re.MULTILINE)
        if told and _NUMBER_BELOW.search(told[1]):
            try:
                kind(**{name: -1.0})
            except InputError as error:
                assert name in str(error), f"the error does not name {name}"  # noqa: PT017 - no test
            else:
                raise AssertionError(f"{name} = -1 is taken")


#: In the order in which they are tried.
STRATEGY_CONTRACTS: Final = (
    a_demand_is_a_share,
    a_demand_is_each_draws_own,
    settings_stand_in_the_docstring,
    numbers_below_their_range_are_refused,
)
