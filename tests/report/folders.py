"""Small results folders of every kind, made by the commands that people use."""

from click.testing import CliRunner

from sim.cli.main import main
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case


def call(*words, expected=0):
    """Run `sim` in this process."""
    found = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert found.exit_code == expected, found.output
    return found


def make_sweep(top, *more):
    """A grid of three by two points of the small case."""
    case, out = write_case(top / "small"), top / "sweep"
    axes = ["--over", "north.patience=0.6:0.9:3", "--over", "issues.line.available=old..front,half..front"]
    call("sweep", case, *axes, "--draws", 8, "--workers", 0, "--no-figures", "--no-spread", *more, "--out", out)
    return out


def make_bridge(top):
    """What it takes in the tiny case, which one lever does."""
    case, out = write_case(top / "tiny", TINY), top / "bridge"
    goal = ["--want", "any-deal", "--at-least", "0.6"]
    call("bridge", case, *goal, "--no-conventions", "--no-figures", "--no-spread", "--out", out)
    return out


def make_analysis(top):
    """A tornado, a discovery and a null coding of the small case."""
    case, out = write_case(top / "small"), top / "analysis"
    asked = ["--sensitivity", "tornado", "--discover", "ending == stalemate", "--null-coding"]
    call("analyse", case, *asked, "--of", "ending == stalemate", "--draws", 30, "--out", out)
    return out


MAKERS = {"sweep": make_sweep, "bridge": make_bridge, "analysis": make_analysis}
