"""Numbers that rest on rates: their posterior, and ranges written by hand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.evidence import SCALES, Article, Place, Rate, RatePosterior, Scale, rate_posterior, unknown_claim, validate
from sim.foundations import Problem
from sim.scenario.draws import inverse
from sim.scenario.interval import interval_at
from sim.scenario.levers_at import lever_numbers
from sim.scenario.scenario import Number, Scenario

#: A range and a posterior disagree by much if either leaves out more than this share of the other.
MOST_OUTSIDE: Final = 0.5
_QUANTILES: Final = 999


@dataclass(frozen=True)
class RateComparison:
    """A range written by hand, and what the rates that its number names say of it.

    path:      the number
    rates:     names of the rates
    posterior: what follows from their counts on the number's scale; ``None`` of rates without counts
    inside:    share of that posterior within the range, 0..1
    covered:   share of the number's own draws within the 95 % interval of the posterior, 0..1
    words:     what does not fit, as a clause; empty where nothing disagrees by much
    """

    path: str
    rates: tuple[str, ...]
    posterior: RatePosterior | None
    inside: float
    covered: float
    words: str


def rate_problems(scenario: Scenario, article: Article | None, *, unread: bool = False) -> Iterator[Problem]:
    """Rates that do not exist, numbers that no rate can give, and posteriors of levers' numbers.

    unread: the evidence file is not sound, so that no more is known about its rates than, at best, their names
    """
    for number in lever_numbers(scenario):
        if number.quantity.unread:
            yield Problem("what a lever does follows from no rate; give a value and a range", (*number.place, "rates"))
    for number in [*scenario.numbers.values(), *lever_numbers(scenario)]:
        if article is not None and not unread and _bare(scenario, number, article):
            yield Problem(
                f"{number.path} rests on nothing but rates without counts, which give a sign and no magnitude",
                (*number.place, "rates"),
                'claims = ["…"], or assumed = "why"',
            )
        for index, name in enumerate(number.quantity.rates):
            place: Place = (*number.place, "rates", index)
            if number.issue is not None:
                yield Problem(f'rate "{name}" gives a plain number, not a place on an issue', place)
            elif article is None and not unread:
                message = f'rate "{name}" is named, but the scenario names no evidence file'
                yield Problem(message, place, 'evidence = "…"')
            elif article is not None and name not in article.rates:
                yield unknown_claim(name, article.rates, place, "rate")


def informed(scenario: Scenario, article: Article) -> tuple[Scenario, list[Problem]]:
    """Give every number that names rates with counts their posterior, and those left to rates a value and a range.

    Returns:
        the scenario, and what is wrong with numbers that cannot have one; these are left as they are
    """
    named = [one for one in scenario.numbers.values() if one.quantity.rates and one.issue is None and not one.options]
    waiting = [one for one in named if one.quantity.posterior is None and not one.quantity.mirrors]
    if not waiting:
        return scenario, []
    problems: list[Problem] = []
    raw = scenario.model_dump()
    for number in waiting:
        rates = [article.rates[name] for name in number.quantity.rates if name in article.rates]
        if len(rates) < len(number.quantity.rates):
            continue  # said where rates are looked up
        if not number.quantity.unread and not any(rate.counted for rate in rates):
            continue  # no more than a sign
        try:
            posterior = _posterior(number, rates)
        except ValueError as error:
            quoted = " and ".join(f'"{name}"' for name in number.quantity.rates)
            problems.append(Problem(f"{quoted}: {error}", (*number.place, "rates")))
            continue
        table = _at(raw, number.place)
        table["posterior"] = posterior.model_dump()
        if not number.quantity.unread:
            continue
        low, high = posterior.interval()
        low, high = (found if end is None else end for found, end in zip((low, high), _ends(number), strict=True))
        low, high = float(f"{low:.4g}"), float(f"{high:.4g}")
        central = float(np.clip(float(f"{posterior.central:.4g}"), low, high))
        table |= {"value": central, "low": low, "high": high}
    found, wrong = validate(Scenario, raw)
    problems += [replace(problem, path=_at_rates(problem.path, waiting)) for problem in wrong]
    return (scenario if found is None else found), problems


def rate_comparisons(scenario: Scenario, article: Article) -> tuple[RateComparison, ...]:
    """Compare ranges that are written by hand with the rates that their numbers name."""
    found = []
    for path, number in scenario.numbers.items():
        quantity = number.quantity
        if not quantity.rates or quantity.distribution == "posterior" or number.issue is not None or quantity.mirrors:
            continue
        if number.options:
            continue  # weights, of which no posterior says anything
        low, high = (quantity.value if end is None else end for end in (quantity.low, quantity.high))
        ends = float(low), float(high)
        signs = [article.rates[name].sign for name in quantity.rates if name in article.rates]
        words = [_sign_words(sign, *ends) for sign in signs if sign is not None]
        inside = covered = 1.0
        posterior = quantity.posterior
        if posterior is not None:
            bottom, top = posterior.interval()
            inside = float(np.diff(posterior.below(np.array(ends)))[0])
            drawn = inverse(scenario, number, (np.arange(_QUANTILES) + 0.5) / _QUANTILES)
            covered = float(((drawn >= bottom) & (drawn <= top)).mean())
            record = f"the record says {bottom:.3g} to {top:.3g} (95 %)"
            if inside < 1 - MOST_OUTSIDE:
                words.append(f"{record}, and the range leaves out most of what it allows")
            elif covered < 1 - MOST_OUTSIDE:
                words.append(f"{record}, and most of the range lies outside")
        said = "; ".join(filter(None, words))
        found.append(RateComparison(path, quantity.rates, posterior, inside, covered, said))
    return tuple(found)


def _bare(scenario: Scenario, number: Number, article: Article) -> bool:
    """Whether rates without counts are all that stands behind a number with a range by hand."""
    quantity = number.quantity
    reasons = quantity.claims or quantity.assumed.strip() or scenario.default_assumed
    if reasons or quantity.unread or quantity.mirrors or not quantity.rates:
        return False
    return all(name in article.rates and article.rates[name].counted is None for name in quantity.rates)


def _posterior(number: Number, rates: list[Rate]) -> RatePosterior:
    quantity = number.quantity
    rates = [rate for rate in rates if rate.counted is not None] or rates  # the others say something of the sign only
    counted = next((rate.counted for rate in rates if rate.counted is not None), None)
    allowed = interval_at(Scenario, number.place)
    usual: Scale = SCALES["time" if counted is None else counted][0]
    if usual == "rate" and allowed is not None and allowed.high <= 1:
        usual = "chance"
    return rate_posterior(rates, quantity.scale or usual, pool=quantity.pool, discount=quantity.discount)


def _ends(number: Number) -> tuple[float | None, float | None]:
    low, high = number.quantity.low, number.quantity.high
    return (None if low is None else float(low)), (None if high is None else float(high))


def _sign_words(sign: str, low: float, high: float) -> str:
    if sign == "open":
        return "" if low <= 0 <= high else "sources disagree about the sign, and the range leaves 0 out"
    wrong = low < 0 if sign == "positive" else high > 0
    return f"the class speaks for a {sign} sign or none, and the range goes beyond 0" if wrong else ""


def _at(raw: dict[str, object], place: Place) -> dict[str, object]:
    table: object = raw
    for key in place:
        table = table[key]  # type: ignore[index]
    if not isinstance(table, dict):
        raise TypeError(f"no number at {place}")
    return table


def _at_rates(path: Place, waiting: list[Number]) -> Place:
    """The rates of the number that a problem is about, since its value stands nowhere in the file."""
    return next(((*one.place, "rates") for one in waiting if path[: len(one.place)] == one.place), path)
