"""Whether the settings that are told to move the answer are the same whatever the seed."""

from sim.runs.difference import Shares
from sim.runs.flips import Flip
from sim.runs.proven_flips import proven_flips
from sim.scenario import change, read_case
from tests.audit.finding import Finding

SEEDS = 12

#: What the answer names, and the ending that it moves: its setting, and in which direction.
NAMED = {
    ("where red lines begin", "whole claim", "convention"): ("stalemate", -1),
    ("talks.decisive_chance", "high end", "number"): ("stalemate", +1),
    ("ukraine.beliefs.fragile.chance", "high end", "number"): ("stalemate", +1),
}


def told(seed, draws):
    """The settings, played again in fresh worlds of a seed."""
    case = change(read_case("scenarios/ceasefire").scenario, {"seed": f"flips {seed}"})
    none = Shares({}, 0)
    flips = [Flip(name, kind, setting, none, none, changes_modal=False, distance=0.0) for name, setting, kind in NAMED]
    return {(one.name, one.setting, one.kind): one for one in proven_flips(case, flips, first=0, worlds=draws)}


def findings(draws=400):
    """Over twelve seeds: how far each moves its ending, how often with that sign, and how often beyond chance."""
    seeds = [told(seed, draws) for seed in range(SEEDS)]
    for key, (ending, sign) in NAMED.items():
        moves = [found[key].change[ending] for found in seeds]
        right = sum(sign * move > 0 for move in moves)
        seen = sum(found[key].seen for found in seeds)
        flips = sum(found[key].changes_modal for found in seeds)
        moved = f"{min(moves):+.0%} to {max(moves):+.0%}; beyond chance {seen}, flips {flips} of {SEEDS}"
        same = f"one sign in {SEEDS} of {SEEDS}"
        yield Finding(f"{key[0]}, {key[1]}: {ending}", moved, same, right == SEEDS)
