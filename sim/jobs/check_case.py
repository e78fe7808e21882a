"""Whether a scenario is sound, and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sim.engine import talk_rules
from sim.engine.registered import names_are_registered
from sim.ensemble.headline_outcomes import headline_is_known
from sim.evidence import Article, Verification, verify_sources
from sim.foundations import InputError, Problem
from sim.runs.dead_numbers import dead_numbers, decorative_numbers
from sim.runs.never_true import never_true
from sim.runs.own_values import OwnValues, own_values
from sim.scenario import Case, RateComparison, Scenario, deal_count, rate_comparisons, read_case
from sim.scenario.conflicts import Conflict, conflicts
from sim.scenario.kinds import models_war
from sim.scenario.schema_keys import keys_in, schema_keys

#: Told of each case once it is read.
Noted = Callable[[Case], None]


@dataclass(frozen=True)
class Audit:
    """What the numbers of a case rest on.

    claims, rates, assumed: numbers that rest on claims, on rates, on neither; together all of them
    with_claims:   numbers that name claims
    of_which_also_assumed: those that also say what about them is assumed
    by_default:    assumed numbers that rest on the scenario's ``default_assumed`` alone
    mirrored:      numbers that follow another one
    without_range: paths of numbers that every draw has alike
    unused_claims: claims that neither a number nor an observation rests on, overlays included
    unused_rates:  rates that no number rests on, overlays included
    """

    claims: int
    rates: int
    assumed: int
    with_claims: int
    of_which_also_assumed: int
    by_default: int
    mirrored: int
    without_range: tuple[str, ...]
    unused_claims: tuple[str, ...]
    unused_rates: tuple[str, ...]


@dataclass(frozen=True)
class CaseCheck:
    """A sound case, and what there is to know before its answers are believed.

    cases:        the case as it was read, then its overlays
    audit:        what its numbers rest on
    idle:         paths of numbers that change nothing between the ends of their range; ``None`` if nothing was played
    decorative:   paths of numbers of one actor that move no deal and nothing for others; ``None`` if nothing was played
    never_true:   observations that hold in no drawn world; ``None`` if nothing was played
    verification: of the reader's copy of the article; ``None`` if there was none
    verifications: of the reader's copies, one for each article that there is a copy of
    own_values:   what each party's own numbers say of no deal, things as they are, and its best and worst deal
    defaults:     numbers that no file gives, by path, in words; then rules of the talks that no file sets
    conflicts:    what contradicts something else among the claims, readings and observations
    against_rates: ranges written by hand, beside what the rates say that their numbers name
    """

    cases: tuple[Case, ...]
    audit: Audit
    idle: tuple[str, ...] | None
    decorative: tuple[str, ...] | None
    never_true: tuple[str, ...] | None
    verification: Verification | None
    against_rates: tuple[RateComparison, ...] = ()
    verifications: tuple[Verification, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    own_values: tuple[OwnValues, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Everything as plain data, as `sim check --json` prints it."""
        return _as_dict(self.cases, self.audit, self.verification) | {
            "numbers_that_move_nothing": None if self.idle is None else list(self.idle),
            "numbers_that_move_no_deal": None if self.decorative is None else list(self.decorative),
            "observations_never_true": None if self.never_true is None else list(self.never_true),
            "ranges_beside_rates": [
                {
                    "path": one.path,
                    "rates": list(one.rates),
                    "record": None if one.posterior is None else list(one.posterior.interval()),
                    "inside": one.inside,
                    "covered": one.covered,
                    "disagrees": one.words,
                }
                for one in self.against_rates
            ],
            "sources": {one.text or "article": _verified(one) for one in self.verifications},
            "conflicts": [asdict(one) for one in self.conflicts],
            "own_values": [asdict(one) for one in self.own_values],
            "defaults": dict(self.defaults),
            "events": event_notes(self.cases[0].scenario),
        }


