"""Rules on the talks: who signs with which weight, who speaks, how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.evidence import Place
from sim.foundations import Problem, nearest
from sim.scenario.actor import Durability
from sim.scenario.drawn_option import options_of
from sim.scenario.kinds import no_deal_model
from sim.scenario.naming import unknown_name
from sim.scenario.scenario import Scenario
from sim.scenario.talks import Signing
from sim.scenario.winning import MOST_SIGNERS, unit_names, winning_coalitions

#: Stories of more rounds than this take hours; a century of days has a third as many.
MOST_ROUNDS: Final = 100_000

_RESERVED: Final = (
    "issues", "talks", "no_deal", "kinds", "true_hazard", "after_signature", "observations", "conventions", "events",
    "contingencies",
)  # fmt: skip


def talks_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with the talks."""
    talks = scenario.talks
    for index, name in enumerate(talks.order or ()):
        if name not in scenario.actors:
            yield unknown_name("actor", name, scenario.actors, ("talks", "order", index))
    for name in talks.strategies:
        if name not in scenario.actors:
            yield unknown_name("actor", name, scenario.actors, ("talks", "strategies", name))
    yield from _deadlines(scenario)
    yield from _signing(scenario)
    yield from _reopening(scenario)
    yield from _battles(scenario)
    if talks.horizon_rounds > MOST_ROUNDS:
        longer = "rounds" if talks.talk_rounds == talks.horizon_rounds else "horizon"
        yield Problem(
            f"the story has {talks.horizon_rounds:,} rounds, above the limit of {MOST_ROUNDS:,}: each is played",
            ("talks", longer if longer in talks.model_fields_set else "round"),
            f"a shorter {longer}, or a longer round",
        )
    if "horizon" in talks.model_fields_set:
        horizon = talks.horizon
        rounds = talks.count(horizon)
        if rounds < talks.talk_rounds:
            yield Problem(
                f"the story ends after {rounds} rounds, before the talks do, after {talks.talk_rounds}",
                ("talks", "horizon"),
                f"{talks.talk_rounds} rounds or more",
            )


def _deadlines(scenario: Scenario) -> Iterator[Problem]:
    """Deadlines of actors: they exist, come before the end, and under a majority are worked out for offers in turn."""
    talks = scenario.talks
    for name, day in talks.deadlines.items():
        place: Place = ("talks", "deadlines", name)
        if name not in scenario.actors:
            yield unknown_name("actor", name, scenario.actors, place)
        elif talks.count(day) >= talks.talk_rounds:
            yield Problem(
                f"he would leave after {talks.count(day)} rounds, and talks are over after {talks.talk_rounds}",
                place,
                f"fewer than {talks.talk_rounds} rounds",
            )
    others = [name for name in options_of(talks.protocol) if name != "alternating-offers"]
    if talks.deadlines and others and not talks.sign.everybody:
        yield Problem(
            f'under a majority others go on without who has left, which is not worked out for "{others[0]}"',
            ("talks", "deadlines"),
            'protocol = "alternating-offers", or no deadlines of single actors',
        )


def _reopening(scenario: Scenario) -> Iterator[Problem]:
    """Talks that reopen: what they can be combined with, and what has to change after they failed."""
    found, place = scenario.talks.reopening, ("talks", "reopening")
    hazards = (scenario.true_hazard, *(actor.beliefs for actor in scenario.actors.values()))
    if scenario.no_deal.drift and any(one and one.fragile and one.fragile.pressure for one in hazards):
        yield Problem("what pressure does to durability is not worked out where no deal drifts", ("no_deal", "drift"))
    if found is None:
        return
    if scenario.conventions.alternative == "talks":
        yield Problem(
            'a refusal falls back on talks already (conventions.alternative = "talks"), so they cannot reopen besides',
            place,
            'alternative = "war", or no [talks.reopening]',
        )
    if no_deal_model(scenario) == "vote-again":
        yield Problem("talks cannot reopen where no deal ends with the last vote", place, "no [talks.reopening]")
    if scenario.no_deal.drift:
        yield from _drifting(scenario, hazards, place)
    if found.after_failure is not None and found.after_failure.may_exceed_zero and not found.meanwhile:
        yield Problem(
            "talks that failed would fail again: nothing has changed meanwhile",
            (*place, "after_failure"),
            'meanwhile = { "actor.number" = { value = …, assumed = "…" } }, what a year without a deal adds',
        )
    if found.meanwhile and found.after_failure is None:
        yield Problem("nothing comes of what changes meanwhile", (*place, "meanwhile"), "after_failure = { value = … }")
    for path in found.meanwhile:
        if path not in scenario.numbers or path.startswith("talks.reopening."):
            near = nearest(path, scenario.numbers)
            yield Problem(f'there is no number "{path}" to change', (*place, "meanwhile", path), nearest=near)


