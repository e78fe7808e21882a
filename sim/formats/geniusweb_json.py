"""GeniusWeb: a linear additive utility space per side, in JSON, which holds the domain too."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

import numpy as np

from sim.formats.file_format import FORMATS, AbstractUtilityFormat
from sim.formats.located_node import LocatedNode, located_json
from sim.formats.profile_files import ReadProfile, domain_from, file_names
from sim.formats.source_text import SourceText
from sim.formats.utility_domain import MOST_POINTS, DomainIssue, UtilityDomain, UtilityProfile, straight_line

_SPACE = "LinearAdditiveUtilitySpace"


@FORMATS.register("geniusweb-json", source="ANL 2023 example agent and domains (GeniusWeb profiles)")
class GeniuswebJson(AbstractUtilityFormat):
    """Reads and writes linear additive utility spaces of GeniusWeb, whose reservation value is that of a bid.

    Source: Jonker et al., GeniusWeb platform; profiles as of the Automated Negotiation League 2023
    """

    suffixes = (".json",)

    def recognises(self, file: SourceText) -> bool:
        """A utility space."""
        return f'"{_SPACE}"' in file.text or "PartialOrdering" in file.text

    def read(self, files: list[SourceText]) -> UtilityDomain:
        """Read one profile per side."""
        return domain_from(files, [_profile(file, located_json(file)) for file in files])

    def write(self, domain: UtilityDomain) -> tuple[dict[str, str], list[str]]:
        """Write one profile per side."""
        notes, texts = [], {}
        for name, profile in zip(file_names(domain, ".json"), domain.profiles, strict=True):
            space, unheld = _space(domain, profile.fitted()[0])
            notes += unheld
            texts[name] = json.dumps({_SPACE: space}, indent=2, ensure_ascii=False) + "\n"
            if profile.discount is not None:
                notes.append(f"the discount of {profile.name}: {profile.discount:g}")
        return texts, notes


def _profile(file: SourceText, root: LocatedNode) -> ReadProfile:
    if _SPACE not in root.table():
        kinds = ", ".join(root.table())
        root.wrong(f"{kinds or 'this'} is not held: only {_SPACE} is")
        file.checked()
    space = root.member(_SPACE)
    told = space.member("domain").member("issuesValues")
    issues = tuple(_issue(file, name, node) for name, node in told.table().items())
    weights = space.member("issueWeights")
    utilities = space.member("issueUtilities")
    file.checked()
    known = {issue.name for issue in issues}
    for table in (weights, utilities):
        for name, node in table.table().items():
            if name not in known:
                file.unknown("issue", name, sorted(known), node.line, node.column)
    values, shares = [], []
    for issue in issues:
        share = weights.member(issue.name).number()
        if share < 0:
            weights.member(issue.name).wrong(f"weight {share:g} is below 0")
        shares.append(share)
        values.append(_values(issue, utilities.member(issue.name)))
    profile = UtilityProfile(_name(file, space), tuple(shares), tuple(values))
    if space.has("reservationBid"):
        worth = _worth(file, issues, profile, space.member("reservationBid"))
        profile = UtilityProfile(profile.name, profile.weights, profile.values, worth)
    domain = space.member("domain")
    return ReadProfile(file, issues, profile, domain.member("name").words() if domain.has("name") else "")


def _name(file: SourceText, space: LocatedNode) -> str:
    return (space.member("name").words() if space.has("name") else "") or file.path.stem


def _issue(file: SourceText, name: str, node: LocatedNode) -> DomainIssue:
    if node.has("range"):
        low, high, step = (node.member("range").member(word).number() for word in ("low", "high", "step"))
        count = (high - low) / step if step > 0 else math.nan
        if not (math.isfinite(count) and count >= 1):
            node.wrong(f'issue "{name}" runs from {low:g} to {high:g} in steps of {step:g}')
            return DomainIssue(name, ("?", "??"))
        if round(count) < MOST_POINTS:
            return DomainIssue.of_numbers(name, low, low + round(count) * step, round(count) + 1)
        file.notes.append(f"numbers of {name} between the 101 that are on offer")
        return DomainIssue.of_numbers(name, low, high, 101)
    levels = [level.words() for level in node.member("values").rows()]
    if len(levels) < 2 or len(set(levels)) < len(levels):
        node.wrong(f'issue "{name}" needs two values or more, all different')
        return DomainIssue(name, tuple(dict.fromkeys([*levels, "?", "??"])))
    return DomainIssue(name, tuple(levels))


def _values(issue: DomainIssue, node: LocatedNode) -> tuple[float, ...]:
    """Values of an issue's levels, 0..1."""
    if node.has("NumberValueSetUtilities"):
        ends = node.member("NumberValueSetUtilities")
        low, high, at_low, at_high = (
            ends.member(word).number() for word in ("lowValue", "highValue", "lowUtility", "highUtility")
        )
        numbers = np.linspace(*issue.numbers) if issue.numbers else np.zeros(len(issue.levels))
        if low == high:
            ends.wrong("lowValue and highValue are the same")
            return (0.0,) * len(issue.levels)
        return tuple(float(at_low + (number - low) / (high - low) * (at_high - at_low)) for number in numbers)
    told = node.member("DiscreteValueSetUtilities").member("valueUtilities")
    found = []
    for level in issue.levels:
        value = told.member(level).number()
        if not 0 <= value <= 1:
            told.member(level).wrong(f"{value:g} is not allowed here: must be 0 to 1")
        found.append(value)
    return tuple(found)


