"""GENIUS: a domain and a profile per side, in XML; linear additive ones."""

from __future__ import annotations

import math

from sim.formats.file_format import FORMATS, AbstractUtilityFormat
from sim.formats.located_xml import XmlElement, read_xml, xml_escaped
from sim.formats.profile_files import ReadProfile, domain_from, file_names
from sim.formats.source_text import SourceText
from sim.formats.utility_domain import MOST_POINTS, DomainIssue, UtilityDomain, UtilityProfile, straight_line
from sim.foundations import InputError, brief

_NONLINEAR = ("ufun", "hyperRectangle", "hyperrectangle", "constraint")


@FORMATS.register("genius-xml", source="Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker 2014, Comput Intell 30:48-70")
class GeniusXml(AbstractUtilityFormat):
    """Reads and writes domains and linear additive profiles of GENIUS; nonlinear ones are named as not held.

    A level's value is its evaluation by the highest of its issue; a discount counts over the whole of the talks.

    Source: Lin et al. 2014, Genius: an integrated environment for supporting the design of generic automated
        negotiators, Comput Intell 30:48-70
    """

    suffixes = (".xml",)

    def recognises(self, file: SourceText) -> bool:
        """A utility space."""
        return "<utility_space" in file.text

    def read(self, files: list[SourceText]) -> UtilityDomain:
        """Read the profiles, and the domain if it is among the files."""
        roots = [(file, read_xml(file)) for file in files]
        found, issues, name = [], None, ""
        for file, root in roots:
            if root.name == "negotiation_template" or not any(root.below("weight")):
                if any(root.below("item")) or any(root.below("range")):
                    issues, name = tuple(_issue(element) for element in _issues(root)), file.path.stem
                else:
                    _refuse_nonlinear(root)
                    root.wrong("there is neither an <issue> with levels nor a <weight> here")
            else:
                found.append(_profile(file, root))
        return domain_from(files, found, issues, name)

    def write(self, domain: UtilityDomain) -> tuple[dict[str, str], list[str]]:
        """Write the domain and a profile per side."""
        notes = []
        stem = "domain"
        items = [_domain_issue(n, issue) for n, issue in enumerate(domain.issues, 1)]
        texts = {
            f"{stem}.xml": "\n".join(
                [
                    "<negotiation_template>",
                    f'<utility_space number_of_issues="{len(items)}">',
                    '<objective index="0" etype="objective" type="objective" description="" name="any">',
                    *items,
                    "</objective>",
                    "</utility_space>",
                    "</negotiation_template>",
                    "",
                ]
            )
        }
        for name, profile in zip(file_names(domain, ".xml"), domain.profiles, strict=True):
            scaled, changed = _scaled(profile.fitted()[0], domain)
            if changed:
                notes.append(f"{profile.name}: values are scaled so that the best level of each issue is 1")
            texts[f"{stem}_{name}" if name in texts else name] = _profile_text(scaled, domain)
        if any(issue.numbers and not _linear(domain, n) for n, issue in enumerate(domain.issues)):
            notes.append("that some numeric issues are numeric: their values lie on no line, so they are levels")
        notes.append(f"the title: {domain.name}")
        return texts, notes


def _issues(root: XmlElement) -> list[XmlElement]:
    return list(root.below("issue"))


def _kind(element: XmlElement) -> str:
    for name in ("vtype", "type", "etype"):
        if element.attributes.get(name):
            return element.attributes[name].lower()
    return "discrete"


