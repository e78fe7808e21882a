"""Rules on levers: holders, numbers and levels that exist, moves that stay where their number makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Article, Place, unknown_claim
from sim.foundations import Problem, nearest
from sim.scenario.interval import interval_at
from sim.scenario.lever import Lever, Move
from sim.scenario.levers_at import extremes, lever_numbers
from sim.scenario.naming import level_problems, levels_problems, named_ends, unknown_name
from sim.scenario.rules_evidence import plain_number_problems
from sim.scenario.scenario import Scenario


def lever_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with levers."""
    for name, lever in scenario.levers.items():
        place: Place = ("levers", name)
        if not name or set(name) & set(".=:, "):
            yield Problem(
                f'the name "{name}" cannot be written in a list of levers',
                place,
                "letters, digits, _ and -, e.g. side_payments",
            )
        if not lever.claims and not lever.assumed.strip() and not scenario.default_assumed:
            yield Problem(
                f'that "{lever.holder}" holds the lever "{name}" rests on nothing',
                place,
                'claims = ["…"], or assumed = "why" where the evidence is silent',
            )
        yield from _actors(scenario, lever, place)
        yield from _opens(scenario, lever, place)
        for path, move in lever.moves.items():
            yield from _move(scenario, path, move, (*place, "moves", path))
    yield from _numbers(scenario)
    yield from _bounds(scenario)


def lever_claim_problems(scenario: Scenario, article: Article | None, *, unread: bool = False) -> Iterator[Problem]:
    """Claims named by levers that do not exist.

    A lever says what could be done, not what the world is like; so it may name a claim that a number rests on.
    """
    if unread and article is None:
        return
    uses: list[tuple[str, Place]] = [
        (claim, ("levers", name, "claims", index))
        for name, lever in scenario.levers.items()
        for index, claim in enumerate(lever.claims)
    ]
    for number in lever_numbers(scenario):
        uses += [(claim, (*number.place, "claims", index)) for index, claim in enumerate(number.quantity.claims)]
    for claim, where in uses:
        if article is None:
            yield Problem(f'claim "{claim}" is named, but the scenario names no evidence file', where, 'evidence = "…"')
        elif claim not in article.claims:
            yield unknown_claim(claim, article.claims, where)


def _actors(scenario: Scenario, lever: Lever, place: Place) -> Iterator[Problem]:
    if lever.holder not in scenario.actors:
        yield unknown_name("actor", lever.holder, scenario.actors, (*place, "holder"))
    for index, actor in enumerate(lever.veto):
        if actor not in scenario.actors:
            yield unknown_name("actor", actor, scenario.actors, (*place, "veto", index))
        elif actor == lever.holder:
            yield Problem(f'"{actor}" holds the lever, so its consent is a matter of course', (*place, "veto", index))


def _opens(scenario: Scenario, lever: Lever, place: Place) -> Iterator[Problem]:
    for issue, levels in lever.opens.items():
        where: Place = (*place, "opens", issue)
        if issue not in scenario.issues:
            yield unknown_name("issue", issue, scenario.issues, where)
            continue
        yield from levels_problems(issue, scenario.issues[issue], levels, where)


def _move(scenario: Scenario, path: str, move: Move, place: Place) -> Iterator[Problem]:
    number = scenario.numbers.get(path)
    if number is None:
        yield Problem(
            f'the scenario has no number "{path}" that could be moved',
            place,
            f"a dotted path such as {next(iter(scenario.numbers), 'russia.patience')}",
            nearest(path, scenario.numbers),
        )
        return
    if number.quantity.mirrors:
        yield Problem(
            f"{path} follows {number.quantity.mirrors}; move that one", place, nearest=number.quantity.mirrors
        )
    if number.issue is not None and move.mode == "set":
        for level, where in named_ends(move.full, (*place, "full")):
            yield from level_problems(number.issue, scenario.issues[number.issue], level, where)
        return
    yield from plain_number_problems(move.full, (*place, "full"))


def _numbers(scenario: Scenario) -> Iterator[Problem]:
    for number in lever_numbers(scenario):
        quantity = number.quantity
        if not quantity.claims and not quantity.assumed.strip() and not scenario.default_assumed:
            yield Problem(
                f"{'.'.join(map(str, number.place))} rests on nothing",
                number.place,
                'claims = ["…"], or assumed = "why" where the evidence is silent',
            )


def _bounds(scenario: Scenario) -> Iterator[Problem]:
    """Moves that would take a number where it makes no sense, all levers that meet on it together."""
    first: dict[str, Place] = {}
    for name, lever in scenario.levers.items():
        for path in lever.moves:
            first.setdefault(path, ("levers", name, "moves", path))
    for path, place in first.items():
        number = scenario.numbers.get(path)
        if number is None or number.quantity.mirrors or number.issue is not None:
            continue
        try:
            reached = extremes(scenario, path)
        except (KeyError, ValueError):
            continue  # text where a number is due, which is told above
        allowed = interval_at(Scenario, number.place)
        beyond = [value for value in reached if allowed is not None and value not in allowed]
        if allowed is not None and beyond:
            yield Problem(
                f"levers can move {path} to {beyond[0]:g}, which makes no sense there: must be {allowed.words}",
                place,
                "between = [lowest, highest], or another full",
            )
