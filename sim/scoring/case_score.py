"""How good a case is at calling what dated forecasts ask: proper scores, or expected ones without an outcome."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.evidence import Article, Rate
from sim.evidence.rate_posterior import rate_posterior
from sim.foundations import Bools, InputError, Problem, nearest
from sim.foundations.plain_data import Real, plain_data
from sim.runs.survival import Survival
from sim.scoring.calibration import Calibration, PublicForecast, begun_before, calibration, held_beyond, holding_curve
from sim.scoring.dated_forecasts import DatedForecasts, DatedQuestion
from sim.scoring.forecast_bins import YEAR

_EFFECT: Final = "takes_effect"


@dataclass(frozen=True)
class ForecasterScore:
    """Somebody's answer to a question with yes and no.

    probability:    that he gives it
    brier:          of his answer; nan without an outcome
    expected_ours:  expected Brier score of the case if he is right
    expected_own:   expected Brier score of his own answer if he is right, the least there can be
    """

    probability: float
    brier: Real
    expected_ours: Real
    expected_own: Real


@dataclass(frozen=True)
class EventScore:
    """One question with yes and no, and how good the case is at it.

    question:       ``takes_effect`` or ``held_days``
    event:          in words
    asked:          day of the forecasts, round 0 of the case
    probability:    that the case gives it; nan where nothing can be said
    worlds:         worlds, or deals in force, that it is a share of
    outcome:        1, 0, or ``None`` where it is open
    brier, log:     scores of the case; nan without an outcome. The log is that of (count + 1/2) / (worlds + 1), so that
                    what no world shows is not called impossible
    expected_brier: mean over the forecasters of what it is expected to be if each is right; nan with an outcome
    base_rate:      probability from a named rate; nan where none is named
    base_rate_of:   name, counts and recipe of that rate
    forecasters:    who -> his answer
    """

    question: str
    event: str
    asked: str
    probability: Real
    worlds: int
    outcome: int | None
    brier: Real
    log: Real
    expected_brier: Real
    base_rate: Real
    base_rate_of: Mapping[str, str] | None
    forecasters: Mapping[str, ForecasterScore]


@dataclass(frozen=True)
class BinScore:
    """A question over its bins.

    bins:        names, in their order
    probability: share of each that the case gives
    brier:       sum over the bins of squared distances
    log:         minus the logarithm of the share of the bin that came true, as in ``EventScore``
    crps:        sum over the edges between bins of squared distances of cumulated shares (ranked probability score)
    expected:    forecaster -> the same scores of the case, expected if he is right; empty with an outcome
    forecasters: who -> share of each bin
    """

    question: str
    asked: str
    bins: tuple[str, ...]
    probability: tuple[Real, ...]
    outcome: str | None
    brier: Real
    log: Real
    crps: Real
    expected: Mapping[str, Mapping[str, Real]]
    forecasters: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class CaseScore:
    """Everything that is said of a case against a file.

    group:       worlds that are spoken of: ``consistent`` or ``all``
    questions:   with yes and no
    over_bins:   the same questions over their bins
    calibration: the panel of the answer
    """

    case: str
    overlay: str | None
    file: str
    source: str
    draws: int
    group: str
    questions: tuple[EventScore, ...]
    over_bins: tuple[BinScore, ...]
    calibration: Calibration

    @property
    def expected(self) -> bool:
        """Whether no outcome is known, so that all scores are expected ones."""
        return all(question.outcome is None for question in self.questions)

    def to_json(self) -> dict[str, Any]:
        """As plain data; a question has ``brier`` where its outcome is known, else ``expected_brier``."""
        found: dict[str, Any] = plain_data(self)
        for question in found["questions"]:
            open_ = question["outcome"] is None
            for name in ("brier", "log") if open_ else ("expected_brier",):
                question.pop(name)
        return found


def score(
    results: xr.Dataset,
    where: Bools,
    dated: DatedForecasts,
    *,
    case: str,
    overlay: str | None = None,
    group: str = "all",
    article: Article | None = None,
) -> CaseScore:
    """Judge the draws ``where`` (B,) of a run against a file of dated forecasts.

    Raises:  InputError where the file names a rate that the case does not have
    Source:  Brier 1950, Mon Weather Rev 78:1-3; Good 1952, J R Stat Soc B 14:107-114; Epstein 1969, J Appl Meteorol
             8:985-987 (ranked probability); expected scores: Gneiting & Raftery 2007, J Am Stat Assoc 102:359-378
    """
    rates = {} if article is None else article.rates
    questions: list[EventScore] = []
    over: list[BinScore] = []
    begun, curve = results["in_force_from"].values[where], holding_curve(results, where)
    rounds = float(results.attrs["round_years"])
    for asked in dated.questions:
        name = asked.base_rate or _answering(rates, asked.name)
        if name and name not in rates:
            told = ", ".join(rates) or "none"
            raise InputError(Problem(f'the case has no rate "{name}"', file=dated.file, allowed=told,
                                     nearest=nearest(name, list(rates))))  # fmt: skip
        size = len(begun) if asked.name == _EFFECT else (0 if curve is None else curve.count)
        ours = np.array([_below(asked.name, one.high, begun, curve, rounds) for one in asked.bins[:-1]])
        questions += _events(asked, ours, size, name, rates)
        over.append(_over_bins(asked, ours, size))
    return CaseScore(
        case,
        overlay,
        dated.file,
        dated.source,
        int(results.sizes["draw"]),
        group,
        tuple(questions),
        tuple(over),
        calibration(results, where, forecasts=public_forecasts(dated)),
    )


def public_forecasts(dated: DatedForecasts) -> tuple[PublicForecast, ...]:
    """What others say of the panel's questions: in force before the last bin, and holding for as long as they ask."""
    found = []
    for asked in dated.questions:
        for by, shares in asked.shares.items():
            for n, event in enumerate(_edges(asked)):
                below = math.fsum(shares[: n + 1])
                found.append(PublicForecast(by, event, below if asked.name == _EFFECT else 1 - below))
    return tuple(found)


