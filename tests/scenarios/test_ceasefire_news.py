"""The second article about the ceasefire: its text, its claims, and what `sim update` makes of it."""

from pathlib import Path

import pytest

from sim.evidence import read_article, verify_source
from sim.jobs.update_case import update_case
from sim.report.pieces import plain_text
from sim.report.update_story import what_words
from sim.scenario import read_case
from sim.scenario.changed_places import changed_places, new_claims

PROJECT = Path(__file__).parents[2]
CASE = PROJECT / "scenarios" / "ceasefire"
NEWS = CASE / "news" / "istanbul-memoranda.toml"
OBSERVED = {"kyiv_offers_watched_truce", "moscow_refuses_watched_truce"}


@pytest.fixture(scope="module")
def cases():
    """The case as the report has it, and as the memoranda have it too."""
    return read_case(CASE), read_case(CASE, overlay="istanbul-memoranda")


def test_it_is_news_and_no_what_if(cases):
    """By its name it is found in the folder of news, and it is not among what `--overlays all` compares."""
    base, later = cases
    assert NEWS in {file.path.resolve() for file in later.files}
    assert later.overlay not in base.overlays


def test_its_text_is_the_one_that_its_claims_are_from():
    """The hash of the short text of our own is that of the file beside the claims."""
    article = read_article(PROJECT / "seeds" / "istanbul.toml")
    assert verify_source(article, PROJECT / "seeds" / "istanbul.txt").matches


def test_all_that_it_changes_cites_it_and_all_of_it_is_cited(cases):
    """Numbers, a red line and two observations, no lever: each with claims of the second article, each claim used."""
    changes = changed_places(*cases)
    assert {change.place[1] for change in changes if change.place[0] == "observations"} == OBSERVED
    cited = [name for change in changes for name in change.claims]
    assert len(changes) == 9
    assert set(cited) == new_claims(*cases)
    assert all(name.startswith("istanbul:") for name in cited)


@pytest.mark.slow
def test_update_tells_what_moved_by_which_claim_and_what_to_watch(cases):
    """Fewer worlds fit two more observations; every claim has its effect; shares before and after are shares."""
    found = update_case(cases[0], NEWS, 40)
    assert found.articles == ("Istanbul, June 2025: each side hands over its memorandum",)
    assert found.found.after.fitting < found.found.before.fitting
    assert len(found.found.effects) == 9
    data = found.to_json()
    for when in ("before", "after"):
        assert sum(data[when]["states"]["count"].values()) == data[when]["fitting"]
    told = " ".join(what_words(found.told, change) for one in found.found.effects for change in one.changes)
    assert 'Ukraine: red line on "Growth of NATO"' in told
    assert "claims" not in told
    lead = dict(found.story.sections[0].pieces[0].pairs)
    assert set(lead) == {"What moved", "Which claim moved it", "What to watch"}
    assert "Taken together" in plain_text(lead["Which claim moved it"])
