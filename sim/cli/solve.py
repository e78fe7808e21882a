"""`sim solve`: evaluate an equilibrium, or solve a game, on numbers of one's own."""

from __future__ import annotations

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim solve rubinstein delta_1=0.9 delta_2=0.8")
@click.argument("name")
@click.argument("numbers", nargs=-1, metavar="[NAME=VALUE]...")
@json_option
def solve(name: str, numbers: tuple[str, ...], *, as_json: bool) -> None:
    """Evaluate a theory on numbers, as an exercise of a textbook gives them.

    NAME is an equilibrium, a solution or a game solver of `sim models`, or a protocol that needs payoffs alone, such as
    zeuthen, which is then played; without numbers it says which it takes.

    Lists are written [0.9, 0.8, 0.95], tables of payoffs [[3, 0], [5, 1]]; numbers of a part are written part.number,
    for example dispute.power=0.55. A game of two is a=[[3, 0], [5, 1]] b=[[3, 5], [0, 1]]. Fractions such as 2/3 are
    numbers, and inf is infinity. NAME=@FILE takes a number or list from a file of JSON or NumPy, @FILE all arguments
    from one of JSON or TOML. Coalitions have their worth by who belongs, worth={12: 90, 123: 120}, or as the textbook
    has them: claims=[100, 200, 300] estate=200, costs=[…], left=1 right=2, weights=[3, 2, 1] quota=4.
    """
    from sim.cli.theory_arguments import evaluate_member, what_it_takes
    from sim.report.terminal_renderer import render_pieces

    if not numbers:
        taken = what_it_takes(name)
        if as_json:
            print_json(taken.to_json())
        else:
            render_pieces(taken.pieces())
        return
    answered = evaluate_member(name, numbers)
    if as_json:
        print_json(answered.to_json())
    else:
        render_pieces(answered.pieces())
