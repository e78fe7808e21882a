"""`sim theory` and `sim run --protocol all`: what theory says, beside what is played."""

import json
import re

import pytest
from click.testing import CliRunner

from sim.cli.main import main


def told(*words):
    """Exit code and standard output of a command."""
    done = CliRunner().invoke(main, list(words))
    return done.exit_code, done.stdout


def test_the_book_stands_beside_the_talks():
    """The pie's own protocol is backward induction, so its distance is nought; Rubinstein has no deadline."""
    code, out = told("theory", "scenarios/pie", "--draws", "3", "--json")
    assert code == 0
    found = json.loads(out)
    by_name = {one["found"]["name"]: one for one in found["applies"]}
    assert by_name["rubinstein"]["found"]["gains"]["first"]["median"] == pytest.approx(5 / 7)
    assert by_name["backward-induction"]["distance"]["gain"] == pytest.approx(0, abs=1e-12)
    assert by_name["backward-induction"]["distance"]["same_deal"] == 1
    lacking = {one["name"]: max(one["needs"], key=lambda need: need["worlds"]) for one in found["excluded"]}
    assert lacking["baron-ferejohn"]["instead"] == "First player and Second player sign"


def test_what_does_not_apply_says_why():
    """On a terminal theories are named, with what they lack."""
    code, out = told("theory", "scenarios/budget", "--draws", "5")
    assert code == 0
    flat = " ".join(out.split())
    assert "endogenous-hazard asks that breaking a deal is a choice: here collapses are drawn by a hazard" in flat
    assert "baron-ferejohn" in flat


def test_what_is_of_another_kind_of_dispute_is_counted_and_not_named():
    """Where no war is modelled no theory of one is named; where one is, each is."""
    calm, war = (told("theory", f"scenarios/{case}", "--draws", "3")[1] for case in ("pie", "ceasefire"))
    assert not re.search(r"\b(war|truces?|arms|fighting|preventive|stalemate)\b", calm)
    assert "more theories ask about a dispute of another kind" in " ".join(calm.split())
    assert "another kind than this one" not in " ".join(war.split())
    assert "spoilers asks that extremists attack to break trust" in " ".join(war.split())


def test_json_names_no_theory_of_another_kind_of_dispute_either():
    """It counts them, as the text does; what is left and what is left out are all that do not apply."""
    text = " ".join(told("theory", "scenarios/pie", "--draws", "2")[1].split())
    found = json.loads(told("theory", "scenarios/pie", "--draws", "2", "--json")[1])
    assert f"{found['other_disputes']} more theories ask about a dispute of another kind" in text
    named = json.dumps(found["excluded"])
    assert not re.search(r"\b(war|truces?|arms|fighting|preventive|stalemate)\b", named)
    whole = len(found["applies"]) + len(found["excluded"]) + found["other_disputes"]
    assert f"{len(found['applies'])} of {whole} theories apply" in text


@pytest.mark.slow
def test_ties_are_told_as_ties():
    """Sums are the same however a pie is divided; the other solutions decide."""
    found = CliRunner().invoke(main, ["theory", "scenarios/pie", "--draws", "2"])
    told = " ".join(found.stdout.split())
    assert "Several deals tie under utilitarian (101 deals in every world)" in told
    data = json.loads(CliRunner().invoke(main, ["theory", "scenarios/pie", "--draws", "2", "--json"]).stdout)
    tied = {one["found"]["name"]: (one["tied_worlds"], one["tied_deals"]) for one in data["applies"]}
    assert tied["utilitarian"] == (2, 101)
    assert tied["nash"] == (0, 0)


def test_where_the_threat_point_lies_is_explained(tmp_path, monkeypatch):
    """Programs differ in it; it is told where there are no cases too."""
    monkeypatch.chdir(tmp_path)
    told = " ".join(CliRunner().invoke(main, ["explain", "nash"]).stdout.split())
    assert all(words in told for words in ("threat point", "own minimum", "reservation", "things as they are"))


def test_bad_input_is_told():
    """An overlay that does not exist ends with exit code 2 and the nearest name."""
    code, _ = told("theory", "scenarios/ceasefire", "--overlay", "strong-guarantee")
    assert code == 2


@pytest.mark.slow
def test_one_table_of_every_way_out():
    """Every protocol, solution and theory on the same worlds, and where they differ."""
    code, out = told("run", "scenarios/ceasefire", "--protocol", "all", "--draws", "40", "--json")
    assert code == 0
    found = json.loads(out)
    assert {one["found"]["name"] for one in found["protocols"]} >= {"alternating-offers", "zeuthen", "single-text"}
    assert sum(one["own"] for one in found["protocols"]) == 1
    differ = found["disagreement"]
    assert 0 < differ["about_deal"] <= differ["protocols"] <= differ["all_ways"] <= 1
    low, high = differ["gains"]["russia"]
    assert low[1] <= high[1]


def test_every_way_out_keeps_nothing():
    """A folder cannot be asked for beside it."""
    code, _ = told("run", "scenarios/pie", "--protocol", "all", "--out", "somewhere")
    assert code == 2
