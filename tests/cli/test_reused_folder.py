"""A folder that is used again holds one run and what tells of it, never a page of another."""

import pytest

from tests.report.folders import call, make_analysis, make_bridge, make_sweep
from tests.scenario.small_case import write_case

FILES = ("report.html", "brief.html")


def hand_over(folder):
    """Write the page and the brief of a results folder."""
    call("report", folder)
    call("report", folder, "--brief")
    assert all((folder / name).is_file() for name in FILES)


@pytest.mark.slow
def test_a_new_run_removes_what_tells_of_the_earlier_one_and_says_so(tmp_path):
    """The page and the brief told of other arrays; both can be written again."""
    case, out = write_case(tmp_path / "small"), tmp_path / "out"
    play = ["run", case, "--draws", 20, "--no-figures", "--no-flips", "--out", out]
    call(*play)
    hand_over(out)
    found = call(*play, "--seed", "other", "--json")
    assert "report.html and brief.html" in found.stderr
    assert not any((out / name).exists() for name in FILES)
    call("report", out, "--brief")
    assert "other" in (out / "brief.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_sweep_that_goes_on_removes_what_told_of_less_and_one_that_is_whole_keeps_it(tmp_path):
    """The same command again plays nothing, so what was told stays true."""
    out = make_sweep(tmp_path)
    for name in FILES:
        (out / name).write_text("what told of it", encoding="utf-8")
    make_sweep(tmp_path)
    assert all((out / name).is_file() for name in FILES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "kind"), [(make_sweep, "sweep"), (make_bridge, "bridge"), (make_analysis, "analysis")]
)
def test_results_of_another_kind_are_not_mixed(make, kind, tmp_path):
    """A run is refused where something else is kept, with exit code 2, and nothing is touched."""
    out = make(tmp_path)
    case = tmp_path / ("tiny" if kind == "bridge" else "small")
    before = (out / "manifest.json").read_bytes()
    found = call("run", case, "--draws", 5, "--no-figures", "--no-flips", "--out", out, expected=2)
    assert f"another kind ({kind})" in found.stderr
    assert (out / "manifest.json").read_bytes() == before
