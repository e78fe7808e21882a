"""KTAB's XML: dimensions, then actors with capability, positions and saliences."""

from __future__ import annotations

from sim.formats.file_format import FORMATS, AbstractStakeholderFormat
from sim.formats.ktab_csv import KTAB_SALIENCE, on_hundred
from sim.formats.located_xml import XmlElement, read_xml, xml_escaped
from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import Stakeholder, StakeholderIssue, StakeholderTable

#: What stands in such files besides and steers KTAB's own model.
_UNHELD = ("prngSeed", "IdealAdjustment", "ModelParameters")


@FORMATS.register("ktab-xml", source="KAPSARC Toolkit for Behavioral Analysis (MIT), scenario files of the SMP model")
class KtabXml(AbstractStakeholderFormat):
    """Reads and writes KTAB's XML: capability, and position and salience from 0 to 100 on each dimension.

    Source: Wise, Lester & Efird 2015, An Introduction to the KAPSARC Toolkit for Behavioral Analysis
    """

    suffixes = (".xml",)

    def recognises(self, file: SourceText) -> bool:
        """A scenario with dimensions."""
        return "<Scenario" in file.text[:2000] and "<dName" in file.text

    def read(self, files: list[SourceText]) -> StakeholderTable:
        """Read one file."""
        (file,) = files
        root = read_xml(file)
        names = [found.text.strip() for found in root.below("dName")]
        issues = tuple(StakeholderIssue(name) for name in names)
        if not names or len(set(names)) < len(names) or not all(names):
            root.wrong("<Dimensions> needs one <dName> or more, each another name")
        actors: list[Stakeholder] = []
        for element in root.below("Actor"):
            name = element.content("name")
            if not name or any(actor.name == name for actor in actors):
                element.wrong(f'a second actor is called "{name}"' if name else "an actor has no <name>")
            capability = element.child("capability")
            if capability is None:
                element.wrong(f'"{name}" has no <capability>')
            positions = _numbers(element, "Position", "dCoord", len(names))
            saliences = _numbers(element, "Salience", "dSal", len(names))
            if sum(saliences) > 100 + 1e-9:
                element.wrong(f'saliences of "{name}" sum to {sum(saliences):g}, above 100')
            amount = 0.0 if capability is None else capability.number()
            if amount < 0:
                element.wrong(f'capability {amount:g} of "{name}" is below 0')
            actors.append(Stakeholder(name, element.content("description") or name, amount, positions, saliences))
        if not file.problems and sum(any(actor.salience) for actor in actors) < 2:
            root.wrong("two actors or more with a salience above 0 are needed")
        file.checked()
        notes = tuple(f"<{name}>, which steers KTAB's own model" for name in _UNHELD if next(root.below(name), None))
        return StakeholderTable(
            root.content("name"), root.content("desc"), issues, tuple(actors), 100, KTAB_SALIENCE, notes
        )

    def write(self, table: StakeholderTable) -> tuple[str, list[str]]:
        """Write one file; positions of scales other than 0 to 100 are moved to it."""
        found, notes = on_hundred(table)
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<Scenario>", _tag("name", found.title)]
        lines += [_tag("desc", found.about), "  <Dimensions>"]
        lines += [f"  {_tag('dName', issue.name)}" for issue in found.issues]
        lines += ["  </Dimensions>", "  <Actors>"]
        for actor in found.actors:
            lines += ["    <Actor>"]
            pairs = {"name": actor.name, "description": actor.description, "capability": repr(actor.capability)}
            lines += [f"    {_tag(name, text)}" for name, text in pairs.items()]
            for group, item, numbers in (
                ("Position", "dCoord", actor.position),
                ("Salience", "dSal", actor.salience),
            ):
                lines += [
                    f"      <{group}>",
                    *(f"      {_tag(item, repr(one))}" for one in numbers),
                    f"      </{group}>",
                ]
            lines += ["    </Actor>"]
        return "\n".join([*lines, "  </Actors>", "</Scenario>", ""]), notes


def _tag(name: str, text: str) -> str:
    return f"  <{name}>{xml_escaped(text)}</{name}>"


def _numbers(actor: XmlElement, group: str, item: str, count: int) -> tuple[float, ...]:
    """One number from 0 to 100 per dimension."""
    found = list(actor.below(item))
    if len(found) != count:
        actor.wrong(f'"{actor.content("name")}" has {len(found)} <{item}> in <{group}>, there are {count} dimensions')
    numbers = []
    for element in found:
        number = element.number()
        if not 0 <= number <= 100:
            element.wrong(f"{number:g} is not allowed here: must be 0 to 100")
        numbers.append(number)
    return tuple([*numbers, *[0.0] * (count - len(numbers))][:count])
