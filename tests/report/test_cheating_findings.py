"""What is told of deals that are broken in secret."""

import numpy as np

from sim.ensemble import Design, play
from sim.ensemble.named_outcomes import outcome
from sim.report.case_words import ToldCase
from sim.report.cheating_findings import CheatingShare, cheating_sentences, cheating_shares
from tests.engine.test_cheating import case, may


def test_who_breaks_what_and_how_often_it_comes_out():
    """Counts are those of the columns, which are outcomes by name; the sentence says both shares."""
    scenario = case({"a": may(0.05)}, base=0.0, patience=(0.9, 0.9), nothing=0.0)
    results = play(Design.of_draws(scenario, 40))
    (found,) = cheating_shares(results, np.ones(40, bool))
    assert found.cheats == outcome(results, "cheats.a").values.sum() == 40
    assert found.found_out == outcome(results, "found_out.a").values.sum()
    (told,) = cheating_sentences(ToldCase(scenario), [CheatingShare("a", 40, 40, 10)])
    assert told.words == (
        "A breaks 100 % of the signed deals in secret, and is found out before the end in 25 % of these worlds."
    )


def test_whoever_keeps_everything_is_told_as_such():
    """Nobody gains by breaking what would come out at once; without a deal nothing is said."""
    scenario = case({"a": may(1.0)}, base=0.0, patience=(0.9, 0.9), nothing=0.0)
    results = play(Design.of_draws(scenario, 3))
    (told,) = cheating_sentences(ToldCase(scenario), cheating_shares(results, np.ones(3, bool)))
    assert told.words == "A keeps every deal that is signed."
    assert cheating_sentences(ToldCase(scenario), [CheatingShare("a", 0, 0, 0)]) == ()
    assert cheating_shares(play(Design.of_draws(case({}), 2)), np.ones(2, bool)) is None
