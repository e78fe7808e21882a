"""Where the spread of a sweep's or a bridge's answer comes from: evidence, model, luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.page.markup import Markup, joined, paragraph, section
from sim.report.page.table import Cell, Table
from sim.report.spread_parts import PARTS, STUDY_PARTS


def spread_section(found: Mapping[str, Any] | None) -> Markup:
    """Write the section; that it was not worked out is said too."""
    title = "Where the spread is from"
    if found is None:
        words = "The spread of this answer was not split into evidence, model and luck."
        return section("spread", title, paragraph(words))
    at = "with these levers in use" if found.get("at") == "found" else "of the scenario as it stands"
    tables = [
        _table("spread-point", f"Spread of the endings {at}", found.get("point"), PARTS),
        _table("spread-study", "Spread of the endings over the whole study", found.get("study"), STUDY_PARTS),
    ]
    return section("spread", title, paragraph(str(found.get("sentence", ""))), joined(tables))


def _table(identity: str, caption: str, found: Mapping[str, Any] | None, words: Mapping[str, str]) -> Markup:
    if not found:
        return Markup("")
    rows = [
        [words.get(name, name), Cell(f"{100 * part:.0f}% ± {100 * found['half'][name]:.0f}", float(part))]
        for name, part in found["part"].items()
    ]
    told = f"{caption}, shares of its variance ± 95 % ({found['worlds']:,} worlds)"
    return Table(identity, told, ("part", "share"), rows, (1,)).markup()
