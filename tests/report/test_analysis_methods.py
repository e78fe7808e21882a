"""What analyses say: settled or not, what was screened, which pairs; ties, null codings, contradictions."""

import numpy as np
import pytest
import xarray as xr

from sim.report.analysis_methods import analysis_lines
from sim.report.analysis_sobol import pairs, pairs_words, screening_words, settled_words
from sim.report.pieces import Table
from sim.robustness import posterior
from sim.sensitivity import until_settled
from sim.sensitivity.grouping import OTHERS
from sim.words import Vocabulary
from tests.sensitivity.known import design, ishigami, playing
from tests.shipped import shipped


def indices(precision, stories=20_000, second=False):
    """Indices of Ishigami, settled or not."""
    start = design(3, base=64, second=second)
    found = until_settled(playing(ishigami), start, ["y"], np.array([True]), precision=precision, stories=stories)
    found.attrs |= {"evaluations": found.attrs["points"], "by": "number", "stories": stories}
    return found


@pytest.mark.slow
def test_settled_or_not_is_said_with_how_far_indices_moved():
    """And what to ask for if it is not."""
    (line,) = settled_words(indices(0.05, stories=60_000).sel(measure="y"))
    assert line.startswith("Settled: the leading indices are known to ± 0.0")
    assert "From half of the points to all of them none of these moved by more than 0.0" in line
    (line,) = settled_words(indices(0.001, stories=1000).sel(measure="y"))
    assert line.startswith("NOT settled")
    assert "± 0.001 was asked for (the limit of 1,000 stories ends it here; more: --stories)" in line


@pytest.mark.slow
def test_pairs_are_listed_where_second_order_was_asked_for():
    """Of Ishigami, x1 with x3."""
    one = indices(0.05, second=True).sel(measure="y")
    assert pairs(one, None)[0][0] == "x1 × x3"
    assert next(pairs_words(one)).startswith("1 of 3 pairs")
    said = list(analysis_lines(indices(0.05, second=True), None))
    assert any(isinstance(piece, Table) and piece.heads == ("pair", "together") for piece in said)
    assert not list(pairs_words(indices(0.2).sel(measure="y")))


def test_what_was_left_out_by_a_screening_is_said():
    """How many, and the one that might have mattered most."""
    found = indices(0.2).assign_coords(input=["a", OTHERS, "(planted dummy)"])
    found.attrs |= {"screened": 40, "screening_points": 900, "others": 24, "left_out": "b", "left_out_total": 0.1,
                    "left_out_half": 0.05}  # fmt: skip
    told = " ".join(screening_words(found, None))
    assert "40 inputs were screened first, with 900 stories" in told
    assert "the other 24 numbers share one" in told
    assert "b changed most: total index about 0.10 ± 0.05" in told


def test_all_other_numbers_together_never_lead():
    """The sentence names an input that somebody can look at."""
    found = indices(0.2).assign_coords(input=["a", OTHERS, "c"])
    assert next(iter(analysis_lines(found, None))) == "What moves whether y: most of all, a."


def null_coding(change):
    """A null coding of two shares."""
    values = np.array([[0.5, 0.2], [0.5 + change, 0.2]])[None]
    error = np.full((1, 2, 2), 0.02)
    data = {"share": values, "change": values - values[:, :1], "change_error": error}
    return xr.Dataset(
        {name: (("group", "setting", "measure"), array) for name, array in data.items()},
        {"group": ["all"], "setting": ["as written", "null"], "measure": ["ending == war", "held < 3"]},
        {"method": "null-coding", "draws": 100},
    )


@pytest.mark.parametrize(("change", "clear"), [(-0.1, 1), (0.01, 0)])
def test_a_null_coding_that_changes_nothing_is_told_plainly(change, clear):
    """What the actors want does not decide then, and no other reading is offered."""
    said = list(analysis_lines(null_coding(change), None))
    assert f"{clear} of 2 shares change by more than chance might" in said[0]
    assert any("is not what decides" in piece for piece in said if isinstance(piece, str)) is (clear == 0)
    assert "instead of 50 %" in said[1]


def test_observations_that_no_world_fits_are_a_warning_and_no_list():
    """There is nothing to compare with, so nothing is compared."""
    number = np.random.default_rng(1).random((80, 2))
    results = xr.Dataset(
        {
            "number": (("draw", "path"), number),
            "kept": (("draw", "observation"), np.zeros((80, 1), bool)),
            "consistent": (("draw",), np.zeros(80, bool)),
        },
        {"path": ["a", "b"], "observation": ["no"]},
    )
    said = list(analysis_lines(posterior(results), None))
    assert said[0].startswith("0 of 80 worlds agree")
    assert said[1] == "Warning: the article contradicts the encoding: no survives in 0.0 % of worlds only."
    assert not any(isinstance(piece, Table) for piece in said)


def test_flips_that_none_is_clear_are_called_a_tie():
    """With what to do about it; a clear flip comes first and says where."""
    columns = {"central": [0.5, 0.5], "low": [0.0, 0.0], "high": [1.0, 1.0], "value": [0.51, 0.7],
               "distance": [0.01, 0.2], "lead": [0.0, 0.2], "error": [0.1, 0.05], "sure_value": [np.nan, np.nan],
               "modal_code": [0, 0], "ending_code": [1, 1], "sure": [False, False]}  # fmt: skip
    found = xr.Dataset({name: ("input", np.array(v)) for name, v in columns.items()}, {"input": ["a", "b"]})
    found["ending_code"].attrs["flag_meanings"] = "truce|war"
    found.attrs = {
        "method": "flip",
        "draws": 50,
        "of": "",
        **Vocabulary.of(shipped("ceasefire")).to_attrs(),
    }
    said = [piece for piece in analysis_lines(found, None) if isinstance(piece, str)]
    assert "0 of them by more than chance might" in said[0]
    assert "a tie" in said[1]
    found["sure"], found["sure_value"] = ("input", [False, True]), ("input", [np.nan, 0.75])
    said = list(analysis_lines(found, None))
    listing = next(piece for piece in said if isinstance(piece, Table))
    assert (listing.rows[0][0], listing.rows[0][-1].words) == ("b", "0.75")
    assert listing.rows[0][4] == "truce → deal broke"
    assert not any("a tie" in piece for piece in said if isinstance(piece, str))


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (0.0, 0.0, "No number at an end of its range alone moves it."),
        (0.1, 0.08, "alone moves it most, but none moves it by more than chance might."),
        (0.1, 0.02, "alone moves it most."),
    ],
)
def test_a_tornado_in_which_nothing_moves_names_no_mover(change, error, said):
    """Zero everywhere, within chance, beyond chance."""
    shape, dims = (2, 1, 1, 2), ("input", "measure", "group", "end")
    found = xr.Dataset(
        {
            "change": (dims, np.array([change, 0, 0, 0]).reshape(shape)),
            "error": (dims, np.full(shape, error)),
            "base": (("measure", "group"), [[0.3]]),
        },
        {"input": ["a.patience", "b.patience"], "measure": ["ending == war"], "group": ["all"], "end": ["low", "high"]},
        {"method": "tornado", "draws": 40},
    )
    assert str(next(iter(analysis_lines(found, None)))).endswith(said)
