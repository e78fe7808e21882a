"""`sim plot`: redraw figures of a run, or choose some."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import FiniteRange, json_option, print_json


@click.command(epilog="Example: sim plot results/ceasefire/RUN --only endings --format pdf --style paper")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--only", multiple=True, metavar="NAME", help="Draw this figure; may be repeated.")
@click.option(
    "--format", "formats", multiple=True, metavar="png|svg|pdf", help="May be repeated; default: png and svg."
)
@click.option(
    "--style", default="screen", show_default=True, metavar="screen|paper|dark", help="Colours and resolution."
)
@click.option("--width", type=FiniteRange(7, 40), default=9.0, show_default=True, help="Inches; the height follows.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to; default: figures/ in the results folder."
)
@click.option("--list", "listing", is_flag=True, help="List the figures that fit these results; draw none.")
@json_option
def plot(
    folder: Path,
    only: tuple[str, ...],
    formats: tuple[str, ...],
    style: str,
    width: float,
    out: Path | None,
    *,
    listing: bool,
    as_json: bool,
) -> None:
    """Draw the figures of a run from its stored results; nothing is played again.

    DIR is a results folder, as `sim run` named it, or one that `sim sweep`, `sim bridge` or `sim analyse` kept.
    """
    from sim.plots import PLOTS, fitting, plot_all, stems_of
    from sim.store import FIGURES_FOLDER, load_analyses, load_with_replays

    found = load_analyses(folder) or [load_with_replays(folder)]
    if listing:
        figures = [
            {"name": name, "summary": PLOTS.entry(name).summary, "title": PLOTS[name].title(results)}
            for results in found
            for name in fitting(results)
        ]
        if as_json:
            print_json({"results": str(folder), "figures": figures})
        else:
            width = max((len(item["name"]) for item in figures), default=0)
            for item in figures:
                click.echo(f"{item['name']:<{width}}  {item['title']}")
        return
    unfit = [name for name in only if not any(PLOTS[name].fits(results) for results in found)]
    written = [
        file
        for results, stems in zip(found, stems_of(found), strict=True)
        for file in plot_all(
            results,
            out or folder / FIGURES_FOLDER,
            formats or ("png", "svg"),
            [name for name in only if name in unfit or PLOTS[name].fits(results)] if only else None,
            style=style,
            width=width,
            stems=stems,
        )
    ]
    if as_json:
        print_json({"results": str(folder), "style": style, "files": [str(path) for path in written]})
    else:
        for path in written:
            click.echo(path)
