"""The evidence map: claims in their own words, and labels that do not run into each other."""

import itertools

import numpy as np
import pytest

from sim.plots import PLOTS
from sim.plots.run.evidence_map import _stack, flow


def weighty(results):
    """The same results in which a number that rests on a claim decides much."""
    values = results["importance"].values.copy()
    claimed = (results["number_claims"].values != "") & (results["number_ground"].values == "claim")
    values[np.flatnonzero(claimed)[0]] = 0.5
    return results.assign(importance=results["importance"].copy(data=values))


@pytest.fixture(scope="module")
def told(ceasefire):
    """Results that know what claims say."""
    names = list(dict.fromkeys(name for row in ceasefire["number_claims"].values for name in str(row).split(",")))
    found = weighty(ceasefire)
    found.attrs = ceasefire.attrs | {
        "claims": [name for name in names if name],
        "claim_titles": [f"What {name} says" for name in names if name],
    }
    return found


def test_claims_are_told_in_their_words(told):
    """In the title and beside the boxes."""
    plot = PLOTS["evidence-map"]
    first = next(name for name in flow(told).claims if name in told.attrs["claims"])
    assert f"“What {first} says”" in plot.title(told)
    (axes,) = plot.draw(told).get_axes()
    shown = [text.get_text().replace("\n", " ") for text in axes.texts if text.get_gid() == "claim"]
    assert f"What {first} says" in shown


def test_without_their_words_keys_are_read_as_a_sentence(ceasefire):
    """Results of the library know no evidence file: the first letter is a capital, hyphens are blanks."""
    results = weighty(ceasefire)
    said = flow(results).claims[0].replace("-", " ")
    assert f"{said[:1].upper()}{said[1:]}" in PLOTS["evidence-map"].title(results)


def test_where_no_number_exceeds_chance_no_claim_is_said_to_decide(ceasefire):
    """A title over noise would be read as a finding."""
    values = np.full(ceasefire.sizes["path"], 0.001)
    noise = ceasefire.assign(importance=ceasefire["importance"].copy(data=values))
    assert PLOTS["evidence-map"].title(noise).endswith("so no claim decides it alone")


@pytest.mark.slow
@pytest.mark.parametrize("width", [7, 9])
def test_no_two_labels_of_claims_overlap(told, width):
    """Every label ends above the next one, however narrow the figure."""
    page = PLOTS["evidence-map"].draw(told, width=width)
    (axes,) = page.get_axes()
    boxes = [text.get_window_extent() for text in axes.texts if text.get_gid() == "claim"]
    boxes.sort(key=lambda box: -box.y1)
    assert len(boxes) > 3
    for above, below in itertools.pairwise(boxes):
        assert above.y0 >= below.y1 - 1


def test_slots_fill_the_column():
    """The words of the first box start at the top, those of the last end at the bottom; boxes keep their order."""
    sizes, words = np.array([0.1, 0.3, 0.02]), [0.2, 0.1, 0.08]
    tops = _stack(sizes, words)
    assert tops[0] == pytest.approx(1 - 0.05)
    assert tops[2] - 0.02 == pytest.approx(0.03)
    assert tops[0] > tops[1] > tops[2]
