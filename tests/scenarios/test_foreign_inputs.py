"""Inputs that once gave a wrong value or a traceback, of disputes of other people: each gives its right value."""

import json
import re
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.evidence import meant_by
from sim.runs.dead_numbers import decorative_numbers
from sim.scenario import draw, read_case
from sim.solutions.solve_all import solve_all
from sim.table import DealSpace, build
from sim.words import Proportion

#: Two who sell and buy a boat; what a row of the table changes is replaced.
BOAT = """
title = "A boat"
question = "For how much?"
seed = "boat"
draws = 12
default_assumed = "made up"
[issues.sum]
kind = "numeric"
low = 40_000
high = 60_000
points = 11
unit = "EUR"
status_quo = 40_000
[actors.owner]
patience = "0.9"
reservation = "0.1"
salience.sum = "1"
position.sum = "60000"
[actors.sailor]
patience = "0.9"
reservation = "0.1"
salience.sum = "1"
position.sum = "40000"
[talks]
round = "1 week"
rounds = 6
horizon = 6
"""


def case(tmp_path, *changes, text=BOAT, more=""):
    """A folder with the boat, some of its text replaced once, or written behind it."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    folder = tmp_path / "boat"
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_text(text + more, encoding="utf-8")
    return folder


def sim(*words):
    """Run a command; it never ends in a traceback."""
    found = CliRunner().invoke(main, [str(word) for word in words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def worlds_of(folder):
    """The core model at central numbers."""
    scenario = read_case(folder).scenario
    return build(DealSpace.of(scenario), draw(scenario, np.zeros(1, dtype=np.int64), central=True))


@pytest.mark.parametrize(("low", "step"), [(0.0, 1.0), (3_000_000.0, 1.0), (7e9, 1.0), (0.123456, 1e-7), (-5e6, 1.0)])
def test_a_level_is_its_number(tmp_path, low, step):
    """One of eleven levels is on offer, and there is one deal, whatever the numbers look like when they are short."""
    high, middle = low + 10 * step, low + 5 * step
    folder = case(
        tmp_path,
        ("low = 40_000", f"low = {low!r}"),
        ("high = 60_000", f"high = {high!r}"),
        ("status_quo = 40_000", f"status_quo = {low!r}\navailable = [{middle!r}]"),
        ('"60000"', f'"{high!r}"'),
        ('"40000"', f'"{low!r}"'),
    )
    worlds = worlds_of(folder)
    assert len(worlds.space) == 1
    scenario = worlds.scenario
    assert scenario.issues["sum"].values[worlds.space.deals[0, 0]] == pytest.approx(middle, rel=1e-12)
    np.testing.assert_allclose(worlds.flow[0, :, 0], [0.5, 0.5])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status_quo = 40_000", "status_quo = 41_500", "the nearest: 40000 and 42000"),
        ('reservation = "0.1"', 'reservation = "41500"', "in own value, where 0 is the worst deal"),
        ('reservation = "0.1"', 'reservation = "-0.4..0.1"', "in own value, where 0 is the worst deal"),
        ('patience = "0.9"', "patience = { value = 0.9, low = 0.5, high = 1.2 }", "must be above 0 and at most 1"),
        ('salience.sum = "1"', "salience.sum = { value = 1, low = 0, high = 1e300 }", "must be from 0 to"),
        ("horizon = 6", 'horizon = 6\nstrategies.owner.settings.exponent = "-0.1..2"', "above 0"),
        ("horizon = 6", "horizon = 50_000_000", "above the limit of 100,000"),
        ("low = 40_000", "low = " + "[" * 2_000, "nested too deeply"),
        ('"A boat"', '"A boat"\nevidence = "' + "b" * 5_000 + '"', "no evidence file"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(tmp_path, old, new, said):
    """A grid that is missed, a wrong unit, a range beyond what is allowed, too much: two lines and exit code 2."""
    folder = case(tmp_path, (old, new))
    for command in (("check", folder, "--quick"), ("run", folder, "--no-figures")):
        found = sim(*command)
        assert found.exit_code == 2
        assert said in " ".join(found.output.split())
        assert "scenario.toml:" in found.output or "limit" in said


def test_an_overlay_of_nothing_is_told_at_its_first_line(tmp_path):
    """What does not extend the case is refused with its place and what to write."""
    folder = case(tmp_path)
    (folder / "overlays").mkdir()
    (folder / "overlays" / "cheap.toml").write_text('[actors.owner]\nreservation = "0.2"\n', encoding="utf-8")
    found = sim("check", folder, "--quick")
    assert found.exit_code == 2
    assert "cheap.toml:1:1: error: this file does not extend" in " ".join(found.output.split())


def test_who_cares_for_nothing_changes_nothing(tmp_path):
    """A third actor with salience 0 has no say: the same deal as without him, though the rule names him."""
    third = '[actors.cook]\npatience = "0.9"\nreservation = "0"\nsalience.sum = "0"\nposition.sum = "50000"\n'
    plain = worlds_of(case(tmp_path))
    joined = worlds_of(case(tmp_path, ("[talks]", f"{third}[talks]"), more="sign.veto = ['cook']\n"))
    nash = [solve_all(worlds.table, ["nash"])["nash"].deal[0] for worlds in (plain, joined)]
    assert nash[0] == nash[1]
    assert joined.scenario.signers == ("owner", "sailor")


def test_deals_that_tie_are_told_as_a_tie(tmp_path):
    """Three berths, each best for nobody less than the others by the product: all three are of Nash."""
    worth = {"bow": (1.0, 0.2), "stern": (0.2, 1.0), "quay": (0.5, 0.4), "shore": (0.3, 0.3)}
    berths = 'kind = "categorical"\nlevels = ["bow", "stern", "quay", "shore"]\nstatus_quo = "shore"\n'
    start, end = BOAT.index('kind = "numeric"'), BOAT.index("[actors.owner]")
    text = BOAT[:start] + berths + BOAT[end:]
    for n, ideal in enumerate(("60000", "40000")):
        values = ", ".join(f'{name} = "{pair[n]}"' for name, pair in worth.items())
        text = text.replace(f'position.sum = "{ideal}"', f"values.sum = {{ {values} }}")
    folder = case(tmp_path, text=text.replace('reservation = "0.1"', 'reservation = "0"'))
    found = solve_all(worlds_of(folder).table, ["nash", "egalitarian"])
    assert (found["nash"].deal[0], found["nash"].also[0], found["nash"].ties[0]) == (0, 1, 3)
    assert (found["egalitarian"].deal[0], found["egalitarian"].ties[0]) == (2, 1)


def test_few_draws_leave_much_open():
    """Nothing seen in 20 and in 5 draws: up to 16 and 43 % all the same."""
    assert str(Proportion(0, 20)) == "0 % (at most 16 %)"
    assert str(Proportion(0, 5)) == "0 % (at most 43 %)"


@pytest.mark.parametrize("price", ['["52000"]', "[52_000]", "[5.2e4]", "{ between = [51_000, 53_000] }"])
def test_numbers_in_what_is_observed_are_numbers(tmp_path, price):
    """However it is written, the same level is refused; a range holds the levels within it."""
    article = '[article]\ntitle = "a"\nsha256 = "' + "0" * 64 + '"\n[claims.no]\nparagraph = 1\nspeaker = "sailor"\n'
    article += 'about = ["sailor"]\nsays = "no"\nkind = "stated"\n'
    seen = f'[observations.no]\nsays = "rejects"\nactor = "sailor"\ndeals.levels.sum = {price}\nbluff = "0.1"\n'
    folder = case(tmp_path, ('"A boat"', '"A boat"\nevidence = "./told.toml"'), more=seen + 'claims = ["no"]\n')
    (folder / "told.toml").write_text(article, encoding="utf-8")
    scenario = read_case(folder).scenario
    meant = scenario.observations["no"].deals
    chosen = DealSpace.of(scenario).select(meant.kinds, meant.levels)
    assert scenario.issues["sum"].values[np.flatnonzero(chosen)].tolist() == [52_000]


@pytest.mark.slow
def test_a_mediator_without_effect_is_called_decoration(tmp_path):
    """Under offers of the parties his own aims move nothing; where he writes the text they do, and it is nearer."""
    third = '[actors.notary]\nrole = "mediator"\npatience = "0.9"\nsalience.sum = "1"\nposition.sum = "44000..46000"\n'
    idle = case(tmp_path, ("[talks]", f"{third}[talks]"), ('reservation = "0.1"', 'reservation = "0..0.3"'))
    found = [path for path in decorative_numbers(read_case(idle).scenario) if path.startswith("notary.")]
    assert "notary.position.sum" in found
    wrote = 'protocol = "single-text"\nsettings = { mediator = "notary" }\n'
    writes = case(
        tmp_path, ("[talks]", f"{third}[talks]"), ('reservation = "0.1"', 'reservation = "0..0.3"'), more=wrote
    )
    assert "notary.position.sum" not in decorative_numbers(read_case(writes).scenario)


def test_several_articles_are_read_together(tmp_path):
    """Claims of two files are told apart by the file."""
    folder = case(tmp_path, ('"A boat"', '"A boat"\nevidence = ["./one.toml", "./two.toml"]'))
    for name in ("one", "two"):
        text = f'[article]\ntitle = "{name}"\nsha256 = "{"0" * 64}"\n[claims.asked]\nparagraph = 1\n'
        text += 'speaker = "owner"\nabout = ["owner"]\nsays = "asked"\nkind = "stated"\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    article = read_case(folder).article
    assert meant_by("one:asked", article.claims) == ("one:asked",)
    assert set(article.claims) == {"one:asked", "two:asked"}


@pytest.mark.slow
def test_talks_that_miss_a_deal_are_told(tmp_path):
    """Two who ask for all to the end: each would sign a price between, and the answer says that talks miss it."""
    folder = case(tmp_path, ("rounds = 6\nhorizon = 6", "rounds = 2\nhorizon = 2"), ('"0.1"', '"0.35..0.45"'))
    stubborn = "{ aspiration = 'hard-liner', acceptance = 'ac-next' }"
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    more = f"strategies = {{ owner = {stubborn}, sailor = {stubborn} }}\n"
    (folder / "scenario.toml").write_text(text + more, encoding="utf-8")
    told = " ".join(sim("run", folder, "--no-figures", "--out", tmp_path / "out").stdout.split())
    assert "there is no deal" in told
    assert "the talks miss a deal that all could accept" in told


@pytest.mark.slow
def test_which_programme_is_signed_is_an_outcome(tmp_path):
    """Who opens decides the price, though a deal is signed in every world: the answer tells what moves it."""
    more = "protocol = 'strategic-alternating-offers'\norder = ['owner', 'sailor']\n"
    folder = case(tmp_path, ('"0.1"', '"0.05..0.2"'), more=more)
    told = " ".join(sim("run", folder, "--no-figures", "--out", tmp_path / "out").stdout.split())
    assert "a deal is in force in" in told
    assert re.search(r"How sure:.* sum: [\d,]+ EUR → [\d,]+ EUR", told), told


@pytest.mark.slow
def test_a_script_without_a_guard_sweeps_with_workers(tmp_path):
    """It plays, or says in a sentence what to write: never the traceback of a pool."""
    folder = case(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
        import sim
        found = sim.sweep_case(sim.read_case({str(folder)!r}), over={{"owner.reservation": "0.1,0.9"}}, draws=10,
                               workers=2, out={str(tmp_path / "out")!r})
        print(found["ending_share"].sel(ending="deal").values.ravel().tolist())
        """),
        encoding="utf-8",
    )
    found = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "BrokenProcessPool" not in found.stderr
    assert json.loads(found.stdout.splitlines()[-1])[0] == 1.0


