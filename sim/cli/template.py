"""Templates of new cases: texts of the package, filled in, with every key that they leave out told behind them."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from sim.scenario.schema_keys import keys_in, schema_keys

#: What a new case can be like -> what `sim new --help` says of it.
KINDS: Final[Mapping[str, str]] = {
    "ceasefire": "two sides fight: a truce, a settlement, or neither",
    "purchase": "a buyer and a seller: price, delivery, warranty",
    "treaty": "three states and what each can ratify",
    "coalition": "parties of a parliament, in a table, and a majority of seats",
    "summit": "delegations, in a table, and unanimity",
    "labour": "a union and a firm during a strike",
    "monitored-deal": "limits for relief, inspected, that may break later",
    "pie": "two people divide a pie: the textbook case",
}
_WIDTH: Final = 112


def template_texts(kind: str, name: str, folder: Path, typed: Path, evidence: Path) -> dict[Path, str]:
    """Every file of a new case, with its text.

    Args:
        folder: the folder of the case
        typed: how it is typed at the root of the clone, for commands in the texts
        evidence: where its evidence file goes, if this kind has one
    """
    templates = {folder / "scenario.toml": f"{kind}.toml", folder / "README.md": "README-short.md"}
    if kind == "ceasefire":
        templates |= {
            folder / "README.md": "README.md",
            folder / "overlays" / "patient.toml": "overlay.toml",
            folder / "studies.toml": "studies.toml",
            evidence: "evidence.toml",
        }
    top = files("sim.cli") / "templates"  # files that hold {title}, {name} and {folder}
    if (top / f"{kind}.csv").is_file():
        templates[folder / "actors.csv"] = f"{kind}.csv"
    title = name.replace("-", " ").replace("_", " ").capitalize()
    words = {"{title}": title, "{name}": name, "{folder}": typed.as_posix()}
    texts = {path: _filled((top / file).read_text(encoding="utf-8"), words) for path, file in templates.items()}
    scenario = folder / "scenario.toml"
    texts[scenario] += f"\n{other_keys(texts[scenario])}"
    return texts


def other_keys(text: str) -> str:
    r"""Comments on every key that a scenario file does not use, as the schema describes them.

    Example:
        >>> 'issues.ISSUE.unit' in other_keys('title = "x"'), '\n#   title:' in other_keys('title = "x"')
        (True, False)
    """
    used = keys_in(tomllib.loads(text))
    lines = ["# What else can stand here; `sim explain KEY` says more. Names in capitals are yours, a NUMBER is any."]
    for key in schema_keys():
        if key not in used:
            told = f"{key.dotted}: {key.form}; {key.description}"
            lines += textwrap.wrap(told, _WIDTH, initial_indent="#   ", subsequent_indent="#       ")
    return "\n".join(lines) + "\n"


def _filled(text: str, words: Mapping[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