def _drifting(scenario: Scenario, hazards: Sequence[Durability | None], place: Place) -> Iterator[Problem]:
    """Talks that reopen while no deal drifts: whether a deal would be signed again may not hang on when that is."""
    if any(one and one.fragile and one.fragile.after_collapse for one in hazards):
        message = "what a collapse teaches is not worked out where no deal drifts and talks reopen"
        yield Problem(message, ("no_deal", "drift"), "no fragile.after_collapse, or no drift")
    if scenario.talks.reopening is not None and scenario.talks.reopening.after_failure is not None:
        yield Problem(
            "talks held anew after they failed are not worked out where no deal drifts",
            (*place, "after_failure"),
            "no after_failure: a deadline that is later says the same",
        )


def _battles(scenario: Scenario) -> Iterator[Problem]:
    """Battles that teach: somebody has something to learn, and nothing else changes the world meanwhile."""
    talks, place = scenario.talks, ("talks", "battles")
    if talks.battles is None:
        return
    if no_deal_model(scenario) != "war":
        yield Problem("no deal is no war here, so no battles are fought", place, "no [talks.battles]")
    elif not any(scenario.actors[name].optimism is not None for name in scenario.parties):
        yield Problem(
            "nobody learns from battles: every party sees its chance to prevail as it is",
            place,
            "optimism of a party, e.g. [actors.NAME] optimism = { value = 0.1, … }",
        )
    if scenario.events:
        yield Problem("battles that teach are not worked out beside events", place, "no [events]")
    if talks.reopening is not None and talks.reopening.after_failure is not None:
        yield Problem(
            "battles that teach are not worked out where talks are held anew after they failed",
            place,
            "no talks.reopening.after_failure",
        )
    if scenario.no_deal.drift:
        yield Problem("battles that teach are not worked out where no deal drifts", place, "no no_deal.drift")


def _signing(scenario: Scenario) -> Iterator[Problem]:
    sign, place = scenario.talks.sign, ("talks", "sign")
    groups: dict[str, tuple[str, ...]] = {"signers": sign.signers or (), "veto": sign.veto}
    for field, names in groups.items():
        for index, name in enumerate(names):
            where: Place = (*place, field, index)
            if name not in scenario.actors:
                yield unknown_name("actor", name, scenario.actors, where)
            elif scenario.actors[name].role == "mediator":
                yield Problem(f'"{name}" is a mediator, who neither signs nor vetoes', where)
    signers = scenario.signers
    if not signers:
        yield Problem("nobody signs", (*place, "signers"), "two signers or more")
    if sign.apart or sign.groups:
        yield from _together(scenario, signers)
    yield from _counted(sign, len(unit_names(scenario)))
    if sign.counts_votes:
        yield from _weights(scenario, signers)
    yield from _unused(sign)


def _counted(sign: Signing, units: int) -> Iterator[Problem]:
    """Numbers of signers: no more than there are."""
    place = ("talks", "sign")
    if sign.rule in ("k-of-n", "double-majority"):
        yield from _count_of_signers(sign.k, units)
    if sign.rule == "no-objection" and (sign.objections or 1) > units:
        message = f"{sign.objections} objections cannot come from {units} signers"
        yield Problem(message, (*place, "objections"), f"1 to {units}")
    if sign.blocking is not None and sign.blocking > units:
        message = f"a blocking minority of {sign.blocking} cannot come from {units} signers"
        yield Problem(message, (*place, "blocking"), f"1 to {units}")
    if sign.rule == "double-majority":
        for field in ("groups", "apart"):
            if getattr(sign, field):
                yield Problem(f'"{field}" is not worked out under a double majority', (*place, field))


def _unused(sign: Signing) -> Iterator[Problem]:
    """Keys of another rule than the one that is named."""
    double = "double-majority"
    unused: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
        ("k", sign.k is not None, ("k-of-n", double)),
        ("quota", sign.quota is not None, ("weighted", double)),
        ("weights", bool(sign.weights), ("weighted", double)),
        ("blocking", sign.blocking is not None, (double,)),
        ("objections", sign.objections is not None, ("no-objection",)),
        ("objecting_costs", sign.objecting_costs is not None, ("no-objection",)),
    )
    for field, given, rules in unused:
        if given and sign.rule not in rules:
            where = ("talks", "sign", field)
            allowed = " or ".join(f'rule = "{rule}"' for rule in rules)
            yield Problem(f'"{field}" has no effect under rule "{sign.rule}"', where, allowed)


