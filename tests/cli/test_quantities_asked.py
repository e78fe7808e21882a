"""Sweeps, sensitivity, discovery and the bridge take quantities and conditions by the same names, in every case."""

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.ensemble import Design, play
from sim.ensemble.measures import measures_of
from sim.ensemble.named_outcomes import outcome
from sim.foundations import InputError
from tests.shipped import shipped

#: A quantity, a name and a condition of each case.
ASKED = {
    "purchase": ("terms.price", "signers", "terms.price > 3.5e6 and signed"),
    "labour": ("terms.wage", "terms.security", "time < 0.1 and terms.wage >= 3"),
    "coalition": ("surplus_share.vvd", "signers", 'signers == "cu + vvd + cda + d66"'),
    "ceasefire": ("held", "state@2y", 'signed and terms.line == "line of contact"'),
}


def call(*words):
    """Run `sim` in this process; what it says, and its exit code."""
    found = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    return found.exit_code, found.output


@pytest.mark.slow
def test_a_quantity_alone_is_asked_about_by_its_median():
    """Half of the worlds lie above it, so something varies; before, every price counted as true."""
    scenario = shipped("purchase")
    (found,) = measures_of(scenario, ["terms.price"])
    assert found.text.startswith("terms.price > 3")
    results = play(Design.of_draws(scenario, 60))
    holds = found({"terms.price": outcome(results, "terms.price")})
    assert 0.25 < holds.mean() < 0.75


@pytest.mark.slow
def test_a_name_alone_is_asked_about_value_by_value():
    """Each coalition that occurs, the most frequent first; what holds or not stays as it is."""
    scenario = shipped("budget")
    found = [one.text for one in measures_of(scenario, ["signers", "signed"])]
    assert found[-1] == "signed"
    assert len(found) > 2
    results = play(Design.of_draws(scenario, 200))
    column = outcome(results, "signers")
    most = column.names[int(np.bincount(column.values.astype(int)).argmax())]
    assert found[0] == f'signers == "{most}"'


@pytest.mark.slow
@pytest.mark.parametrize("asked", [pytest.param(ASKED[case], id=case) for case in ASKED])
def test_sensitivity_and_discovery_take_all_of_them(asked, request):
    """None is refused, and none is taken for true everywhere."""
    case = request.node.callspec.id
    together = [word for text in asked for word in ("--of", text)]
    code, told = call("analyse", case, "--sensitivity", "delta", *together, "--draws", 60)
    assert code == 0, told
    for text in asked:
        code, told = call("analyse", case, "--discover", text, "--draws", 60)
        assert code == 0 or "so there is no region" in told, told
    code, told = call("analyse", case, "--sensitivity", "tornado", "--of", asked[0], "--draws", 2)
    assert code == 0, told


@pytest.mark.slow
def test_points_of_a_sweep_are_searched_for_a_quantity_too(tmp_path):
    """What a sweep kept is asked about by the same dotted names."""
    axes = ("--over", "buyer.patience=0.9:0.99:3", "--over", "seller.patience=0.9:0.99:3")
    out = tmp_path / "sweep"
    swept = ("sweep", "purchase", *axes, "--draws", 6, "--workers", 0, "--no-spread", "--no-figures", "--out", out)
    code, told = call(*swept)
    assert code == 0, told
    for text in ("terms.price", "terms.price > 3.5e6"):
        _, told = call("analyse", out, "--discover", text)
        assert "there is no outcome" not in told
        assert "so there is no region" in told  # nine points, or a price that patience does not move


@pytest.mark.slow
def test_the_bridge_takes_a_condition_and_refuses_a_bare_quantity():
    """With a condition that would do."""
    play_little = ("--draws", 10, "--no-conventions", "--no-spread", "--no-figures")
    code, told = call("bridge", "ceasefire", "--want", "held", *play_little)
    assert code == 2
    assert "held > " in told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("terms.price > 3.5e6 an signed", 'letter 21 of the condition "terms.price > 3.5e6 an signed"'),
        ("terms.price >", "letter 14"),
        ("terms.price = 3", 'a single "="'),
        ("terms.prize > 3", "did you mean terms.price?"),
        ("signed and (terms.price > 3", "letter 28"),
    ],
)
@pytest.mark.parametrize("option", ["--discover", "--of"])
def test_a_condition_that_makes_no_sense_is_an_error_with_its_place(option, text, place):
    """Exit code 2, and where it stops making sense or what is nearest."""
    method = () if option == "--discover" else ("--sensitivity", "delta")
    code, told = call("analyse", "purchase", *method, option, text, "--draws", 5)
    assert code == 2
    assert place in told.replace("\n", " ")


@pytest.mark.slow
def test_a_goal_that_is_a_quantity_says_what_would_do():
    """A bridge has to know which way."""
    from sim.bridges import Goal

    with pytest.raises(InputError, match="quantity") as found:
        Goal("terms.price").require(shipped("purchase"))
    assert "terms.price > 3" in found.value.problems[0].allowed


@pytest.mark.slow
@pytest.mark.parametrize(("text", "said"), [("terms.wage", "terms.wage > "), ("signers", 'signers == "union + firm"')])
def test_a_flip_of_what_stands_alone_is_of_a_condition(text, said):
    """A price above its median, the most frequent coalition; before, a price was taken for true and never flipped."""
    from sim.sensitivity import flip_distances

    scenario = shipped("labour")
    found = flip_distances(scenario, 6, of=[text], paths=["union.patience"])
    assert found.attrs["of"].startswith(said)
    assert found["modal_code"].attrs["flag_meanings"] == f"{found.attrs['of']}|not ({found.attrs['of']})"


def test_what_holds_everywhere_is_refused_with_what_varies():
    """Both always sign the purchase; its price is worth a question."""
    code, told = call("analyse", "buyer_seller", "--discover", "signers", "--draws", 60)
    flat = " ".join(told.split())
    assert code == 2
    assert 'signers == "buyer + seller" holds everywhere among 60 points' in flat
    assert "what varies here: terms.price" in flat
