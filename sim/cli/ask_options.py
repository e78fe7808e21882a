"""The options of a command line that say how a case is asked, each spelt once for all commands."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.options import widen_option

if TYPE_CHECKING:
    from pathlib import Path

    from sim.ensemble.ask import Ask

CommandFunction = Callable[..., Any]


@dataclass(frozen=True)
class AskOptions:
    """What the options of a command say of a case besides its files; ``None`` or nothing where they are not given.

    overlay:  name of the overlay that is laid over it
    draws:    how many worlds, 1 or more
    seed:     root of all random numbers
    protocol: rules of the talks
    settings: texts PATH=VALUE, changes of the scenario
    widen:    factor on the half-widths of stated ranges, 1 or more
    central:  every number at its central value
    """

    overlay: str | None = None
    draws: int | None = None
    seed: str | None = None
    protocol: str | None = None
    settings: tuple[str, ...] = ()
    widen: float | None = None
    central: bool = False

    @property
    def given(self) -> tuple[str, ...]:
        """The options that are given, as they are written."""
        written = {"settings": "set"}
        found = [field.name for field in fields(self) if getattr(self, field.name) not in {None, (), False}]
        return tuple(f"--{written.get(name, name)}" for name in found)

    @property
    def changes(self) -> dict[str, Any]:
        """Changes of the scenario, by path.

        Raises:  InputError for a text that changes nothing
        """
        from sim.cli.case_arguments import changes_of

        return changes_of(self.settings)

    def ask(self, case: str | Path, *, overlays: str | Sequence[str] = ()) -> Ask:
        """Read the case and ask it; what is to be known of its files goes to standard error.

        Args:
            overlays: compared with the base: their names, or ``all``
        Raises:  InputError with everything that is wrong in the files, or with what is wrong in what is asked
        """
        from sim.cli.case_arguments import read
        from sim.ensemble.ask import ask

        return ask(
            read(case, self.overlay),
            overlays=overlays,
            changes=self.changes,
            seed=self.seed,
            protocol=self.protocol,
            widen=self.widen,
            draws=self.draws,
            central=self.central,
        )


#: What each option is for, as ``--help`` says.
_HELP: Final = {
    "overlay": "Lay this overlay over the scenario.",
    "draws": "How many worlds to draw; default: the scenario's.",
    "seed": "Root of all random numbers; default: the scenario's.",
    "protocol": "Rules of the talks (`sim models` lists them).",
    "settings": "Change the scenario; may be repeated.",
    "central": "Every number at its central value.",
}


def ask_options(
    *, leave_out: Sequence[str] = ("central",), protocols: str = "NAME", **told: str
) -> Callable[[CommandFunction], CommandFunction]:
    """Add the options, and pass what they say as one ``AskOptions``, ``given``.

    Args:
        leave_out: fields of ``AskOptions`` that the command does not take, or takes in a meaning of its own
        protocols: what may stand behind ``--protocol``
        told:      other words for what an option is for
    """
    words = {**_HELP, **told}
    options = {
        "overlay": click.option("--overlay", metavar="NAME", help=words["overlay"]),
        "draws": click.option("--draws", type=click.IntRange(min=1), help=words["draws"]),
        "seed": click.option("--seed", metavar="TEXT", help=words["seed"]),
        "protocol": click.option("--protocol", metavar=protocols, help=words["protocol"]),
        "settings": click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help=words["settings"]),
        "widen": widen_option,
        "central": click.option("--central", is_flag=True, help=words["central"]),
    }
    taken = [name for name in options if name not in leave_out]

    def decorate(command: CommandFunction) -> CommandFunction:
        @functools.wraps(command)
        def called(*args: Any, **words: Any) -> Any:
            return command(*args, given=AskOptions(**{name: words.pop(name) for name in taken}), **words)

        found: CommandFunction = called
        for name in reversed(taken):
            found = options[name](found)
        return found

    return decorate
