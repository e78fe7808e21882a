"""`sim game`: solve a game in strategic or extensive form."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim game selten.efg")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def game(file: Path, *, as_json: bool) -> None:
    """Solve a game: dominance, equilibria, backward induction, quantal responses, advice.

    FILE is a game of Gambit (.nfg, .efg) or an array of NumPy (.npy, .npz) of shape (players, strategies of each
    player ...); or a conflict for the graph model (.toml): the options of each decision maker, the states that can
    occur, and the preferences of each.

    Of two players all equilibria are listed, of degenerate games with the continua that they form; of more the pure
    ones and where quantal responses lead. Trees in which everybody knows where he is are solved from their ends
    backwards, ties included. Of a conflict every state is told by whom and by which concepts it is stable (Nash, GMR,
    SMR, SEQ), and which coalitions would leave it. A game between the strategies of a case: sim tournament CASE.
    """
    if file.suffix.lower() == ".toml":
        _conflict(file, as_json=as_json)
        return
    from sim.formats.game_file import read_game
    from sim.foundations.plain_data import plain_data
    from sim.games import solve_game
    from sim.report.game_story import game_story
    from sim.report.terminal_renderer import render_terminal

    read = read_game(file)
    found = solve_game(read)
    if as_json:
        print_json({"file": str(file), **plain_data(_told(found))})
    else:
        render_terminal(game_story(read, found))


def _conflict(file: Path, *, as_json: bool) -> None:
    """Tell a conflict by the graph model."""
    from sim.formats.conflict_toml import read_conflict
    from sim.games.conflict_graph import solve_conflict
    from sim.report.conflict_story import conflict_story
    from sim.report.terminal_renderer import render_terminal

    read = read_conflict(file)
    found = solve_conflict(read)
    if not as_json:
        render_terminal(conflict_story(read, found))
        return
    names, makers = read.names, read.makers
    print_json(
        {
            "file": str(file),
            "title": read.title,
            "states": [{"name": name, "options": pattern} for name, pattern in zip(names, read.states, strict=True)],
            "equilibria": {concept: [names[s] for s in one] for concept, one in found.equilibria.items()},
            "stable": {
                concept: {maker: [names[s] for s in one[d].nonzero()[0]] for d, maker in enumerate(makers)}
                for concept, one in found.stable.items()
            },
            "escapes": [
                {"state": names[one.state], "coalition": [makers[d] for d in one.coalition]} for one in found.escapes
            ],
        }
    )


def _told(found: object) -> dict[str, object]:
    """Solutions as plain data; keys of JSON are text, so that a plan is a list."""
    from dataclasses import fields, replace

    from sim.games import SolvedGame

    assert isinstance(found, SolvedGame)
    told = {item.name: getattr(found, item.name) for item in fields(found)}
    if found.perfect is not None:
        plan = [
            {"player": player, "knows": knows, "move": move} for (player, knows), move in found.perfect.plan.items()
        ]
        perfect = replace(found.perfect, plan={})
        told["perfect"] = {
            "equilibria": perfect.equilibria,
            "plan": plan,
            "ties": perfect.ties,
            "more": perfect.more,
            "unique": perfect.unique,
        }
    return told