@pytest.mark.slow
def test_a_domain_of_two_hundred_thousand_deals_is_counted_out(tmp_path):
    """All solutions of a random one are those of an enumeration in plain NumPy."""
    rng = np.random.default_rng(7)
    sizes = (7, 7, 4, 4, 6, 8, 5)  # 188,160 deals
    weights = rng.dirichlet(np.ones(len(sizes)), 2)
    values = [rng.random((2, size)).round(3) for size in sizes]
    text = BOAT[: BOAT.index("[issues.sum]")]
    for i, size in enumerate(sizes):
        names = ", ".join(f'"l{n}"' for n in range(size))
        text += f'[issues.i{i}]\nkind = "categorical"\nlevels = [{names}]\nstatus_quo = "l0"\n'
    for a, name in enumerate(("owner", "sailor")):
        text += f'[actors.{name}]\npatience = "0.9"\nreservation = "0"\n'
        for i, size in enumerate(sizes):
            own = ", ".join(f'l{n} = "{values[i][a, n]}"' for n in range(size))
            text += f'salience.i{i} = "{float(weights[a, i])!r}"\nvalues.i{i} = {{ {own} }}\n'
    worlds = worlds_of(case(tmp_path, text=text + BOAT[BOAT.index("[talks]") :]))
    every = np.stack(np.meshgrid(*(np.arange(size) for size in sizes), indexing="ij"), -1).reshape(-1, len(sizes))
    worth = np.stack([sum(weights[a, i] * values[i][a, every[:, i]] for i in range(len(sizes))) for a in (0, 1)])
    scores = {"nash": worth.prod(axis=0), "egalitarian": worth.min(axis=0), "utilitarian": worth.sum(axis=0)}
    found = solve_all(worlds.table, list(scores))
    assert len(worlds.space) == 188_160
    for name, score in scores.items():
        np.testing.assert_allclose(worlds.flow[0, :, found[name].deal[0]], worth[:, score.argmax()], atol=1e-9)
