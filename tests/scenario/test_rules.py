"""Rules across keys: each mistake in an otherwise sound scenario is found, at its place."""

import pytest

from sim.foundations import InputError
from sim.scenario import DEAL_LIMIT, deal_count, read_case
from sim.scenario.deal_count import too_many
from tests.scenario.small_case import SMALL, write_case

EVIDENCE = """
[article]
title = "t"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[claims.north-refuses]
paragraph = 1
speaker = "north"
about = ["line"]
says = "no"
kind = "stated"
"""

OBSERVATION = """
[observations.refuses]
says = "rejects"
actor = "north"
deals = { kind = "truce", levels = { line = ["front"] } }
bluff = { value = 0.1, assumed = "x" }
claims = ["north-refuses"]
"""


def found(folder, old, new, text=SMALL, evidence=EVIDENCE):
    """``path -> problem`` after one replacement in a sound scenario."""
    assert old in text
    (folder / "seed.toml").write_text(evidence, encoding="utf-8")
    write_case(folder, 'evidence = "seed.toml"\n' + text.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        read_case(folder)
    for problem in caught.value.problems:
        assert problem.file
        assert problem.line
        assert problem.column
        assert problem.source
    return {".".join(map(str, problem.path)): problem for problem in caught.value.problems}


def test_the_small_scenario_is_sound(tmp_path):
    """What the other tests break is whole, and its deals can be counted by hand."""
    (tmp_path / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    scenario = read_case(write_case(tmp_path, 'evidence = "seed.toml"\n' + SMALL + OBSERVATION)).scenario
    # 3 lines, 2 colours, 6 prices; follow-on talks only beside an unsettled status, so 1 * 2 + 2 * 1
    assert deal_count(scenario) == 3 * 2 * 6 * 4


MISTAKES = [
    # secrets
    ("[actors.north]", '[actors.north]\nprivate = ["war_cots"]', "actors.north.private.0", "no number", "war_cost"),
    ("[actors.north]", '[actors.north]\nprivate = ["power"]', "actors.north.private.0", "cannot be known", None),
    ("[actors.north]", '[actors.north]\nprivate = ["salience"]', "actors.north.private.0", "no range", None),
    # issues
    ('status_quo = "front"', 'status_quo = "fron"', "issues.line.status_quo", "no level", "front"),
    ('root_cause_of = "north"', 'root_cause_of = "nort"', "issues.status.root_cause_of", "no actor", "north"),
    ('root_cause_of = "north"', 'root_cause_of = "south"', "issues.status.root_cause_of", "neither", None),
    ('bound = ["uncle"]', 'bownd = ["uncle"]', "issues.status.consent.bownd", "no level", "bound"),
    ('bound = ["uncle"]', 'bound = ["uncel"]', "issues.status.consent.bound.0", "no actor", "uncle"),
    ("points = 6", "points = 6\navailable = [0, 3]", "issues.price.available.1", "no level 3", None),
    ("points = 6", "points = 6\navailable = []", "issues.price.available", "empty", None),
    ("points = 6", "points = 2000000000", "issues.price.points", "alone makes", None),
    ("points = 6", "points = 6\nenforcement = { 2 = -1 }", "issues.price.enforcement.2", "below 0", None),
    ("follow_on = { talks", "follow_on = { talk", "issues.follow.follow_on.talk", "no level", "talks"),
    # actors
    (
        'position.status = { value = "neutral"',
        'position.status = { value = "netral"',
        "actors.north.position.status.value",
        "no level",
        "neutral",
    ),
    (
        'low = "bound", high = "neutral"',
        'low = "neutral", high = "bound"',
        "actors.north.position.status",
        "backwards",
        None,
    ),
    (
        'low = "bound", high = "neutral"',
        'low = "free", high = "bound"',
        "actors.north.position.status",
        "outside its range",
        None,
    ),
    (
        'position.line = { value = "front"',
        'position.lin = { value = "front"',
        "actors.north.position.lin",
        "no issue",
        "line",
    ),
    (
        'position.line = { value = "front", assumed = "x" }',
        "",
        "actors.north.salience.line",
        "does not say what it wants",
        None,
    ),
    (
        "price = { value = 10,",
        "colour = { value = 10, assumed = 'x' }\nprice = { value = 10,",
        "actors.south.position.colour",
        "has no order",
        None,
    ),
    (
        "price = { value = 10, low = 5, high = 10",
        "price = { value = 12, low = 5, high = 12",
        "actors.south.position.price.value",
        "outside issue",
        None,
    ),
    ('blue = { value = 1, assumed = "x" }', "", "actors.south.values.colour", "leave out blue", None),
    ("blue = {", "bleu = {", "actors.south.values.colour.bleu", "no level", "blue"),
    (
        "[actors.south.values.colour]",
        "[actors.south.values.color]",
        "actors.south.values.color",
        "no issue",
        "colour",
    ),
    (
        'salience.line = { value = 1, assumed = "x" }',
        "",
        "actors.uncle.salience",
        "no issue: salience is missing",
        None,
    ),
    ("pressure.south", "pressure.sout", "actors.uncle.pressure.sout", "no actor", "south"),
    ("pressure.south", "pressure.uncle", "actors.uncle.pressure.uncle", "itself", None),
    (
        'power = { value = 0.5, assumed = "x" }\npower_shift = { mirrors',
        "power_shift = { mirrors",
        "actors.south",
        "no power",
        None,
    ),
    ("[actors.south]", "[actors.south]\nrole = 'guarantor'", "actors", "two parties", None),
    (
        "[actors.south]",
        "[actors.south]\nbonus = { issues = ['line', 'linee'], size = { value = 1, assumed = 'x' } }",
        "actors.south.bonus.issues.1",
        "no issue",
        "line",
    ),
    ("[actors.uncle]", "[actors.issues]", "actors.issues", "cannot be called", None),
    ("[actors.uncle]", "[actors.'un.cle']", "actors.un.cle", "dotted path", None),
    # red lines
    ('issue = "line"', 'issue = "lime"', "actors.south.red_lines.line.issue", "no issue", "line"),
    ('rejects = "old"', 'rejects = "olde"', "actors.south.red_lines.line.rejects", "no level", "old"),
    ('rejects = "old"', 'rejects = "front"', "actors.south.red_lines.line.rejects", "status quo", None),
    (
        'begins = { value = "half", low = "old", high = "front"',
        'begins = { value = "front"',
        "actors.south.red_lines.line.begins.value",
        "not on the way",
        None,
    ),
    (
        'begins = { value = "half", low = "old", high = "front"',
        'begins = { value = "old", low = "half", high = "front"',
        "actors.south.red_lines.line.begins",
        "outside its range",
        None,
    ),
    (
        'begins = { value = "half", low = "old", high = "front"',
        'begins = { value = "half", options = { half = 1, ol = 1 }',
        "actors.south.red_lines.line.begins.options.ol",
        "no level",
        "old",
    ),
    (
        'issue = "line"\nrejects = "old"',
        'issue = "colour"\nrejects = "old"',
        "actors.south.red_lines.line.rejects",
        "has no order",
        None,
    ),
    # talks
    ('"north", "south"]', '"north", "soth"]', "talks.order.1", "no actor", "south"),
    ("[talks.strategies.north]", "[talks.strategies.norht]", "talks.strategies.norht", "no actor", "north"),
    ('horizon = "5 years"', "horizon = 11", "talks.horizon", "before the talks", None),
    (
        '{ rule = "all" }',
        '{ rule = "double-majority", k = 2, quota = 1, weights = { north = 1, south = 1 }, blocking = 3 }',
        "talks.sign.blocking",
        "cannot come from 2",
        None,
    ),
    ('{ rule = "all" }', '{ rule = "all", blocking = 2 }', "talks.sign.blocking", "no effect", None),
    (
        '{ rule = "all" }',
        '{ rule = "double-majority", quota = 1, weights = { north = 1, south = 1 } }',
        "talks.sign.k",
        "missing",
        None,
    ),
    ('{ rule = "all" }', '{ rule = "k-of-n" }', "talks.sign.k", "missing", None),
    ('{ rule = "all" }', '{ rule = "k-of-n", k = 3 }', "talks.sign.k", "only 2 signers", None),
    ('{ rule = "all" }', '{ rule = "all", k = 1 }', "talks.sign.k", "no effect", None),
    ('{ rule = "all" }', '{ signers = ["north", "uncle"] }', "talks.sign.signers.1", "mediator", None),
    (
        '{ rule = "all" }',
        '{ rule = "weighted", weights = { north = 1 }, quota = 1 }',
        "talks.sign.weights",
        "no weight is given to south",
        None,
    ),
    (
        '{ rule = "all" }',
        '{ rule = "weighted", weights = { north = 1, south = 1 }, quota = 3 }',
        "talks.sign.quota",
        "together have 2",
        None,
    ),
    (
        '{ rule = "all" }',
        '{ rule = "weighted", weights = { north = 1, south = -1 } }',
        "talks.sign.weights.south",
        "below 0",
        None,
    ),
    ('{ rule = "all" }', '{ veto = ["nort"] }', "talks.sign.veto.0", "no actor", "north"),
    # numbers
    (
        'decisive_chance = { value = 0.1, assumed = "x" }',
        "decisive_chance = { value = 0.1 }",
        "talks.decisive_chance",
        "rests on nothing",
        None,
    ),
    (
        'mirrors = "north.power_shift"',
        'mirrors = "north.power_shif"',
        "actors.south.power_shift.mirrors",
        "no number",
        "north.power_shift",
    ),
    (
        "power_shift = { value = 0, low = -0.1, high = 0.1,",
        'power_shift = { mirrors = "south.power_shift",',
        "actors.south.power_shift.mirrors",
        "circle",
        None,
    ),
    (
        "power_shift = { value = 0, low = -0.1, high = 0.1,",
        'power_shift = { value = "a", low = "a", high = "b",',
        "actors.north.power_shift",
        "a number from -10 to 10",
        None,
    ),
    (
        'settings.exponent = { value = 0.5, assumed = "x" }',
        'settings.exponent = { value = 0.5, claims = ["north-refuse"] }',
        "talks.strategies.north.settings.exponent.claims.0",
        "no claim",
        "north-refuses",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake[2]}: {mistake[3]}")
def test_each_mistake_is_found(tmp_path, mistake):
    """One replacement, one problem at its keys, with the nearest right name."""
    old, new, path, words, nearest = mistake
    problems = found(tmp_path, old, new)
    assert path in problems
    assert words in problems[path].message
    assert problems[path].nearest == nearest


OBSERVED = [
    ('actor = "north"\n', 'actor = "nort"\n', "observations.refuses.actor", "no actor"),
    ('line = ["front"]', 'linne = ["front"]', "observations.refuses.deals.levels.linne", "no issue"),
    ('line = ["front"]', 'line = ["font"]', "observations.refuses.deals.levels.line.0", "no level"),
    ('line = ["front"]', 'status = ["neutral"]', "observations.refuses.deals", "no deal on the table"),
    ('kind = "truce"', 'kind = "partial"', "observations.refuses.deals", "no deal on the table"),
    ('claims = ["north-refuses"]', 'claims = ["north-refses"]', "observations.refuses.claims.0", "no claim"),
    (
        'begins = { value = "half", low = "old", high = "front", assumed = "x" }',
        'begins = { value = "half", low = "old", high = "front", claims = ["north-refuses"] }',
        "observations.refuses.claims.0",
        "enters twice",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "words"), OBSERVED)
def test_observations_are_about_something(tmp_path, old, new, path, words):
    """Observations name actors, deals and claims that exist, and claims enter once."""
    assert words in found(tmp_path, old, new, SMALL + OBSERVATION)[path].message


def test_claims_need_an_evidence_file(tmp_path):
    """A scenario that names claims but no file."""
    write_case(tmp_path, SMALL + OBSERVATION)
    with pytest.raises(InputError, match="names no evidence file"):
        read_case(tmp_path)


def test_a_default_reason_stands_behind_every_number(tmp_path):
    """Textbook cases say once why nothing has claims."""
    write_case(tmp_path, 'default_assumed = "textbook"\n' + SMALL.replace(', assumed = "x"', ""))
    assert read_case(tmp_path).scenario.numbers["north.patience"].quantity.assumed == ""


def test_more_deals_than_can_be_counted_out_are_no_mistake(tmp_path):
    """The deals to play are then searched for; only an issue that alone is beyond the limit is refused."""
    extra = '[issues.extra]\nkind = "numeric"\nlow = 0\nhigh = 40\npoints = 41\nstatus_quo = 0\n\n[actors.north]'
    wish = 'position.extra = { value = 1, assumed = "x" }\nsalience = { extra = { value = 0.1, assumed = "x" }, line'
    text = SMALL.replace("points = 6", "points = 5000").replace("[actors.north]", extra, 1)
    write_case(tmp_path, text.replace("salience = { line", wish, 1))
    scenario = read_case(tmp_path).scenario
    assert deal_count(scenario) > DEAL_LIMIT
    assert too_many(scenario)


def test_higher_layers_add_rules(tmp_path):
    """A rule handed in is asked, and its problems are located."""
    from sim.foundations import Problem

    write_case(tmp_path)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, extra_rules=[lambda scenario: [Problem("no", ("talks", "rounds"))]])
    assert caught.value.problems[0].source == "rounds = 12"
