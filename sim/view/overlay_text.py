"""The overlay that reproduces what is on screen."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.items import Item, Table

from sim.scenario import Number, Scenario, change, read_case, widened
from sim.scenario.case_files import OVERLAY_FOLDER
from sim.scenario.overlay import is_number
from sim.view.sliders import Stop
from sim.view.viewed_case import ViewedCase

#: Defaults of a number that need not be written.
_DEFAULTS: Final[Mapping[str, Any]] = {
    "concentration": 4.0, "factor": 1.0, "offset": 0.0, "unit": "", "assumed": "", "claims": [], "rates": [],
    "pool": "counts", "discount": 1.0,
}  # fmt: skip
_TILDE: Final = re.compile(r"~/[\w./-]+")


def overlay_text(
    opened: ViewedCase, fixed: Mapping[str, Stop], *, says: Sequence[str] = (), name: str = "my-world"
) -> str:
    """Write the TOML file that, laid over the case, gives the same endings again.

    Args:
        says: lines for its head, e.g. the endings that were on screen
        name: the file's name without ending
    """
    above, extends = _extended(opened)
    above = widened(above, opened.widen)  # the command widens them again
    wanted = screen_scenario(opened, fixed)
    found = {key: item for key, item in _difference(_dump(above), _dump(wanted)).items() if key != "title"}
    head = ["#:schema ../../overlay.schema.json", "# Set by hand in the viewer (sim view)."]
    head += [f"# {line}" for text in says for line in textwrap.wrap(text, 108)]
    head += ["# Play it again, with the path of this file in place of the one below:"]
    head += [f"#   {command(opened, saved_as(name))}"]
    head += [f"# or put it into the folder {OVERLAY_FOLDER} of the case and write --overlay {name}"]
    title = f"{opened.scenario.title} (as set by hand)"
    body = tomlkit.dumps(_table({"extends": extends, "title": title, **found}))
    return "\n".join([*head, body])


def screen_scenario(opened: ViewedCase, fixed: Mapping[str, Stop]) -> Scenario:
    """The scenario on screen: numbers moved by hand stand fixed and say so."""
    numbers = opened.scenario.numbers
    return change(opened.scenario, {path: _by_hand(numbers[path], stop) for path, stop in fixed.items()})


def command(opened: ViewedCase, name: str, *, here: bool = False) -> str:
    """The command line that plays the downloaded overlay.

    Args:
        name: of the overlay, or its path
        here: whether it is for this machine, so that the case is named by its path, wherever that is
    """
    base = opened.case.files[0].path
    copied = opened.case.folder.name != opened.name
    case = (base if copied else opened.case.folder).as_posix() if here else _case_words(opened)
    words = ["sim", "run", case, "--overlay", name, "--draws", str(opened.draws)]
    if opened.widen != 1:
        words += ["--widen", f"{opened.widen!r}"]
    for path, item in opened.changes.items():
        words += ["--seed", str(item)] if path == "seed" else ["--set", f"{path}={_inline(item).as_string()}"]
    # A shell puts the home folder in place of a tilde that is not quoted.
    return " ".join(word if _TILDE.fullmatch(word) else shlex.quote(word) for word in words)


def saved_as(name: str) -> str:
    """Where browsers put a download if nobody told them otherwise."""
    return f"~/Downloads/{name}.toml"


def _case_words(opened: ViewedCase) -> str:
    """How the case is named on a command line; a copy inside of a results folder by the case's own name."""
    folder = opened.case.folder.as_posix()
    if Path(folder).is_absolute() or opened.case.folder.name != opened.name:
        return opened.name
    return folder


def _by_hand(number: Number, stop: Stop) -> dict[str, Any]:
    """A number that stands still; a red line that begins at a level keeps being chosen among levels.

    Among options it may begin at the status quo itself, which a bare value may not.
    """
    quantity = number.quantity
    found: dict[str, Any] = {"value": stop.written}
    if isinstance(stop.written, str) and (quantity.options is not None or number.place[-1] == "begins"):
        found["options"] = {stop.written: 1.0}
    if quantity.unit:
        found["unit"] = quantity.unit
    found["assumed"] = f"set by hand in the viewer, in place of {quantity.words()}"
    return found


def _extended(opened: ViewedCase) -> tuple[Scenario, str]:
    """What the file extends, and its path from the ``overlays`` folder: the overlay shown, or the base."""
    base = opened.case.files[0].path
    overlay = opened.case.overlay
    if overlay is not None and overlay in opened.case.overlays:
        return opened.case.scenario, f"{overlay}.toml"
    return (opened.case.scenario if overlay is None else read_case(base).scenario), f"../{base.name}"


def _table(found: Mapping[str, Any]) -> Table:
    """Plain values and numbers in a line each, then each table under its heading; what is ``None`` is left out."""
    lines, below = tomlkit.table(), {}
    for name, item in found.items():
        if isinstance(item, Mapping) and not is_number(item):
            below[name] = item
        elif item is not None:
            lines.add(name, _inline(item))
    for name, item in below.items():
        lines.add(name, _table(item))
    return lines


def _inline(found: Any) -> Item:
    """A value in one line."""
    if isinstance(found, Mapping):
        line = tomlkit.inline_table()
        for name, item in found.items():
            if item is not None:
                line.add(name, _inline(item))
        return line
    if isinstance(found, list | tuple):
        items = tomlkit.array()
        items.extend(_inline(item) for item in found)
        return items
    plain: Item = tomlkit.item(found)
    return plain


def _dump(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json")


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What has to be laid over ``before`` to get ``after``; a number is given as a whole."""
    found: dict[str, Any] = {}
    for name, item in after.items():
        old = before.get(name)
        if item == old or item is None:
            continue
        if not isinstance(item, Mapping):
            found[name] = item
        elif is_number(item):
            found[name] = _short(item)
        else:
            below = _difference(old if isinstance(old, Mapping) and not is_number(old) else {}, item)
            if below:
                found[name] = below
    return found


def _short(number: Mapping[str, Any]) -> dict[str, Any]:
    """A number without what need not be written."""
    kept = {name: item for name, item in number.items() if item is not None and item != _DEFAULTS.get(name)}
    ranged = "low" in kept
    if kept.get("distribution") == ("uniform" if ranged else "fixed") or "options" in kept or "mirrors" in kept:
        kept.pop("distribution", None)
    if "mirrors" in kept:
        kept.pop("value", None)
    return kept
