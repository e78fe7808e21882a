"""The command `sim` and its subcommands, each imported only when it is used."""

from __future__ import annotations

import gc
import importlib
import warnings
from typing import Any, Final, NamedTuple, TextIO

import click

from sim.cli.streams import safe_streams


class CommandEntry(NamedTuple):
    """Where a subcommand is, and what `sim --help` says of it without importing it."""

    module: str
    name: str
    help: str


COMMANDS: Final[dict[str, CommandEntry]] = {
    "check": CommandEntry("sim.cli.check", "check", "Is the scenario sound? Does every number name its evidence?"),
    "run": CommandEntry("sim.cli.run", "run", "Play a scenario: what happens, how sure, why."),
    "sweep": CommandEntry("sim.cli.sweep", "sweep", "Play it at many points: where each ending lies."),
    "plan": CommandEntry("sim.cli.plan", "plan", "Say what a sweep would take; nothing is run."),
    "show": CommandEntry("sim.cli.show", "show", "Tell one draw again, offer by offer."),
    "reproduce": CommandEntry("sim.cli.reproduce", "reproduce", "Play stored results again and compare bit for bit."),
    "analyse": CommandEntry("sim.cli.analyse", "analyse", "Ask what moves the outcome, and what the answer rests on."),
    "bridge": CommandEntry(
        "sim.cli.bridge", "bridge", "Find the smallest change that makes an ending as likely as asked."
    ),
    "theory": CommandEntry("sim.cli.theory", "theory", "Say what theory predicts, beside what the talks come to."),
    "tournament": CommandEntry("sim.cli.play_tournament", "tournament", "Say who should bargain how."),
    "game": CommandEntry("sim.cli.solve_game", "game", "Solve a game in strategic or extensive form, from a file."),
    "solve": CommandEntry("sim.cli.solve", "solve", "Evaluate a theory on numbers of a textbook exercise."),
    "plot": CommandEntry("sim.cli.plot_figures", "plot", "Redraw or choose figures of a run."),
    "report": CommandEntry("sim.cli.report", "report", "Write one page about a run, to send or to print."),
    "compare": CommandEntry("sim.cli.compare", "compare", "Put two runs side by side."),
    "update": CommandEntry("sim.cli.update", "update", "Say what another article changes, and what to watch."),
    "view": CommandEntry("sim.cli.view", "view", "Play with a case in the browser: sliders, reasons, a map."),
    "explain": CommandEntry("sim.cli.explain", "explain", "Say where a number comes from, or what a protocol does."),
    "models": CommandEntry("sim.cli.models", "models", "List protocols, strategies, solutions, equilibria."),
    "score": CommandEntry("sim.cli.score", "score", "Judge a case against dated forecasts."),
    "backtest": CommandEntry("sim.cli.backtest", "backtest", "Judge forecasts and talks on decisions that were taken."),
    "agree": CommandEntry("sim.cli.agree", "agree", "Do people who coded the same source agree? Pool what they say."),
    "new": CommandEntry("sim.cli.new", "new", "Write a commented scenario that already runs."),
    "import": CommandEntry("sim.cli.import_case", "import_case", "Make a case of files of KTAB, GENIUS, NegMAS, …"),
    "export": CommandEntry("sim.cli.export_case", "export_case", "Write a case as files of another program."),
    "schema": CommandEntry("sim.cli.print_schema", "schema", "Print the JSON Schema of scenario files, for editors."),
}


#: Objects made between two looks for circles of them: of the hundreds of thousands that a command makes hardly any are
#: in one, and to look as often as Python does by itself takes a twentieth of a short run.
_OBJECTS: Final = 50_000


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is called, and turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the subcommands, in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        try:
            module = importlib.import_module(entry.module)
        except ModuleNotFoundError as error:
            if error.name != entry.module:
                raise
            raise click.ClickException(f"`sim {cmd_name}` is not part of this version yet") from None
        command: click.Command = getattr(module, entry.name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; an unknown one is answered with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean `sim {near[0]}`?" if near else f" There are: {', '.join(COMMANDS)}."
            raise click.UsageError(f'There is no command "{args[0]}".{hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List subcommands from the table, so that none has to be imported."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run from the command line, on streams that may be closed or full."""
        gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
        with safe_streams(), warnings.catch_warnings():
            warnings.showwarning = _tell_warning
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run; bad input ends with exit code 2 and a message, never a traceback."""
        from sim.evidence.borders import trusting

        try:
            with trusting(*ctx.params["trust"]):
                return super().invoke(ctx)
        except click.BadParameter as error:
            from sim.cli.misuse import plainly

            raise plainly(error) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from sim.cli.problems import as_told, report

            told = as_told(error)
            if told is None:
                raise
            report(told, as_json=bool(ctx.meta.get("sim.json")))
            ctx.exit(2)


def _tell_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Say a warning as a sentence for users, without the line of code that met it."""
    del category, filename, lineno, file, line
    click.echo(f"warning: {message}", err=True)


def _tell_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print what a report of a mistake should name."""
    if not value:
        return
    from sim.store.manifest import FORMAT
    from sim.store.provenance import own_commit, own_version

    click.echo(f"sim, version {own_version()} ({f'commit {found}' if (found := own_commit()) else 'no clone'})")
    click.echo(
        f"results folders: format {FORMAT}, reads 1 to {FORMAT}; scenario files: `sim schema`, as of this version"
    )
    ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: sim run scenarios/ceasefire",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version, the commit and the formats of files, and exit.",
)
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Let scenarios name files of this folder too, outside of their project; may be repeated.",
)
def main(trust: tuple[str, ...]) -> None:
    """Let the actors of a news article bargain: a distribution over endings, and why.

    Exit codes: 0 done (no deal is an answer) · 1 a yes-or-no question answered no · 2 bad input.
    """
    del trust  # whoever invokes the group heeds it