def _issue(element: XmlElement) -> DomainIssue:
    """An issue of a domain or profile."""
    name, kind = element.attribute("name"), _kind(element)
    if kind in {"integer", "real"}:
        ends = element.child("range") or element
        low, high = (_end(ends, word) for word in ("lower", "upper"))
        whole = kind == "integer" and high - low < MOST_POINTS
        points = int(high - low) + 1 if whole else 101
        if low >= high or not math.isfinite(high - low):
            element.wrong(f'issue "{name}" runs from {low:g} to {high:g}')
            return DomainIssue(name, ("?", "??"))
        if not whole:
            element.source.notes.append(f"numbers of {name} between the 101 that are on offer")
        return DomainIssue.of_numbers(name, low, high, points)
    if kind != "discrete":
        element.wrong(f'issues of type "{brief(kind, 40)}" are not read', "discrete, integer, real")
    levels = [item.attribute("value") for item in element.children if item.name == "item"]
    if len(set(levels)) < len(levels) or len(levels) < 2:
        element.wrong(f'issue "{name}" needs two items or more, each another value')
        return DomainIssue(name, tuple(dict.fromkeys([*levels, "?", "??"])))
    return DomainIssue(name, tuple(levels))


def _end(ends: XmlElement, word: str) -> float:
    """One end of a range, whose attribute is spelt in two ways."""
    other = f"{word}Bound"
    return ends.number(other if other in ends.attributes else f"{word}bound")


def _refuse_nonlinear(root: XmlElement) -> None:
    element = next((found for name in _NONLINEAR for found in root.below(name)), None)
    if element is not None or root.attributes.get("type", "").lower().startswith("nonlinear"):
        (element or root).wrong("a nonlinear utility space is not held: only linear additive ones are")
        root.source.checked()


def _profile(file: SourceText, root: XmlElement) -> ReadProfile:
    """One side's profile."""
    _refuse_nonlinear(root)
    elements = _issues(root)
    if not elements:
        root.wrong("there is no <issue> here")
        file.checked()
    issues = tuple(_issue(element) for element in elements)
    weights: dict[str, float] = {}
    for weight in root.below("weight"):
        index, amount = weight.attribute("index"), weight.number("value")
        if amount < 0:
            weight.wrong(f"weight {amount:g} is below 0")
        weights[index] = amount
    own = []
    for element in elements:
        index = element.attribute("index")
        if index not in weights:
            element.wrong(f'issue "{element.attributes.get("name", "")}" has no <weight> of index {index}')
        own.append(weights.get(index, 0.0))
    file.checked()  # values can only be read of issues that are whole
    values = tuple(_values(element, issue) for element, issue in zip(elements, issues, strict=True))
    worth, discount = _value_of(root, "reservation"), _value_of(root, "discount_factor")
    if discount is not None and not 0 < discount <= 1:
        root.wrong(f"discount_factor {discount:g} is not above 0 and at most 1")
    profile = UtilityProfile(
        file.path.stem, tuple(own), values, worth, None if discount is None or discount == 1 else discount
    )
    return ReadProfile(file, issues, profile)


def _value_of(root: XmlElement, name: str) -> float | None:
    element = next(root.below(name), None)
    return None if element is None else element.number("value")


def _values(element: XmlElement, issue: DomainIssue) -> tuple[float, ...]:
    """Values of an issue's levels, 0..1."""
    if issue.numbers is None:
        items = [item for item in element.children if item.name == "item"]
        found = [item.number("evaluation") for item in items]
        for item, number in zip(items, found, strict=True):
            if number < 0:
                item.wrong(f"evaluation {number:g} is below 0")
        most = max(found)
        return tuple(number / most if most > 0 else 0.0 for number in found)
    evaluator = element.child("evaluator")
    kind = "" if evaluator is None else evaluator.attributes.get("ftype", "")
    if evaluator is None or kind not in {"linear", "constant"}:
        element.wrong(f'issue "{issue.name}" has no linear evaluator: "{brief(kind, 40)}" is not held')
        return (0.0,) * len(issue.levels)
    low, high, points = issue.numbers
    if "slope" in evaluator.attributes or "offset" in evaluator.attributes:
        slope, offset = evaluator.number("slope"), evaluator.number("offset") - evaluator.number("slope") * low
    else:
        slope = evaluator.number("parameter1") if kind == "linear" else 0.0
        offset = evaluator.number("parameter0")
    step = (high - low) / (points - 1)
    return tuple(min(1.0, max(0.0, offset + slope * (low + step * n))) for n in range(points))


