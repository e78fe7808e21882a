"""What was run, by what, and how to run it again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.report.pieces import Command, KeyValues, Row, Section, Sentence, Span, Table, Words
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
    sameness: Words


def provenance_sections(manifest: Manifest, replay: Replay) -> tuple[Section, ...]:
    """Write the sections on replaying and on where everything comes from; for pages."""
    inputs = Section("provenance", "Provenance", (_facts(manifest), _inputs(manifest)), shown="page", folded=True)
    return (_replay(manifest, replay), inputs)


def run_replay(manifest: Manifest) -> Replay:
    """How a run is played again."""
    words = (
        "With the same versions the results have the same digest, ", Span(manifest.digest, "code"), ", and ",
        Span("sim compare", "code"), " of both folders finds them equal bit for bit.",
    )  # fmt: skip
    return Replay(
        (("From inside the results folder, which holds copies of all inputs:", replay_command(manifest)),), words
    )


def typed_command(manifest: Manifest) -> str:
    """The command as it was typed, without where its results went.

    The case may have been named by a folder of the person who ran it; ``replay_command`` needs nothing but the results.
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


def replay_command(manifest: Manifest) -> str:
    """The command that plays the same from the copies of the inputs, from inside the results folder."""
    words = ["sim", "run", manifest.inputs[0]["copy"]]
    if manifest.overlay is not None:
        words += ["--overlay", manifest.overlay]
    words += ["--draws", str(manifest.draws)]
    words += setting_options(manifest)
    if manifest.central:
        words.append("--central")
    return shlex.join([*words, "--out", AGAIN])


def setting_options(manifest: Manifest) -> list[str]:
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


def _replay(manifest: Manifest, replay: Replay) -> Section:
    commands = [Command(f"replay-{n}", words, command) for n, (words, command) in enumerate(replay.commands)]
    if command := typed_command(manifest):
        commands.insert(0, Command("replay-typed", "As it was typed, from the folder where it was typed:", command))
    return Section("replay", "Run it again", (*commands, Sentence(replay.sameness)), shown="page")


def _facts(manifest: Manifest) -> KeyValues:
    seconds = f", {manifest.seconds:.1f} seconds" if manifest.seconds else ""
    rows: list[tuple[str, Words]] = [
        ("program", f"{manifest.program} {manifest.version}"),
        ("case", manifest.case + (f", overlay {manifest.overlay}" if manifest.overlay else "")),
        ("draws", f"{manifest.draws:,}" + (", every number at its central value" if manifest.central else "")),
        ("seed", Span(manifest.seed, "code")),
        ("changed on the command line", _listed(manifest.changes)),
        ("ranges widened", f"half-widths × {manifest.widen:g}" if manifest.widen != 1 else ""),
        ("talks", _listed(manifest.talks)),
        ("conventions", _listed(_conventions(manifest))),
        ("started, took", f"{manifest.started}{seconds}"),
        ("code", _code(manifest)),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest.packages.items())),
        ("fingerprint of what was asked", Span(manifest.fingerprint, "code")),
        ("digest of the results", Span(manifest.digest, "code") if manifest.digest else ""),
    ]
    return KeyValues(tuple((name, words) for name, words in rows if words))


def _conventions(manifest: Manifest) -> Mapping[str, Any]:
    """The conventions in words of the case: what falls back on a war falls back on no deal where there is no war."""
    if manifest.talks.get("no_deal", "war") == "war":
        return manifest.conventions
    found = {key: value for key, value in manifest.conventions.items() if key != "damage"}
    return {**found, "alternative": "no deal"} if found.get("alternative") == "war" else found


def _inputs(manifest: Manifest) -> Table:
    rows: list[Row] = [[item["file"], Span(item["sha256"], "code")] for item in manifest.inputs]
    return Table("inputs-table", "Inputs, copied into the results folder", ("file", "SHA-256"), rows)


def _code(manifest: Manifest) -> str:
    if manifest.code is None:
        return "no repository"
    dirty = ", with changes that are not committed" if manifest.code.get("dirty") else ""
    return f"commit {manifest.code.get('commit')}{dirty}"


def _listed(found: Mapping[str, Any]) -> str:
    return "; ".join(f"{key} {_in_words(value)}" for key, value in found.items() if value not in (None, {}, [], ()))


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} {_in_words(item)}" for key, item in value.items() if item not in (None, {}, [], ()))
        return f"({inner})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " → ".join(str(item) for item in value)
    return str(value)


def played_facts(manifest: Manifest, *own: str) -> tuple[str, ...]:
    """What stands in a line below the title of a page: the case, what was played, seed and day.

    Example:
        >>> from types import SimpleNamespace
        >>> asked = SimpleNamespace(case="pie", overlay=None, seed="pie", started="2026-11-01T10:00:00")
        >>> played_facts(asked, "200 drawn worlds")
        ('Case pie', '200 drawn worlds', 'seed pie', '2026-11-01')
    """
    case = f"Case {manifest.case}" + (f", with {manifest.overlay}" if manifest.overlay else "")
    return (case, *own, f"seed {manifest.seed}", manifest.started[:10])
