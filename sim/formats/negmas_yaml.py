"""NegMAS: a domain and a utility function per negotiator, in YAML or JSON; linear additive ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from sim.formats.file_format import FORMATS, AbstractUtilityFormat
from sim.formats.located_node import LocatedNode, located_json
from sim.formats.located_yaml import read_yaml
from sim.formats.profile_files import ReadProfile, domain_from, file_names
from sim.formats.source_text import SourceText, checked_all
from sim.formats.utility_domain import MOST_POINTS, DomainIssue, UtilityDomain, UtilityProfile
from sim.foundations import InputError, Problem, brief

_LINEAR: Final = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_NUMBERED: Final = ("ContiguousIssue", "ContinuousIssue")


@FORMATS.register(
    "negmas-yaml", source="Mohammad, Nakadai & Greenwald 2021, NegMAS: a platform for situated negotiations"
)
class NegmasYaml(AbstractUtilityFormat):
    """Reads and writes a domain and linear additive utility functions of NegMAS, whose values go by position.

    Source: Mohammad, Nakadai & Greenwald 2021, NegMAS: a platform for situated negotiations, in Recent Advances in
        Agent-based Negotiation
    """

    suffixes = (".yml", ".yaml", ".json")

    def recognises(self, file: SourceText) -> bool:
        """YAML, or JSON with the class of an outcome space or a utility function."""
        if file.path.suffix.lower() in {".yml", ".yaml"}:
            return True
        return "OutcomeSpace" in file.text or "UtilityFunction" in file.text

    def read(self, files: list[SourceText]) -> UtilityDomain:
        """Read the domain and the utility functions; files of statistics are left aside."""
        trees = [
            (file, located_json(file) if file.path.suffix.lower() == ".json" else read_yaml(file)) for file in files
        ]
        checked_all(files)
        domains = [(file, tree) for file, tree in trees if tree.has("issues")]
        if len(domains) != 1:
            message = "one file of the domain, with its issues, is needed"
            raise InputError(Problem(f"{message}; there are {len(domains)}", file=str(files[0].path)))
        file, tree = domains[0]
        issues = tuple(_issue(node) for node in tree.member("issues").rows())
        if not issues:
            tree.wrong("the domain has no issue")
        file.checked()
        found = []
        for other, node in trees:
            if node is tree:
                continue
            if other.path.stem in {"_info", "_stats"}:
                other.notes.append(f"{other.path.name}, which follows from the rest")
            else:
                found.append(_profile(other, node, issues))
        name = tree.member("name").words() if tree.has("name") else file.path.stem
        return domain_from(files, found, issues, name)

    def write(self, domain: UtilityDomain) -> tuple[dict[str, str], list[str]]:
        """Write the domain and a utility function per side."""
        notes = []
        issues = []
        for issue in domain.issues:
            if issue.numbers is not None and _contiguous(issue.numbers):
                told = {
                    "name": issue.name,
                    "type": "ContiguousIssue",
                    "values": [int(one) for one in issue.numbers[:2]],
                }
            else:
                told = {"name": issue.name, "type": "CategoricalIssue", "values": list(issue.levels)}
                if issue.numbers is not None:
                    notes.append(f"that {issue.name} is numeric: its numbers are names of levels")
            issues.append(told)
        space = {"name": domain.name, "type": "DiscreteCartesianOutcomeSpace", "issues": issues}
        texts = {"domain.yml": _yaml(space)}
        for name, profile in zip(file_names(domain, ".yml"), domain.profiles, strict=True):
            one = profile.fitted()[0]
            if one.discount is not None:
                notes.append(f"the discount of {one.name}: {one.discount:g}")
            values = [
                {"type": "TableFun", "mapping": dict(zip(_keys(issue), row, strict=True))}
                for issue, row in zip(domain.issues, one.values, strict=True)
            ]
            told_ufun = {
                "name": one.name,
                "type": _LINEAR[0],
                "weights": list(one.weights),
                "values": values,
                "reserved_value": -math.inf if one.reservation is None else one.reservation,
            }
            texts[f"side_{name}" if name in texts else name] = _yaml(told_ufun)
        return texts, notes


def _contiguous(numbers: tuple[float, float, int]) -> bool:
    low, high, points = numbers
    return low == int(low) and high == int(high) and points == high - low + 1


def _keys(issue: DomainIssue) -> list[str | int]:
    """Keys of a table of values: whole numbers where the issue has them."""
    if issue.numbers is not None and _contiguous(issue.numbers):
        return list(range(int(issue.numbers[0]), int(issue.numbers[1]) + 1))
    return list(issue.levels)


def _yaml(found: object) -> str:
    import yaml

    plain: Any = type("Plain", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})  # nothing is told by reference
    plain.add_representer(float, lambda dumper, one: dumper.represent_scalar("tag:yaml.org,2002:float", _float(one)))
    return str(yaml.dump(found, Dumper=plain, sort_keys=False, allow_unicode=True, width=1000))


def _float(number: float) -> str:
    if math.isinf(number):
        return ".inf" if number > 0 else "-.inf"
    text = repr(number)
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _class(node: LocatedNode) -> str:
    """Class that a table names, without its module."""
    for key in ("type", "$type"):
        if node.has(key):
            return node.member(key).words().rpartition(".")[2]
    return ""


def _issue(node: LocatedNode) -> DomainIssue:
    name, kind, values = node.member("name").words(), _class(node), node.member("values")
    if isinstance(values.content, str) and values.content:
        count = values.number()
        if count != int(count) or count < 2:
            values.wrong(f"{count:g} values of an issue: a whole number of 2 or more is needed")
            count = 2
        return DomainIssue.of_numbers(name, 0, count - 1, int(count))
    told = values.rows()
    if kind in _NUMBERED and len(told) == 2:
        low, high = (one.number() for one in told)
        whole = kind == "ContiguousIssue" and high - low < MOST_POINTS
        if low >= high:
            values.wrong(f'issue "{name}" runs from {low:g} to {high:g}')
            return DomainIssue(name, ("?", "??"))
        if not whole:
            node.source.notes.append(f"numbers of {name} between the 101 that are on offer")
        return DomainIssue.of_numbers(name, low, high, int(high - low) + 1 if whole else 101)
    levels = [one.words() for one in told]
    if len(levels) < 2 or len(set(levels)) < len(levels):
        values.wrong(f'issue "{name}" needs two values or more, all different')
        return DomainIssue(name, tuple(dict.fromkeys([*levels, "?", "??"])))
    return DomainIssue(name, tuple(levels))


def _profile(file: SourceText, root: LocatedNode, issues: tuple[DomainIssue, ...]) -> ReadProfile:
    """One utility function; of a discounted one what is discounted, with the discount where it is over time."""
    node, discount = root, None
    if node.has("ufun"):
        factor = node.member("factor").words() if node.has("factor") else "step"
        if node.has("discount") and factor in {"relative_time", "t"}:
            discount = node.member("discount").number()
        elif node.has("discount"):
            file.notes.append(f"a discount per {factor}, which depends on how many there will be")
        node = node.member("ufun")
    kind = _class(node)
    if kind not in _LINEAR:
        node.wrong(f'utility functions of class "{brief(kind, 60)}" are not held: only {_LINEAR[0]} is')
        file.checked()
    weights = _by_issue(node.member("weights"), issues) if node.has("weights") else None
    parts = _by_issue(node.member("values"), issues)
    file.checked()
    offset = node.member("bias").number() if node.has("bias") else 0.0
    shares = tuple(1.0 if weights is None else weights[n].number() for n in range(len(issues)))
    values = tuple(_values(issue, part) for issue, part in zip(issues, parts, strict=True))
    worth = None
    for holder in (root, node):
        if holder.has("reserved_value"):
            found = holder.member("reserved_value").as_number()
            if found is None or math.isnan(found) or found == math.inf:
                holder.member("reserved_value").wrong("no reservation value")
            worth = None if found is None or found == -math.inf else found
            break
    if node.has("reserved_outcome"):
        file.notes.append("the reserved outcome: its value is held, where reserved_value gives it")
    named = next((holder.member("name").words() for holder in (root, node) if holder.has("name")), "")
    return ReadProfile(file, issues, UtilityProfile(named or file.path.stem, shares, values, worth, discount, offset))


def _by_issue(node: LocatedNode, issues: tuple[DomainIssue, ...]) -> list[LocatedNode]:
    """One node per issue, from a list in their order or a table of their names."""
    if isinstance(node.content, dict):
        return [node.member(issue.name) for issue in issues]
    found = node.rows()
    if len(found) != len(issues):
        node.wrong(f"{len(found)} stand here, one for each of {len(issues)} issues is needed")
    return found


def _values(issue: DomainIssue, node: LocatedNode) -> tuple[float, ...]:
    """Values of an issue's levels."""
    kind = _class(node)
    if kind == "TableFun" or (not kind and node.has("mapping")):
        table = node.member("mapping").table()
        numbers = {one: value for key, value in table.items() if (one := _number(key)) is not None}
        found = []
        for level in issue.levels:
            value = table.get(level) or (numbers.get(number) if (number := _number(level)) is not None else None)
            if value is None:
                node.wrong(f'"{brief(level)}" of issue "{issue.name}" has no value')
            found.append(0.0 if value is None else value.number())
        return tuple(found)
    functions: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "IdentityFun": lambda x: x,
        "ConstFun": lambda x: np.full_like(x, node.member("bias").number()),
        "LinearFun": lambda x: node.member("slope").number() * x + _bias(node),
        "AffineFun": lambda x: node.member("slope").number() * x + _bias(node),
    }
    at = [_number(level) for level in issue.levels]
    if kind not in functions or None in at:
        node.wrong(f'values of class "{brief(kind, 60)}" are not held', ", ".join(["TableFun", *functions]))
        return (0.0,) * len(issue.levels)
    return tuple(float(one) for one in functions[kind](np.asarray(at, float)))


def _bias(node: LocatedNode) -> float:
    return node.member("bias").number() if node.has("bias") else 0.0


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
