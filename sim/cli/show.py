"""`sim show`: one draw of a run or a sweep, told again with every offer."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option, print_json


@click.command(epilog="Example: sim show results/ceasefire/20251123T071500Z-run-2000-3fa2c1d0 --draw 47")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--draw", type=click.IntRange(min=0), required=True, help="Number of the draw (the replicate in tables).")
@click.option("--point", type=click.IntRange(min=0), help="Point of a sweep, as in points.csv.")
@json_option
def show(folder: Path, draw: int, point: int | None, *, as_json: bool) -> None:
    """Replay one draw and tell its story: the world, the talks offer by offer, what came of them."""
    from sim.report.stability_pieces import certificate
    from sim.report.transcript import transcript_lines
    from sim.sweeps.stored_draw import replay_stored

    found = replay_stored(folder, draw, point)
    scenario, results = found.scenario, found.results
    lines = transcript_lines(results, scenario)
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
            {
                "results": str(folder),
                "draw": draw,
                "point": point,
                "where": dict(found.where),
                **story,
                "utility": utility,
                "held": int(results["held"].values[0]),
                "certificate": certificate(results, scenario),
                "offers": offers,
                "world": world,
                "transcript": lines,
            }
        )
        return
    click.echo(f"{scenario.title}: draw {draw}" + (f" at point {point}" if point is not None else ""))
    for name, value in found.where.items():
        click.echo(f"  {name} = {value}")
    click.echo()
    for line in lines:
        click.echo(line)
