"""What each part of the ceasefire case does to its answer, undone alone in the same worlds."""

from sim.ensemble import meanings
from sim.runs import run
from sim.scenario import change, read_case
from tests.audit.finding import Finding

ACTORS = ("russia", "ukraine", "us", "allies")
FRAGILE = ("true_hazard", *(f"{actor}.beliefs" for actor in ACTORS))
ENDINGS = ("stalemate", "war", "partial", "settlement", "truce")
#: What is undone -> the settings that undo it; what a lasting loss is worth is what it was before it was a lump.
PARTS = {
    "nothing": {},
    "Moscow's line on land": {
        "russia.red_lines.line.firmness": 0,
        "russia.red_lines.line.cost": 0,
    },
    "Moscow's condition": {"observations.moscow_asks_for_the_causes.bluff": 1},
    "talks reopen at all": {"talks.reopening.chance": 0},
    "deals can be fragile": {f"{whose}.fragile.chance": 0 for whose in FRAGILE},
    "pressure makes deals fragile": {f"{whose}.fragile.pressure": 0 for whose in FRAGILE},
    "a pause moves who prevails": {"russia.prevail_shift": 0},
    "damage counts years of war (instead: .04 of the stake, for ever)": {
        "conventions.damage": "for ever",
        **{f"{actor}.collapse_damage": 0.04 for actor in ACTORS},
    },
    "how fast both give in (instead: late in two years)": {
        "talks.rounds": "2 years",
        **{f"talks.strategies.{side}.aspiration": "time-dependent" for side in ("russia", "ukraine")},
        **{f"talks.strategies.{side}.settings": {} for side in ("russia", "ukraine")},
    },
    "only the length of talks (instead: two years)": {"talks.rounds": "2 years"},
    "a single text in one world of four": {"talks.protocol": "alternating-offers"},
    "the neutral hand of that text (instead: Washington's aims)": {"talks.settings.mediator": "us"},
}


def told(results):
    """Worlds that fit, what came of the talks in them, and the shares in which arms decided and talks missed a deal."""
    fits = results["consistent"].values.astype(bool)
    codes = enumerate(meanings(results, "ending"))
    shares = {name: (results["ending"].values[fits] == code).mean() for code, name in codes}
    said = [f"{shares[name]:.0%}" for name in ENDINGS]
    more = [results[name].values[fits] > 0 for name in ("decided_by_arms", "talks_failed_at_table")]
    said += [f"{share.mean():.0%}" for share in more]
    return f"{fits.sum()}: {' / '.join(said)}"


def findings(draws=1_000):
    """One row for each part: the same draws, of which those count that fit under what is undone."""
    case = read_case("scenarios/ceasefire").scenario
    yield Finding(
        "worlds that fit: no deal / broke / partial / settlement / truce / arms decided / missed, undone:", ""
    )
    for part, changes in PARTS.items():
        yield Finding(f"… {part}", told(run(change(case, changes), draws)))