def check(
    case: str | Path,
    *,
    overlay: str | None = None,
    source: str | Path | Sequence[str | Path] | None = None,
    quick: bool = False,
    noted: Noted | None = None,
) -> CaseCheck:
    """Check a case as `sim check` does: every mistake at once, and what its numbers rest on.

    Args:
        case:    folder, file, or name of a folder in ``scenarios/``
        overlay: check this one only; by default the base and all overlays
        source:  your own copy of the article, to compare its hash and paragraphs with the evidence file; of several
                 articles a list of files, or of NAME=FILE with the name of the article
        quick:   play nothing: leave out what moves nothing or is never true
        noted:   told of each case once it is read
    Raises:  InputError listing every mistake with file, line and column
    Example:
        >>> from sim import check
        >>> found = check("scenarios/pie", quick=True)
        >>> found.audit.assumed, found.audit.unused_claims
        (8, ())
    """
    cases = _read_all(case, overlay, noted)
    base = cases[0]
    verified: tuple[Verification, ...] = ()
    if source is not None:
        if base.article is None:
            raise InputError(Problem("the scenario names no evidence file to compare with", allowed='evidence = "…"'))
        copies = [source] if isinstance(source, str | Path) else source
        verified = verify_sources(base.article, [_copy(base.article, one) for one in copies])
    idle = None if quick else tuple(dead_numbers(base.scenario))
    decorative = None if idle is None else decorative_numbers(base.scenario, dead=idle)
    never: tuple[str, ...] | None = None
    if not quick:  # under an overlay the base's worlds count, so nothing is said
        never = never_true(base.scenario) if base.overlay is None else ()
    beside = () if base.article is None else rate_comparisons(base.scenario, base.article)
    return CaseCheck(
        tuple(cases),
        audit(cases),
        idle,
        decorative,
        never,
        verified[0] if verified else None,
        beside,
        verified,
        conflicts(base.scenario, base.article),
        own_values(base.scenario),
        defaults(base),
    )


def defaults(case: Case) -> dict[str, str]:
    """What holds because no file says otherwise: numbers that were left out, then rules of the talks.

    Example:
        >>> from sim.scenario import read_case
        >>> defaults(read_case("scenarios/pie"))["conventions.time_scale"]
        'rounds'
    """
    left_out = set(case.left_out)
    found = {
        path: number.quantity.words() for path, number in case.scenario.numbers.items() if number.place in left_out
    }
    used = {key.path for key in keys_in(case.raw)}
    for key in schema_keys():
        if key.path[0] in {"talks", "conventions"} and len(key.path) == 2 and key.default and key.path not in used:
            found[key.dotted] = key.default.strip('"')
    for played_beside in ("conventions.protocols", "conventions.solutions"):
        found.pop(played_beside, None)
    for idle in _idle_conventions(case.scenario):
        found.pop(f"conventions.{idle}", None)
    return found


def _idle_conventions(scenario: Scenario) -> Iterator[str]:
    """Conventions about what the case does not have; what no deal is stands in the table of own values."""
    actors = scenario.actors.values()
    if not models_war(scenario):
        yield "alternative"
    if not models_war(scenario) or all(actor.collapse_damage is None for actor in actors):
        yield "damage"
    if not any(actor.red_lines for actor in actors):
        yield "red_line"


def event_notes(scenario: Scenario) -> dict[str, str]:
    """What each event does not do to a deal that is signed, and why; of those that change numbers or how things stand.

    Example:
        >>> from sim.scenario import read_scenario
        >>> list(event_notes(read_scenario("scenarios/monitored_deal", overlay="election")))
        ['new_government']
    """
    told = (
        "changes its numbers only while nothing is signed: what a deal is worth after its signature is worked out with "
        "the numbers that it was signed with"
    )
    found = {}
    for name, event in scenario.events.items():
        if event.adds or event.sets or event.status_quo:
            ends = "it ends one by `breaks`" if event.breaks is not None else "let it end one by `breaks`"
            found[name] = f"{told}; {ends}"
    return found


