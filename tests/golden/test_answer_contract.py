"""What machines may expect of the answer to any case; the kept answers are those that `sim run --json` gives."""

import json
import re
from functools import cache

import pytest

from sim.scenario.kinds import ending_codes
from tests.golden.kept import CASES, HERE
from tests.shipped import shipped

TWINS = ("headline", "states", "timeline", "terms", "terms_in_force", "signers", "who_would_sign")
#: Words that stand only where a war is modelled.
OF_WAR = re.compile(r"\b(truce|war|arms|stalemate|fighting)\b", re.IGNORECASE)


@cache
def scenario_of(case):
    """The scenario of a case, read once."""
    return shipped(case)


@pytest.fixture(params=sorted(CASES))
def answer(request):
    """A case's name and its kept answer."""
    return request.param, json.loads((HERE / f"{request.param}.json").read_text(encoding="utf-8"))["answer"]


def test_nothing_is_empty_and_everything_has_its_twin_over_all_draws(answer):
    """Where a deal is ever signed, there are terms; the twin of each key ends in `_all`."""
    _, found = answer
    for key in TWINS:
        assert found[key], key
        assert found[f"{key}_all"], key
        assert type(found[key]) is type(found[f"{key}_all"])


def test_shares_sum_to_one(answer):
    """States at the horizon and at each time, endings, signers, levels of issues without numbers."""
    _, found = answer
    for suffix in ("", "_all"):
        parts = [found[f"states{suffix}"], found[f"signers{suffix}"]]
        parts += [point["states"] for point in found[f"timeline{suffix}"]]
        for key in ("terms", "terms_in_force"):
            parts += [told for told in found[f"{key}{suffix}"].values() if "median" not in told]
        for shares in parts:
            assert sum(shares.values()) == pytest.approx(1.0, abs=1e-6)
            assert all(0 <= share <= 1 for share in shares.values())
    assert sum(found["endings"].values()) == pytest.approx(1.0, abs=1e-6)


def test_terms_are_numbers_in_their_unit_or_shares_of_levels(answer):
    """Of a numeric issue median, low, high in order and its unit; of others a share for levels of the issue."""
    case, found = answer
    scenario = scenario_of(case)
    for key in ("terms", "terms_in_force", "terms_all", "terms_in_force_all"):
        assert set(found[key]) <= set(scenario.issues)
        for name, told in found[key].items():
            issue = scenario.issues[name]
            if issue.kind == "numeric":
                assert set(told) == {"median", "low", "high", "unit"}
                assert told["low"] <= told["median"] <= told["high"]
                assert min(issue.values) <= told["low"]
                assert told["high"] <= max(issue.values)
                assert told["unit"] == issue.unit
            else:
                assert set(told) <= set(issue.levels)


def test_who_would_sign_names_actors_and_all(answer):
    """For each package a share for each who signs, and for all, or enough of them."""
    case, found = answer
    scenario = scenario_of(case)
    for shares in found["who_would_sign"].values():
        assert set(shares) - {"all"} <= set(scenario.actors)
        assert "all" in shares
        assert all(0 <= share <= 1 for share in shares.values())


def test_times_are_years_that_grow_and_signers_are_actors(answer):
    """The last time is the horizon; members are joined by ` + `, nobody is `nobody`."""
    case, found = answer
    scenario = scenario_of(case)
    times = [point["time"] for point in found["timeline"]]
    assert times == sorted(set(times))
    assert times[-1] == pytest.approx(scenario.talks.horizon_rounds * scenario.talks.round_years)
    assert found["timeline"][-1]["states"] == pytest.approx(found["states"])
    for names in found["signers"]:
        assert names == "nobody" or set(names.split(" + ")) <= set(scenario.actors)


def test_war_is_spoken_of_only_where_one_is_modelled(answer):
    """Keys and values alike; endings are the case's own."""
    case, found = answer
    assert set(found["endings"]) == set(ending_codes(scenario_of(case)))
    if case != "ceasefire":
        assert not OF_WAR.findall(json.dumps(found, ensure_ascii=False))


def test_the_first_sentence_says_how_things_stand_at_the_end(answer):
    """Two sentences at least: how it stands, then what the case asks for; no brackets within brackets."""
    _, found = answer
    assert len(found["headline"]) >= 2 or found["headline"][0].count(";") >= 1
    assert found["headline"][0].startswith("After ")
    for sentence in (*found["headline"], *found["headline_all"]):
        assert not re.search(r"\([^()]*\(", sentence)
        assert "nan" not in sentence
        assert "{" not in sentence
