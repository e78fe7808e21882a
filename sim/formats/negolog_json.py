"""NegoLog: a profile per side, in JSON, keyed by issue and value."""

from __future__ import annotations

import json

from sim.formats.file_format import FORMATS, AbstractUtilityFormat
from sim.formats.located_node import LocatedNode, located_json
from sim.formats.profile_files import ReadProfile, domain_from
from sim.formats.source_text import SourceText
from sim.formats.utility_domain import DomainIssue, UtilityDomain, UtilityProfile


@FORMATS.register("negolog-json", source="Doğru, Keskin, Jonker, Baarslag & Aydoğan 2024, IJCAI demonstrations track")
class NegologJson(AbstractUtilityFormat):
    """Reads and writes profiles of NegoLog; its file of statistics is left aside.

    Source: Doğru et al. 2024, NegoLog: an integrated Python-based automated negotiation framework, IJCAI
    """

    suffixes = (".json",)

    def recognises(self, file: SourceText) -> bool:
        """Weights keyed by issue, or the statistics that stand beside them."""
        return '"issueWeights"' in file.text or file.path.name == "specs.json"

    def read(self, files: list[SourceText]) -> UtilityDomain:
        """Read one profile per side."""
        found = []
        for file in files:
            if file.path.name == "specs.json":
                file.notes.append("statistics in specs.json, which follow from the profiles")
            else:
                found.append(_profile(file, located_json(file)))
        name = files[0].path.absolute().parent.name if len({file.path.parent for file in files}) == 1 else ""
        return domain_from(files, found, name=name)

    def write(self, domain: UtilityDomain) -> tuple[dict[str, str], list[str]]:
        """Write profileA, profileB, … in one folder."""
        texts, notes = {}, [f"names of the sides: {', '.join(profile.name for profile in domain.profiles)}"]
        notes.append(f"the title: {domain.name}")
        for n, profile in enumerate(domain.profiles):
            one = profile.fitted()[0]
            if one.discount is not None:
                notes.append(f"the discount of {one.name}: {one.discount:g}")
            keys = [issue.name for issue in domain.issues]
            values = [
                dict(zip(issue.levels, row, strict=True)) for issue, row in zip(domain.issues, one.values, strict=True)
            ]
            told = {
                "reservationValue": one.reservation or 0.0,
                "issueWeights": dict(zip(keys, one.weights, strict=True)),
                "issues": dict(zip(keys, values, strict=True)),
            }
            letter = chr(ord("A") + n) if n < 26 else str(n + 1)
            texts[f"profile{letter}.json"] = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
        if any(issue.numbers is not None for issue in domain.issues):
            notes.append("that some issues are numeric: their numbers are names of levels")
        return texts, notes


def _profile(file: SourceText, root: LocatedNode) -> ReadProfile:
    weights, tables = root.member("issueWeights"), root.member("issues")
    for name, node in weights.table().items():
        if name not in tables.table():
            file.unknown("issue", name, list(tables.table()), node.line, node.column)
    issues, shares, values = [], [], []
    for name, node in tables.table().items():
        levels = tuple(node.table())
        if len(levels) < 2:
            node.wrong(f'issue "{name}" needs two values or more')
        issues.append(DomainIssue(name, levels))
        share = weights.member(name).number()
        if share < 0:
            weights.member(name).wrong(f"weight {share:g} is below 0")
        shares.append(share)
        values.append(tuple(level.number() for level in node.table().values()))
        for level, value in zip(node.table().values(), values[-1], strict=True):
            if value < 0:
                level.wrong(f"{value:g} is below 0")
    worth = root.member("reservationValue").number() if root.has("reservationValue") else None
    return ReadProfile(file, tuple(issues), UtilityProfile(file.path.stem, tuple(shares), tuple(values), worth))
