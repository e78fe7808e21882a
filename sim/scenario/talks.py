"""How the talks run: who signs, who speaks, how long, under which rules and conventions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.foundations.duration import moment, years
from sim.scenario.drawn_option import Drawable, DrawnOption, options_of
from sim.scenario.interval import MOST, OWN_VALUE, within
from sim.scenario.quantity import Quantity

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Signing(_Strict):
    """Who must sign: all parties, k of them, a weighted or double majority; veto holders besides."""

    rule: Literal["all", "k-of-n", "weighted", "double-majority", "no-objection"] = Field(
        "all",
        description="all signers, k of them, signers with quota votes together, k signers with quota votes together "
        "(double-majority), or no-objection: a deal stands unless some object (consensus)",
    )
    objections: int | None = Field(
        None, ge=1, description="how many objections stop a deal (no-objection); one if left out"
    )
    objecting_costs: Annotated[Quantity, within(0, 10, unit=OWN_VALUE)] | None = Field(
        None, description="own value that being one who objects costs (no-objection): a worse deal than none may stand"
    )
    k: int | None = Field(None, ge=1, description="how many of the signers (k-of-n, double-majority)")
    weights: dict[str, float] = Field(
        default_factory=dict,
        description="votes of each signer, such as populations (weighted, double-majority)",
    )
    quota: float | None = Field(None, gt=0, description="votes needed (weighted, double-majority)")
    blocking: int | None = Field(
        None,
        ge=1,
        description="fewest who can block by their votes alone; against fewer the quota counts as reached "
        "(double-majority)",
    )
    signers: tuple[str, ...] | None = Field(None, description="who signs; the parties if left out")
    veto: tuple[str, ...] = Field((), description="actors whose refusal alone stops a deal")
    apart: tuple[tuple[str, str], ...] = Field(
        (), description="pairs of actors who will not sit in a coalition together; those who sign are one coalition"
    )
    groups: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="group -> members: a group counts as one signer, and says yes once more than half of its members "
        "do (by their votes, where they have any)",
    )
    claims: tuple[str, ...] = Field((), description="claims that the rule rests on")

    @property
    def counts_votes(self) -> bool:
        """Whether those who sign have votes of different weight."""
        return self.rule in ("weighted", "double-majority")

    @property
    def everybody(self) -> bool:
        """Whether a deal needs every signer: all must agree, or nobody may object."""
        return self.rule == "all" or (self.rule == "no-objection" and (self.objections or 1) == 1)


class Tactic(_Strict):
    """One aspiration of a mixture, with its weight."""

    aspiration: str = Field(description="how the demand falls")
    weight: Annotated[Quantity, within(0, MOST)] = Field(description="share of this aspiration in the mixture")
    settings: dict[str, Quantity] = Field(default_factory=dict, description="numbers of this aspiration")


class Strategy(_Strict):
    """How one actor bargains: what he asks for, what he offers, what he takes (`sim models` lists them)."""

    aspiration: Annotated[str, Drawable()] = Field("time-dependent", description="how the demand falls")
    offering: Annotated[str, Drawable()] = Field(
        "nearest-to-aspiration", description="which deal that good is proposed"
    )
    acceptance: Annotated[str, Drawable()] = Field("ac-next", description="when a standing offer is taken")
    settings: dict[str, Quantity] = Field(
        default_factory=dict, description="numbers of the strategy, e.g. exponent (Faratin's beta)"
    )
    mixture: tuple[Tactic, ...] = Field((), description="aspirations mixed by weight, instead of one")


class Reopening(_Strict):
    """Talks that open again: after a deal has broken, and after they failed once something has changed.

    After a collapse the same deal is signed again, after talks that last so long; everybody reckons with it from the
    beginning (`sim.table.reopening`). Talks that failed would fail again, unless numbers have moved meanwhile: they
    are held anew in the world as it is by then, which nobody foresaw.

    Source: ceasefires are often signed again by the same sides (Fortna 2004, Peace Time, ch. 1); how it enters values:
        ours
    """

    chance: Annotated[Quantity, within(0, 1)] = Field(
        description="chance per year that talks reopen once a deal has broken; 1 = at once"
    )
    lasts: Annotated[Quantity, within(0, MOST)] | None = Field(
        None, description="years of talks until the same deal is signed again; as long as talks last if left out"
    )
    pressure: Literal["once", "each time"] = Field(
        "once", description="whether outside pressure is put on signers at the first signature only, or at each"
    )
    after_failure: Annotated[Quantity, within(0, 1)] | None = Field(
        None, description="chance per year that talks reopen after they failed, in a world that has changed (meanwhile)"
    )
    meanwhile: dict[str, Quantity] = Field(
        default_factory=dict,
        description="dotted path of a number -> what a year without a deal adds to it, for talks after a failure",
    )


class Battles(_Strict):
    """Battles that are fought while the talks go on, and teach the optimistic how strong they are.

    Each is won by one of the parties, with the chance that it would prevail. Whoever has an optimism begins with a
    belief that is worth so many battles, and takes each for one more: after n of them, k won by him, he believes in
    (s b + k) / (s + n) where he began with b. So beliefs that were too high together come together on every path; a
    deal ends the lesson. Nobody reckons with what battles will teach.

    Source: Wagner 2000, Am J Polit Sci 44:469-484; Slantchev 2003, Am Polit Sci Rev 97:621-632; the rule is that of a
        beta prior, ``sim.equilibria.convergence``
    """

    every: int | str = Field("6 months", description="time from one battle to the next: rounds, or a length")
    worth: Annotated[Quantity, within(0, MOST, open_low=True)] = Field(
        description="battles that what a party believes beforehand is worth: many, and it hardly learns"
    )

    @field_validator("every")
    @classmethod
    def _a_length(cls, found: int | str) -> int | str:
        day = moment(found, "the first battle is fought in round 1 at the earliest")
        if isinstance(day, dt.date):  # not a wrong type: a time that makes no sense here
            raise ValueError(f"{found} is a day; battles come every so many rounds, or every such length of time")  # noqa: TRY004
        return found


class Conventions(_Strict):
    """Choices that the literature leaves open; `sim run --conventions` replays the usual alternatives."""

    alternative: Annotated[Literal["war", "talks"], Drawable()] = Field(
        "war", description="what a refusal falls back on: fighting on, or the settlement in prospect"
    )
    after_collapse: Annotated[Literal["terminal", "recursive"] | None, Drawable()] = Field(
        None, description="after a collapse: fight on, or back to the table; follows `alternative` if left out"
    )
    red_line: Annotated[Literal["drawn", "any step", "whole claim"], Drawable()] = Field(
        "drawn", description="where red lines begin: as drawn, at the first step, or only at the far end"
    )
    damage: Annotated[Literal["years of war", "for ever"], Drawable()] = Field(
        "years of war",
        description="what collapse_damage counts: a loss paid once, in years of the actor's cost of war (of his whole "
        "stake where he has none), or own value lost in every round from then on",
    )
    time_scale: Annotated[Literal["rounds", "negmas"], Drawable()] = Field(
        "rounds", description="relative time of round s of n: s/(n-1), or (s+1)/(n+1)"
    )
    protocols: tuple[str, ...] = Field(
        ("alternating-offers", "single-text", "strategic-alternating-offers", "zeuthen"),
        description="protocols that `sim run --conventions` plays the talks under",
    )
    solutions: tuple[str, ...] = Field(
        ("egalitarian", "kalai-smorodinsky", "nash", "utilitarian"),
        description="cooperative solutions that every run works out beside the talks",
    )

    @field_validator("protocols", "solutions")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if twice is not None:
            raise ValueError(f'"{twice}" stands there twice')
        return names

    @property
    def recursive(self) -> bool:
        """Whether a collapse returns the parties to the table."""
        if self.after_collapse is None:
            return self.alternative == "talks"
        return self.after_collapse == "recursive"


class Talks(_Strict):
    """The talks and the war around them, in rounds."""

    round: str = Field("1 month", description='length of a round, e.g. "1 month"')
    start: dt.date | None = Field(None, description="the day on which the talks begin, where others are given as dates")
    rounds: Annotated[int | str | dt.date, Drawable()] = Field(
        24, description='rounds of talks: a number, a length such as "2 years", or their last day'
    )
    deadlines: dict[str, int | str | dt.date] = Field(
        default_factory=dict,
        description="actor -> when he leaves the table, where that is before the talks end: a round, a length, a day",
    )
    horizon: int | str | dt.date = Field(
        120, description='end of the story: rounds, a length such as "10 years", or its last day'
    )
    sign: Signing = Field(default_factory=Signing)
    order: tuple[str, ...] | None = Field(
        None, description="who makes offers, first to speak first; by default the parties as they stand in the file"
    )
    protocol: Annotated[str, Drawable()] = Field(
        "alternating-offers", description="rules of the talks (`sim models` lists them)"
    )
    settings: dict[str, float | int | str | bool] = Field(default_factory=dict, description="settings of the protocol")
    strategies: dict[str, Strategy] = Field(default_factory=dict, description="how each actor bargains")
    decisive_chance: Annotated[Quantity, within(0, 1, open_high=True)] | None = Field(
        None, description="chance per year of fighting that arms decide the war"
    )
    rearmament_speed: Annotated[Quantity, within(0, 1, open_low=True)] | None = Field(
        None, description="share of the power shift that a pause of one year brings; 1 = at once"
    )

    reopening: Reopening | None = Field(
        None, description="talks that open again after a deal has broken, or after they failed"
    )
    battles: Battles | None = Field(
        None, description="battles fought while the talks go on, which teach those who have an optimism"
    )

    @field_validator("round")
    @classmethod
    def _round_is_a_duration(cls, text: str) -> str:
        years(text)
        return text

    @field_validator("deadlines")
    @classmethod
    def _all_positive(cls, found: dict[str, int | str | dt.date]) -> dict[str, int | str | dt.date]:
        return {name: cls._positive(one) for name, one in found.items()}

    @field_validator("rounds", "horizon")
    @classmethod
    def _positive(cls, found: int | str | dt.date) -> int | str | dt.date:
        if isinstance(found, DrawnOption):
            for option in found.options:
                if _DAY.fullmatch(option):
                    raise ValueError(f"{option} is a day; how long talks last is drawn in rounds, or as lengths")
                cls._positive(option)
            return found
        if isinstance(found, str) and _DAY.fullmatch(found):
            return dt.date.fromisoformat(found)
        if isinstance(found, dt.date):
            return found
        if isinstance(found, str) and not found.isdecimal():
            years(found)
        elif isinstance(found, bool) or int(found) < 1:
            raise ValueError("at least one round is needed")
        return found

    @model_validator(mode="after")
    def _after_the_start(self) -> Talks:
        own = [(f"the deadline of {name}", day) for name, day in self.deadlines.items()]
        for name, day in (("rounds", self.rounds), ("horizon", self.horizon), *own):
            if isinstance(day, dt.date) and self.start is None:
                raise ValueError(f"{name} is a date, so start is needed: the day on which the talks begin")
            if isinstance(day, dt.date) and self.start is not None and day <= self.start:
                raise ValueError(f"{name} ends on {day}, before the talks begin on {self.start}")
        return self

    @property
    def round_years(self) -> float:
        """Length of a round in years."""
        return years(self.round)

    @property
    def talk_rounds(self) -> int:
        """Number of rounds of talks."""
        return self.count(self.rounds)

    def rounds_of(self, actor: str) -> int:
        """How many rounds an actor stays at the table."""
        return min(self.count(self.deadlines[actor]), self.talk_rounds) if actor in self.deadlines else self.talk_rounds

    @property
    def horizon_rounds(self) -> int:
        """Number of rounds until the end of the story, at least as many as talks may have in any world."""
        return max(self.count(self.horizon), self.longest_rounds)

    @property
    def longest_rounds(self) -> int:
        """Number of rounds of the longest talks, where their length is drawn."""
        return max(map(self.count, options_of(self.rounds))) if isinstance(self.rounds, str) else self.talk_rounds

    def rounds_until(self, found: int | str | dt.date | None) -> int:
        """How many rounds are over by a round, a time or a day; 0 on the first day, before it, and for nothing."""
        if found is None or (isinstance(found, dt.date) and self.start is not None and found <= self.start):
            return 0
        return self.count(found)

    @property
    def battle_rounds(self) -> int:
        """Rounds from one battle to the next; 0 where none teaches anything."""
        return 0 if self.battles is None else self.count(self.battles.every)

    def count(self, found: int | str | dt.date) -> int:
        """How many rounds a number, a length or a last day stands for, at least one.

        Example:
            >>> talks = Talks(round="1 week", start="2026-01-01", rounds="2026-04-02")
            >>> talks.talk_rounds, talks.count("3 weeks")
            (13, 3)
        """
        if isinstance(found, dt.date):
            days = (found - (self.start or found)).days
            return max(1, round(days / 365.25 / self.round_years))
        if isinstance(found, int) or found.isdecimal():
            return int(found)
        return max(1, round(years(found) / self.round_years))