def _scaled(profile: UtilityProfile, domain: UtilityDomain) -> tuple[UtilityProfile, bool]:
    """The same preferences with 1 as the best level of every issue of names, as GENIUS reads evaluations."""
    weights, values, changed = [], [], False
    for n, (weight, row) in enumerate(zip(profile.weights, profile.values, strict=True)):
        most = max(row)
        if most in {0.0, 1.0} or (domain.issues[n].numbers is not None and _linear(domain, n)):
            weights.append(weight)
            values.append(row)
        else:
            weights.append(weight * most)
            values.append(tuple(value / most for value in row))
            changed = True
    total = sum(weights)
    if not changed or total <= 0:
        return profile, False
    worth = None if profile.reservation is None else profile.reservation / total
    whole = tuple(weight / total for weight in weights)
    return UtilityProfile(profile.name, whole, tuple(values), worth, profile.discount), True


def _linear(domain: UtilityDomain, n: int) -> bool:
    """Whether all sides value a numeric issue along a line, so that GENIUS can hold it as integers or reals."""
    return all(straight_line(profile.fitted()[0].values[n]) for profile in domain.profiles)


def _head(n: int, issue: DomainIssue, kind: str) -> str:
    return f'<issue index="{n}" etype="{kind}" type="{kind}" vtype="{kind}" name="{xml_escaped(issue.name)}"'


def _range(issue: DomainIssue) -> tuple[str, str]:
    """Kind of a numeric issue, and its bounds as attributes."""
    assert issue.numbers is not None
    low, high, points = issue.numbers
    if low == int(low) and high == int(high) and points == high - low + 1:
        return "integer", f'lowerbound="{int(low)}" upperbound="{int(high)}"'
    return "real", f'lowerbound="{low!r}" upperbound="{high!r}"'


def _domain_issue(n: int, issue: DomainIssue) -> str:
    if issue.numbers is not None:
        kind, bounds = _range(issue)
        return f"{_head(n, issue, kind)}>\n  <range {bounds}/>\n</issue>"
    items = "\n".join(f'  <item index="{k}" value="{xml_escaped(level)}"/>' for k, level in enumerate(issue.levels, 1))
    return f"{_head(n, issue, 'discrete')}>\n{items}\n</issue>"


def _profile_text(profile: UtilityProfile, domain: UtilityDomain) -> str:
    """A profile, weights before the issues as GENIUS writes them."""
    if any(not issue.levels for issue in domain.issues):
        raise InputError("an issue without levels cannot be written")
    lines = [
        f'<utility_space number_of_issues="{len(domain.issues)}">',
        '<objective index="0" etype="objective" type="objective" description="" name="any">',
        *(f'<weight index="{n}" value="{weight!r}"/>' for n, weight in enumerate(profile.weights, 1)),
    ]
    for n, (issue, values) in enumerate(zip(domain.issues, profile.values, strict=True), 1):
        if issue.numbers is not None and _linear(domain, n - 1):
            kind, bounds = _range(issue)
            low, high, _ = issue.numbers
            slope = (values[-1] - values[0]) / (high - low)
            offset = values[0] if kind == "integer" else values[0] - slope * low
            words = ("offset", "slope") if kind == "integer" else ("parameter0", "parameter1")
            told = f'{words[0]}="{offset!r}" {words[1]}="{slope!r}"'
            lines.append(
                f'{_head(n, issue, kind)}>\n  <range {bounds}/>\n  <evaluator ftype="linear" {told}/>\n</issue>'
            )
        else:
            lines.append(f"{_head(n, issue, 'discrete')}>")
            lines += [
                f'  <item index="{k}" value="{xml_escaped(level)}" evaluation="{value!r}"/>'
                for k, (level, value) in enumerate(zip(issue.levels, values, strict=True), 1)
            ]
            lines.append("</issue>")
    lines.append("</objective>")
    lines.append(f'<discount_factor value="{1.0 if profile.discount is None else profile.discount!r}"/>')
    if profile.reservation is not None:
        lines.append(f'<reservation value="{profile.reservation!r}"/>')
    return "\n".join([*lines, "</utility_space>", ""])