def _below(question: str, end: float, begun: np.ndarray, curve: Survival | None, rounds: float) -> float:
    """Share of the worlds, or of the deals in force, that lies below the end of a bin."""
    if question == _EFFECT:
        return begun_before(begun, end + 2e-9)
    return math.nan if curve is None else 1 - held_beyond(curve, end, rounds)


def _edges(asked: DatedQuestion) -> list[str]:
    """Words of the question that each edge between bins asks."""
    if asked.name == _EFFECT:
        days = [asked.asked + dt.timedelta(round(one.high * YEAR)) for one in asked.bins[:-1]]
        return [f"a deal is in force before {day.isoformat()}" for day in days]
    return [f"a deal in force holds {one.high:g} days or more" for one in asked.bins[:-1]]


def _events(
    asked: DatedQuestion, ours: np.ndarray, size: int, name: str, rates: Mapping[str, Rate]
) -> list[EventScore]:
    """A question with yes and no for each edge between bins."""
    found = []
    for n, event in enumerate(_edges(asked)):
        late = asked.name != _EFFECT  # of lengths it is asked whether they are beyond the edge
        p = 1 - ours[n] if late else ours[n]
        others = {by: math.fsum(shares[: n + 1]) for by, shares in asked.shares.items()}
        others = {by: 1 - share if late else share for by, share in others.items()}
        known = asked.outcome is not None
        true = None if asked.outcome is None else int((asked.outcome > n) == late)
        scores = {by: _forecaster(p, q, true) for by, q in others.items()}
        rate = rates.get(name) if name else None
        found.append(
            EventScore(
                asked.name,
                event,
                asked.asked.isoformat(),
                float(p),
                size,
                true,
                math.nan if true is None else (p - true) ** 2,
                math.nan if true is None else _log(p if true else 1 - p, size),
                math.nan if known else float(np.mean([one.expected_ours for one in scores.values()])),
                math.nan if rate is None else _from_rate(rate, asked.bins[n].high, late=late),
                None if rate is None else {"name": name, "counts": rate.words, "recipe": rate.recipe,
                                           "applies": rate.applies},
                scores,
            )
        )  # fmt: skip
    return found


def _forecaster(ours: float, his: float, true: int | None) -> ForecasterScore:
    own = math.nan if true is None else (his - true) ** 2
    expected = his * (1 - ours) ** 2 + (1 - his) * ours**2
    return ForecasterScore(his, own, expected, his * (1 - his))


def _log(share: float, size: int) -> float:
    """Minus the logarithm of a share of so many, half a world added on either side."""
    return -math.log((share * size + 0.5) / (size + 1))


def _from_rate(rate: Rate, end: float, *, late: bool) -> float:
    """Probability that something counted by time happens before a time, or that it does not.

    With a gamma posterior of the rate, no event comes in t years with probability (b / (b + t)) ** a.
    """
    if rate.counted != "time":
        return math.nan
    posterior = rate_posterior([rate], "rate")
    years = end / YEAR if late else end
    none = np.mean([(b / (b + years)) ** a for a, b in zip(posterior.first, posterior.second, strict=True)])
    return float(none if late else 1 - none)


def _answering(rates: Mapping[str, Rate], question: str) -> str:
    """The first rate of the case that says it answers the question."""
    return next((name for name, rate in rates.items() if rate.answers == question), "")


def _over_bins(asked: DatedQuestion, ours: np.ndarray, size: int) -> BinScore:
    edges = np.concatenate([[0.0], ours, [1.0]])
    share = np.diff(edges)
    names = tuple(one.name for one in asked.bins)
    scores = [_bin_scores(share, n, size) for n in range(len(names))]
    expected: dict[str, dict[str, float]] = {}
    if asked.outcome is None:
        for by, shares in asked.shares.items():
            means = np.array(scores).T @ np.array(shares)
            expected[by] = dict(zip(("brier", "log", "crps"), (float(one) for one in means), strict=True))
    brier, log, crps = (math.nan,) * 3 if asked.outcome is None else scores[asked.outcome]
    return BinScore(
        asked.name,
        asked.asked.isoformat(),
        names,
        tuple(float(one) for one in share),
        None if asked.outcome is None else names[asked.outcome],
        brier,
        log,
        crps,
        expected,
        dict(asked.shares),
    )


def _bin_scores(share: np.ndarray, true: int, size: int) -> tuple[float, float, float]:
    """Brier, log and ranked probability score if a bin comes true."""
    hit = np.zeros(len(share))
    hit[true] = 1
    ranked = ((np.cumsum(share) - np.cumsum(hit))[:-1] ** 2).sum()
    return float(((share - hit) ** 2).sum()), _log(float(share[true]), size), float(ranked)