def _copy(article: Article, named: str | Path) -> tuple[str | None, Path]:
    """Which article a copy is of, if that is said, and where it is."""
    name, equals, file = str(named).partition("=")
    return (name, Path(file)) if equals and name in article.texts else (None, Path(named))


def audit(cases: Sequence[Case]) -> Audit:
    """Count what the numbers of the first case rest on; claims may be used by any of the cases."""
    base = cases[0]
    numbers = base.scenario.numbers
    own = {path: number.quantity for path, number in numbers.items()}
    used: set[str] = set()
    for case in cases:
        used.update(claim for number in case.scenario.numbers.values() for claim in number.quantity.claims)
        used.update(claim for seen in case.scenario.observations.values() for claim in seen.claims)
        used.update(case.scenario.talks.sign.claims)
    claims = base.article.claims if base.article is not None else {}
    rates = base.article.rates if base.article is not None else {}
    named = {rate for case in cases for number in case.scenario.numbers.values() for rate in number.quantity.rates}
    grounds = base.scenario.grounds
    return Audit(
        claims=grounds["claims"],
        rates=grounds["rates"],
        assumed=grounds["assumed"],
        with_claims=sum(bool(q.claims) for q in own.values()),
        of_which_also_assumed=sum(bool(q.claims and q.assumed) for q in own.values()),
        by_default=sum(not q.assumed and not q.grounded for q in own.values()),
        mirrored=sum(q.follows for q in own.values()),
        without_range=tuple(path for path, q in own.items() if not q.spread and not q.follows),
        unused_claims=tuple(name for name in claims if name not in used),
        unused_rates=tuple(name for name in rates if name not in named),
    )


def _read_all(case: str | Path, overlay: str | None, noted: Noted | None) -> list[Case]:
    """Read the base and every overlay; problems of the base are told once, not for each overlay."""
    if overlay is not None:
        return [_read(case, overlay, noted)]
    cases: list[Case] = []
    problems: list[Problem] = []
    try:
        cases.append(_read(case, None, noted))
    except InputError as error:
        problems += error.problems
    names = cases[0].overlays if cases and cases[0].overlay is None else ()
    for name in names:
        try:
            cases.append(_read(case, name, noted))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return cases


def _read(case: str | Path, overlay: str | None, noted: Noted | None) -> Case:
    """Read one case, and let its talks be set up once; only a sound scenario gets that far."""
    found = read_case(case, overlay=overlay, extra_rules=(names_are_registered, headline_is_known))
    if noted is not None:
        noted(found)
    if problems := talk_rules(found.scenario):
        raise InputError([found.locate(problem) for problem in problems])
    return found


def _as_dict(cases: Sequence[Case], found: Audit, verification: Verification | None) -> dict[str, object]:
    base = cases[0]
    return {
        "case": base.name,
        "overlay": base.overlay,
        "overlays": [case.overlay for case in cases[1:]],
        "sound": True,
        "actors": list(base.scenario.actors),
        "issues": list(base.scenario.issues),
        "issues_nobody_weighs": list(base.scenario.idle_issues),
        "deals": deal_count(base.scenario),
        "numbers": {"total": len(base.scenario.numbers), **asdict(found)},
        "claims": len(base.article.claims) if base.article else 0,
        "rates": len(base.article.rates) if base.article else 0,
        "observations": list(base.scenario.observations),
        "levers": list(base.scenario.levers),
        "correlations": {name: one.model_dump(mode="json") for name, one in base.scenario.correlations.items()},
        "source": None if verification is None else _verified(verification),
    }


def _verified(found: Verification) -> dict[str, object]:
    return {
        "matches": found.matches,
        "same_text": found.same_text,
        "sha256": found.found,
        "expected": found.expected,
        "paragraphs": found.paragraphs,
        "claims_beyond": list(found.beyond),
    }