def _worth(file: SourceText, issues: tuple[DomainIssue, ...], profile: UtilityProfile, bid: LocatedNode) -> float:
    """Utility of the reservation bid."""
    chosen = bid.member("issuevalues")
    total = 0.0
    for issue, weight, values in zip(issues, profile.weights, profile.values, strict=True):
        node = chosen.member(issue.name)
        level = node.words()
        if issue.numbers is not None and (number := node.as_number()) is not None:
            at = int(np.argmin(np.abs(np.linspace(*issue.numbers) - number)))
        elif level in issue.levels:
            at = issue.levels.index(level)
        else:
            file.unknown("value", level, list(issue.levels), node.line, node.column)
            continue
        total += weight * values[at]
    return total


def _space(domain: UtilityDomain, profile: UtilityProfile) -> tuple[dict[str, Any], list[str]]:
    """The utility space of a side, and what of it is not held."""
    notes: list[str] = []
    issues: dict[str, Any] = {}
    utilities: dict[str, Any] = {}
    for issue, values in zip(domain.issues, profile.values, strict=True):
        straight = issue.numbers is not None and all(
            straight_line(other.fitted()[0].values[domain.issues.index(issue)]) for other in domain.profiles
        )
        if issue.numbers is not None and straight:
            low, high, points = issue.numbers
            issues[issue.name] = {"range": {"low": low, "high": high, "step": (high - low) / (points - 1)}}
            utilities[issue.name] = {
                "NumberValueSetUtilities": {
                    "lowValue": low,
                    "lowUtility": values[0],
                    "highValue": high,
                    "highUtility": values[-1],
                }
            }
        else:
            issues[issue.name] = {"values": list(issue.levels)}
            table = dict(zip(issue.levels, values, strict=True))
            utilities[issue.name] = {"DiscreteValueSetUtilities": {"valueUtilities": table}}
    weights = dict(zip((issue.name for issue in domain.issues), profile.weights, strict=True))
    space: dict[str, Any] = {
        "issueUtilities": utilities,
        "issueWeights": weights,
        "domain": {"name": domain.name, "issuesValues": issues},
        "name": profile.name,
    }
    if profile.reservation is not None:
        bid = _bid_worth(domain, profile)
        if bid is None:
            notes.append(f"the reservation value of {profile.name}, {profile.reservation:g}: no bid is worth just that")
        else:
            space["reservationBid"] = {"issuevalues": bid}
    return space, notes


def _bid_worth(domain: UtilityDomain, profile: UtilityProfile) -> dict[str, str | float] | None:
    """A bid whose utility is the reservation value, the first in the order of levels; ``None`` if there is none."""
    if domain.deals > 10**6 or profile.reservation is None:
        return None
    worth = np.zeros(())
    for weight, values in zip(profile.weights, profile.values, strict=True):
        worth = np.add.outer(worth, weight * np.asarray(values))
    flat = np.flatnonzero(np.abs(worth - profile.reservation) <= 1e-9)
    if not len(flat):
        return None
    levels = np.unravel_index(flat[0], worth.shape)
    return {
        issue.name: float(np.linspace(*issue.numbers)[at]) if issue.numbers else issue.levels[at]
        for issue, at in zip(domain.issues, itertools.chain(map(int, levels)), strict=True)
    }
