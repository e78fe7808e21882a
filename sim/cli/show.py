"""`sim show`: one draw of a run or a sweep, told again with every offer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import json_option, print_json

if TYPE_CHECKING:
    from sim.scenario import Scenario


@click.command(epilog="Example: sim show results/ceasefire/20251123T071500Z-run-2000-3fa2c1d0 --draw 47")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--draw", type=click.IntRange(min=0), required=True, help="Number of the draw (the replicate in tables).")
@click.option("--point", type=click.IntRange(min=0), help="Point of a sweep, as in points.csv.")
@json_option
def show(folder: Path, draw: int, point: int | None, *, as_json: bool) -> None:
    """Replay one draw and tell its story: the world, the talks offer by offer, what came of them."""
    from sim.experiments.replay import replay_draw
    from sim.report.transcript import transcript

    scenario, fixed, central, where = _found(folder, draw, point)
    results = replay_draw(scenario, draw, central=central, fixed=fixed)
    lines = transcript(results, scenario)
    world = {
        str(path): float(value) for path, value in zip(results["path"].values, results["number"].values[0], strict=True)
    }
    if as_json:
        from sim.store import meanings

        story = {name: meanings(results, name)[int(results[name].values[0])] for name in ("declared", "ending")}
        offers = [
            {
                "round": int(results["offer_round"].values[n]) + 1,
                "actor": str(results["actor"].values[results["offer_actor"].values[n]]),
                "act": str(results["offer_act"].values[n]),
                "deal": {
                    str(issue): str(results["deal_level"].values[i, results["offer_deal"].values[n]])
                    for i, issue in enumerate(results["issue"].values)
                },
            }
            for n in range(results.sizes["offer"])
        ]
        utility = dict(zip(map(str, results["actor"].values), results["utility"].values[0].tolist(), strict=True))
        print_json(
            {"results": str(folder), "draw": draw, "point": point, "where": where, **story, "utility": utility,
             "held": int(results["held"].values[0]), "offers": offers, "world": world, "transcript": lines}
        )  # fmt: skip
        return
    click.echo(f"{scenario.title}: draw {draw}" + (f" at point {point}" if point is not None else ""))
    for name, value in where.items():
        click.echo(f"  {name} = {value}")
    click.echo()
    for line in lines:
        click.echo(line)


def _found(folder: Path, draw: int, point: int | None) -> tuple[Scenario, dict[str, float], bool, dict[str, Any]]:
    """Scenario, fixed numbers, whether at central values, and where that is."""
    from sim.experiments.sweep.again import ask_again, point_of, stored_scenario
    from sim.foundations import InputError, Problem
    from sim.store import load_manifest

    manifest = load_manifest(folder)
    if not manifest.sweep:
        if point is not None:
            raise InputError(Problem("a single run has no points; leave out --point"))
        _refuse_beyond(draw, "this run", 0, manifest.draws)
        return stored_scenario(folder), {}, manifest.central, {}
    asked = ask_again(folder)
    if point is None:
        if len(asked.points) > 1:
            raise InputError(
                Problem("which point of the sweep?", allowed=f"--point 0 to {len(asked.points) - 1}, as in points.csv")
            )
        point = 0
    scenario, fixed = point_of(asked, point)
    # points that do not share their draws number them one after the other
    first = 0 if asked.common else int(asked.points.inverse[point]) * asked.draws
    _refuse_beyond(draw, "each point of this sweep" if asked.common else f"point {point}", first, asked.draws)
    return scenario, fixed, False, dict(asked.points.coordinates(point))


def _refuse_beyond(draw: int, whose: str, first: int, count: int) -> None:
    """Refuse a draw that was not played, which would be a world nobody counted."""
    from sim.foundations import InputError, Problem

    if not first <= draw < first + count:
        draws = f"draws {first} to {first + count - 1}" if count > 1 else f"draw {first} only"
        raise InputError(Problem(f"there is no draw {draw}: {whose} has {draws}"))
