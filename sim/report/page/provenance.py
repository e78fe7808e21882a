"""What was run, by what, and how to run it again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.report.kept import Kept
from sim.report.page.markup import Markup, element, joined, paragraph, section
from sim.store import Manifest

#: Options that say where to put or how to print, not what to play; those with a value first.
_ELSEWHERE: Final = ("--out",)
#: Where results played again go: beside the kept folder, from inside which the command is typed.
AGAIN: Final = "../again"
_PRINTED: Final = ("--json", "--no-figures")


@dataclass(frozen=True)
class Replay:
    """How the same comes out again.

    commands: (where it is to be typed, the command) of each way
    sameness: how one sees that it is the same
    """

    commands: Sequence[tuple[str, str]]
    sameness: Markup


def provenance(run: Kept, replay: Replay) -> Markup:
    """Write the sections on replaying and on where everything comes from."""
    return joined((_replay(run, replay), section("provenance", "Provenance", _facts(run), _inputs(run))))


def replay_of_run(manifest: Manifest) -> Replay:
    """How a run is played again."""
    words = joined(
        ("With the same versions the results have the same digest, ", element("code", manifest.digest), ", and ",
         element("code", "sim compare"), " of both folders finds them equal bit for bit.")
    )  # fmt: skip
    return Replay((("From inside the results folder, which holds copies of all inputs:", again(manifest)),), words)


def asked(manifest: Manifest) -> str:
    """The command as it was typed, without where its results went.

    The case may have been named by a folder of the person who ran it; ``again`` needs nothing but the results.
    """
    words: list[str] = []
    skip = False
    for word in manifest.argv:
        if skip or word in _PRINTED or word.startswith(tuple(f"{name}=" for name in _ELSEWHERE)):
            skip = False
        elif word in _ELSEWHERE:
            skip = True
        else:
            words.append(word)
    return shlex.join(words)


def again(manifest: Manifest) -> str:
    """The command that plays the same from the copies of the inputs, from inside the results folder."""
    words = ["sim", "run", manifest.inputs[0]["copy"]]
    if manifest.overlay is not None:
        words += ["--overlay", manifest.overlay]
    words += ["--draws", str(manifest.draws)]
    words += settings(manifest)
    if manifest.central:
        words.append("--central")
    return shlex.join([*words, "--out", AGAIN])


def settings(manifest: Manifest) -> list[str]:
    """What the command line changed, as options."""
    words: list[str] = []
    for path, value in manifest.changes.items():
        words += ["--seed", str(value)] if path == "seed" else ["--set", f"{path}={_toml(value)}"]
    if manifest.widen != 1:
        words += ["--widen", f"{manifest.widen!r}"]
    return words


def _toml(value: Any) -> str:
    """A value as the command line takes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _replay(run: Kept, replay: Replay) -> Markup:
    typed = asked(run.manifest)
    parts = [_command(f"replay-{n}", words, command) for n, (words, command) in enumerate(replay.commands)]
    if typed:
        parts.insert(0, _command("replay-typed", "As it was typed, from the folder where it was typed:", typed))
    return section("replay", "Run it again", *parts, paragraph(replay.sameness))


def _command(identity: str, words: str, command: str) -> Markup:
    button = element("button", "Copy", type="button", class_="copy", data_copy=identity, hidden=True)
    return joined(
        (
            paragraph(words),
            element("div", element("pre", element("code", command, id=identity)), button, class_="command"),
        )
    )


def _facts(run: Kept) -> Markup:
    manifest = run.manifest
    rows: list[tuple[str, object]] = [
        ("program", f"{manifest.program} {manifest.version}"),
        ("case", manifest.case + (f", overlay {manifest.overlay}" if manifest.overlay else "")),
        ("draws", f"{manifest.draws:,}" + (", every number at its central value" if manifest.central else "")),
        ("seed", element("code", manifest.seed)),
        ("changed on the command line", _listed(manifest.changes)),
        ("ranges widened", f"half-widths × {manifest.widen:g}" if manifest.widen != 1 else ""),
        ("talks", _listed(manifest.talks)),
        ("conventions", _listed(manifest.conventions)),
        ("started, took", f"{manifest.started}" + (f", {manifest.seconds:.1f} seconds" if manifest.seconds else "")),
        ("code", _code(manifest)),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest.packages.items())),
        ("fingerprint of what was asked", element("code", manifest.fingerprint)),
        ("digest of the results", element("code", manifest.digest) if manifest.digest else ""),
    ]
    lines = [element("div", element("dt", name), element("dd", value)) for name, value in rows if str(value)]
    return element("dl", *lines, class_="facts-list")


def _inputs(run: Kept) -> Markup:
    rows = [
        element("tr", element("th", item["file"], scope="row"), element("td", element("code", item["sha256"])))
        for item in run.manifest.inputs
    ]
    heads = element("tr", element("th", "file", scope="col"), element("th", "SHA-256", scope="col"))
    table = element(
        "table",
        element("caption", "Inputs, copied into the results folder", id="inputs-caption"),
        element("thead", heads),
        element("tbody", *rows),
        id="inputs-table",
    )
    return element("div", table, class_="scroll", role="region", aria_labelledby="inputs-caption")


def _code(manifest: Manifest) -> str:
    if manifest.code is None:
        return "no repository"
    dirty = ", with changes that are not committed" if manifest.code.get("dirty") else ""
    return f"commit {manifest.code.get('commit')}{dirty}"


def _listed(found: Mapping[str, Any]) -> str:
    return "; ".join(f"{key} {_said(value)}" for key, value in found.items() if value not in (None, {}, [], ()))


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} {_said(item)}" for key, item in value.items() if item not in (None, {}, [], ()))
        return f"({inner})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " → ".join(str(item) for item in value)
    return str(value)
