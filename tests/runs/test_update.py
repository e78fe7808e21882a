"""Another article: what moves in the answer, which claim moves it, and what would move it again."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.runs.difference import difference, distance, regrouped
from sim.runs.other_evidence import update
from sim.scenario import read_case
from sim.scenario.changed_places import changed_places, new_claims, partly
from tests.report.folders import call
from tests.runs.news import write_news


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The case as its article has it, and as the second one has it too."""
    folder = write_news(tmp_path_factory.mktemp("news"))
    return read_case(folder), read_case(folder, overlay="later")


@pytest.fixture(scope="module")
def found(cases):
    """What the second article does."""
    return update(*cases, 60)


def test_what_is_changed_rests_on_the_new_claims(cases):
    """Two numbers differ, each with its claim of the second article; names that came to the old ones are no change."""
    assert new_claims(*cases) == {"second:gives_in", "second:waits"}
    changes = changed_places(*cases)
    assert {(change.path, change.claims) for change in changes} == {
        ("union.reservation", ("second:gives_in",)),
        ("firm.patience", ("second:waits",)),
    }


def test_all_or_nothing_of_what_is_changed_is_one_of_the_cases(cases):
    """With every change taken the later scenario is played, with none the base."""
    base, later = cases
    every = {change.place for change in changed_places(base, later)}
    for taken, case in ((every, later), (set(), base)):
        numbers = partly(base, later, taken).numbers
        assert {path: number.quantity.words() for path, number in numbers.items()} == {
            path: number.quantity.words() for path, number in case.scenario.numbers.items()
        }


def test_the_claim_that_moves_the_answer_is_named_first(found):
    """A union that would take less finds a deal more often; that the firm waits moves little by itself."""
    first, second = found.effects
    assert first.claims == ("second:gives_in",)
    assert first.alone.share["settlement" if "settlement" in first.alone.share else "deal"] > 0.2
    assert first.moved_alone > second.moved_alone
    assert found.moved == pytest.approx(distance(found.change))


def test_what_nothing_moves_is_refused(cases):
    """An overlay that changes no number, observation or rule is no news."""
    with pytest.raises(InputError, match="changes nothing"):
        update(cases[0], cases[0], 10)


def test_shares_are_what_they_are_and_add_up(found):
    """States before and after are shares of all worlds, and changes add up to nothing."""
    for one in (found.before, found.after):
        assert sum(one.states.share.values()) == pytest.approx(1)
    assert sum(found.change.share.values()) == pytest.approx(0)
    for watched in found.watch:
        assert sum(watched.seen.values()) == pytest.approx(1)
        assert sum(watched.unseen.values()) == pytest.approx(1)
        assert 0 < watched.expected < 1


@given(st.integers(5, 60), st.integers(0, 2**32 - 1))
def test_where_the_same_draws_count_the_error_is_that_of_pairs(size, seed):
    """Regrouped shares with one mask are the paired difference of those draws."""
    random = np.random.default_rng(seed)
    one, two = random.integers(0, 3, size), random.integers(0, 3, size)
    every = np.ones(size, bool)
    paired, other = difference(one, two, "abc"), regrouped(one, two, "abc", every, every)
    assert other.share == pytest.approx(paired.share)
    assert other.error == pytest.approx(paired.error)


def test_worlds_that_fit_in_both_are_compared_one_by_one():
    """Two runs of the same worlds stay paired though other worlds fit, and nothing differs where only these do."""
    random = np.random.default_rng(5)
    codes = random.integers(0, 2, 300)
    one, two = random.random(300) < 0.6, random.random(300) < 0.6
    found = difference(codes, codes, "ab", where_before=one, where_after=two)
    assert found == regrouped(codes, codes, "ab", one, two)
    assert found.paired
    apart = difference(codes, codes, "ab", where_before=one, where_after=two, paired=False)
    assert not apart.paired
    assert apart.share == pytest.approx(found.share)
    assert 0 < found.error["a"] < apart.error["a"]


def test_the_error_of_regrouped_shares_is_right():
    """Over many samples the change of a share spreads as much as its error says, though different draws count."""
    random = np.random.default_rng(3)
    shares, errors = [], []
    for _ in range(400):
        base = random.random(300)
        one, two = (base < 0.5).astype(int), (base + 0.1 * random.random(300) < 0.5).astype(int)
        counts, later = random.random(300) < 0.5, base < 0.8
        change = regrouped(one, two, "ab", counts, later)
        shares.append(change.share["b"])
        errors.append(change.error["b"])
    assert np.std(shares) == pytest.approx(np.mean(errors), rel=0.12)


@pytest.mark.slow
def test_the_command_tells_and_writes_a_page(cases, tmp_path):
    """Terminal, JSON and page name the claim that moved the answer."""
    page = tmp_path / "news.html"
    told = call("update", cases[0].folder, "--with", "later", "--draws", 40, "--page", page).output
    assert "the union would take less" in told
    assert "the union would take less" in page.read_text(encoding="utf-8")
    found = json.loads(call("update", cases[0].folder, "--with", "later", "--draws", 40, "--json").output)
    assert found["articles"] == ["The second report"]
    assert found["effects"][0]["claims"] == ["second:gives_in"]
    assert {"before", "after", "change", "moved", "watch"} <= set(found)


@pytest.mark.slow
def test_what_is_changed_for_both_is_changed_in_every_part(cases):
    """With --set both cases and each of the changes alone are played as it says; a wrong overlay is bad input."""
    told = call("update", cases[0].folder, "--with", "later", "--draws", 20, "--set", "talks.rounds=1", "--json").output
    assert json.loads(told)["before"]["draws"] == 20
    assert "laterr" in call("update", cases[0].folder, "--with", "laterr", expected=2).output