def _together(scenario: Scenario, signers: tuple[str, ...]) -> Iterator[Problem]:
    """Groups and pairs that stay apart: of signers, each in one group, and some coalition is left."""
    sign, place = scenario.talks.sign, ("talks", "sign")
    wrong = False
    named: list[tuple[Place, str]] = [
        ((*place, "apart", n, m), name) for n, pair in enumerate(sign.apart) for m, name in enumerate(pair)
    ]
    named += [((*place, "groups", g, n), name) for g, members in sign.groups.items() for n, name in enumerate(members)]
    for where, name in named:
        if name not in signers and name not in scenario.indifferent:
            wrong = True
            yield unknown_name("signer", name, signers, where)
    seen: dict[str, str] = {}
    for group, members in sign.groups.items():
        if group in scenario.actors:
            yield Problem(f'a group cannot be called "{group}", which is an actor', (*place, "groups", group))
        for name in members:
            if seen.setdefault(name, group) != group:
                yield Problem(f'"{name}" is in the group "{seen[name]}" already', (*place, "groups", group))
    if len(signers) > MOST_SIGNERS:
        message = f"{len(signers)} signers make too many coalitions to look at"
        yield Problem(message, (*place, "apart" if sign.apart else "groups"), f"{MOST_SIGNERS} signers or fewer")
    elif not wrong and (not sign.counts_votes or sign.quota is not None):
        found = winning_coalitions(scenario)
        if found is not None and not len(found):
            key = "apart" if sign.apart else "groups"
            yield Problem(
                "no coalition is left that could sign", (*place, key), "a lower quota, or fewer who stay apart"
            )


def _count_of_signers(k: int | None, signers: int) -> Iterator[Problem]:
    place, allowed = ("talks", "sign", "k"), f"1 to {signers}"
    if k is None:
        yield Problem('"k" is missing: how many of the signers must agree?', place, allowed)
    elif k > signers:
        yield Problem(f"{k} must sign, but there are only {signers} signers", place, allowed)


def _weights(scenario: Scenario, signers: tuple[str, ...]) -> Iterator[Problem]:
    sign, place = scenario.talks.sign, ("talks", "sign")
    for name, weight in sign.weights.items():
        if name in sign.groups:
            continue
        if name not in scenario.actors:
            yield unknown_name("actor", name, scenario.actors, (*place, "weights", name))
        elif name not in signers and name not in scenario.indifferent:
            yield Problem(f'"{name}" has a weight but does not sign', (*place, "weights", name), ", ".join(signers))
        if weight < 0:
            yield Problem(f"weight {weight:g} is below 0", (*place, "weights", name), "0 or more")
    votes = scenario.votes
    weighed = {member for group in sign.weights for member in sign.groups.get(group, ())}
    if missing := [name for name in signers if name not in votes and name not in weighed]:
        allowed = "votes of every signer, or the capability of each"
        yield Problem(f"no weight is given to {', '.join(missing)}", (*place, "weights"), allowed)
    total = sum(weight for name, weight in votes.items() if name in signers or name in sign.groups)
    if sign.quota is None:
        yield Problem('"quota" is missing: how many votes are needed?', (*place, "quota"), f"above 0, up to {total:g}")
    elif sign.quota > total:
        yield Problem(
            f"{sign.quota:g} votes are needed, but all signers together have {total:g}",
            (*place, "quota"),
            f"above 0, up to {total:g}",
        )


def name_problems(scenario: Scenario) -> Iterator[Problem]:
    """Names that could not be told apart in dotted paths."""
    for name in scenario.actors:
        if name in _RESERVED:
            yield Problem(f'an actor cannot be called "{name}", which paths use for a section', ("actors", name))
    places: list[Place] = [("actors", name) for name in scenario.actors]
    places += [("issues", name) for name in scenario.issues]
    places += [("observations", name) for name in scenario.observations]
    for place in places:
        name = str(place[-1])
        if not name or set(name) & set(".=:, "):
            yield Problem(
                f'the name "{name}" cannot be written in a dotted path',
                place,
                "letters, digits, _ and -, e.g. red_line",
            )
