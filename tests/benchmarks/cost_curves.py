"""What a world costs as a case grows: processor time over draws, actors, deals, rounds and horizon, with fitted powers.

    python tests/benchmarks/cost_curves.py [--repeats 3] [--out results/cost-curves.md]

Each curve changes one size of a case and leaves the others; the power is the slope of a line through the logarithms of
its upper half, where what a block costs by itself no longer shows. The figure is written beside the table.
"""

import argparse
import textwrap
import time
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from sim.backtest.decision import Decision
from sim.backtest.package import package_scenario
from sim.ensemble import Design, play_rows
from sim.foundations.duration import years
from sim.protocols import AlternatingOffers
from sim.scenario import change, read_scenario

HERE = Path(__file__).parents[2] / "scenarios"
DRAWS = 200
#: Where a world is long.
LONG_DRAWS = 50
#: Curve -> what is changed in which case.
CHANGED = {
    "draws": "worlds of `ceasefire`",
    "actors": "members of an assembly that votes on one number, 20 worlds",
    "deals": f"deals of `pie`, {DRAWS} worlds",
    "rounds": f"rounds of the talks of `pie`, {DRAWS} worlds",
    "horizon": f"months that `ceasefire` is followed, {LONG_DRAWS} worlds",
}


def assembly(actors):
    """So many who vote on one number, by majority."""
    rng = np.random.default_rng(actors)
    position, salience = 100 * rng.random((actors, 1)), 0.2 + 0.8 * rng.random((actors, 1))
    names = tuple(f"a{n}" for n in range(actors))
    ends = [np.full(1, end) for end in (0.0, 100.0, 0.0, 50.0)]
    return package_scenario(
        Decision("assembly", names, ("share",), position, salience, np.ones(actors), *ends),
        "alternating-offers",
        seed="a",
    )


def cases():
    """Curve -> size -> scenario and draws."""
    ceasefire, pie = (read_scenario(HERE / name) for name in ("ceasefire", "pie"))
    month = years(ceasefire.talks.round)
    return {
        "draws": {n: (ceasefire, n) for n in (125, 250, 500, 1000, 2000)},
        "actors": {n: (assembly(n), 20) for n in (6, 12, 24, 48, 96)},
        "deals": {n: (change(pie, {"issues.share.points": n}), DRAWS) for n in (101, 401, 1601, 6401)},
        "rounds": {
            n: (change(pie, {"talks.rounds": n, "talks.horizon": max(n, pie.talks.horizon_rounds)}), DRAWS)
            for n in (25, 100, 200, 400, 1600, 10_000)
        },
        "horizon": {
            n: (change(ceasefire, {"talks.horizon": f"{n * month:.9f} years"}), LONG_DRAWS)
            for n in (120, 480, 1920, 5000, 10_000)
        },
    }


def seconds(scenario, draws, repeats):
    """Least processor time of a few plays."""
    found = []
    for _ in range(repeats):
        begun = time.process_time()
        play_rows(Design.of_draws(scenario, draws), ["ending"])
        found.append(time.process_time() - begun)
    return min(found)


def offers(scenario, draws):
    """How often somebody speaks while a case is played, in all of its worlds at once."""
    spoken, act = [0], AlternatingOffers._act

    def counted(*args):
        spoken[0] += 1
        return act(*args)

    AlternatingOffers._act = counted
    try:
        play_rows(Design.of_draws(scenario, draws), ["ending"])
    finally:
        AlternatingOffers._act = act
    return spoken[0]


def why_actors_cost(sizes, taken):
    """What it is in the talks of an assembly that grows faster than its members, in sentences."""
    spoken = [offers(*case) for case in sizes.values()]
    each = [1000 * one / count for one, count in zip(taken, spoken, strict=True)]
    few, many = min(sizes), max(sizes)
    told = (
        "Time of an assembly goes with the offers that it hears. Everybody makes one a round and all others answer it, "
        f"and the more they are, the more rounds pass until a majority says yes: {few} members hear {spoken[0]} "
        f"offers, {many} hear {spoken[-1]} (power {power(list(sizes), spoken):.2f}). An offer with all its answers "
        f"takes {min(each):.2f} to {max(each):.2f} ms, {each[-1]:.2f} in the largest: power "
        f"{power(spoken, taken):.2f} over offers."
    )
    return textwrap.fill(told, 118) + "\n"


def power(sizes, taken):
    """Slope of the logarithms over the upper half of the sizes."""
    half = len(sizes) // 2
    return float(np.polyfit(np.log(sizes[half:]), np.log(taken[half:]), 1)[0])


def drawn(curves):
    """A panel for each curve."""
    figure = Figure(figsize=(3.1 * len(curves), 3.2), layout="constrained")
    for axes, (name, (sizes, taken)) in zip(
        figure.subplots(1, len(curves), squeeze=False)[0], curves.items(), strict=True
    ):
        axes.loglog(sizes, taken, "o-", color="#0072B2")
        axes.loglog(sizes, taken[-1] * np.array(sizes) / sizes[-1], ":", color="0.6")
        axes.set_title(f"{name}: power {power(sizes, taken):.2f}", fontsize=10)
        axes.set_xlabel(name)
        axes.set_xticks(sizes, [str(size) for size in sizes], fontsize=7)
        axes.minorticks_off()
    figure.axes[0].set_ylabel("seconds of processor time")
    figure.supxlabel("dotted: in proportion", fontsize=8, color="0.4")
    return figure


def table(curves, repeats, figure, why):
    """The text of the results."""
    rows = []
    for name, (sizes, taken) in curves.items():
        told = ", ".join(f"{size:,}: {1000 * value:,.0f}" for size, value in zip(sizes, taken, strict=True))
        rows.append(f"| {name} | {CHANGED[name]} | {told} | **{power(sizes, taken):.2f}** |")
    lines = "\n".join(rows)
    return f"""# What a case costs as it grows

Made by `python tests/benchmarks/cost_curves.py`: milliseconds of processor time of the play, the least of
{repeats} plays. The power is the slope of a line through the logarithms of the upper half: 1 is in proportion, 2 the
square. Other programs on the machine make single times dearer.

| size | of what | size: milliseconds | power |
|---|---|---|---|
{lines}

{why}
![Processor time over each size]({figure})
"""


def main():
    """Measure, print, draw and keep."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--repeats", type=int, default=3)
    asked.add_argument("--out", type=Path, default=HERE.parent / "results" / "cost-curves.md")
    args = asked.parse_args()
    curves = {}
    for name, sizes in cases().items():
        taken = [seconds(*case, args.repeats) for case in sizes.values()]
        curves[name] = (list(sizes), taken)
        if name == "actors":
            why = why_actors_cost(sizes, taken)
        told = ", ".join(f"{size}: {1000 * value:.0f} ms" for size, value in zip(sizes, taken, strict=True))
        print(f"{name}: power {power(list(sizes), taken):.2f} ({told})", flush=True)  # noqa: T201
    figure = args.out.with_suffix(".png")
    drawn(curves).savefig(figure, dpi=110)
    args.out.write_text(table(curves, args.repeats, figure.name, why), encoding="utf-8")


if __name__ == "__main__":
    main()
