"""A fault is tried on the tests that run it, in a process that it cannot harm."""

import gc
import time

import pytest

from sim.words import percent
from tests.mutations.__main__ import Verdict, Workshop, chosen, told
from tests.mutations.covering import Covering, distance
from tests.mutations.faults import Mutant
from tests.mutations.trials import by_code, in_fork


def fault(path="sim/table/war.py", line=3, function=("war", 0)):
    """A mutant of which only the place matters."""
    return Mutant(path, line, "number", "", function)


WAR, FLOW, PLAY = "tests/table/test_war.py::a", "tests/table/test_flow.py::b", "tests/engine/test_play.py::c"
COVERING = Covering(
    seconds={WAR: 2.0, FLOW: 1.0, PLAY: 0.5},
    wide={WAR: ("worlds",), FLOW: ("worlds",), PLAY: ()},
    shared={"worlds": 4.0},
    lines={("sim/table/war.py", 3): {PLAY, WAR}, ("sim/table/war.py", 9): {FLOW}},
)


def test_near_tests_come_first():
    """The module's own file and its examples, its folder, the rest."""
    near = ["tests/protocols/test_zeuthen.py::t", "sim/protocols/zeuthen.py::sim.protocols.zeuthen.f"]
    assert [distance("sim/protocols/zeuthen.py", test) for test in near] == [0, 0]
    assert distance("sim/protocols/zeuthen.py", "tests/protocols/test_protocol.py::t[a::b]") == 1
    assert distance("sim/protocols/zeuthen.py", "tests/engine/test_zeuthen.py::t") == 2


def test_only_tests_that_run_the_line_are_asked():
    """On import every line of a module runs, so all that run some line of it are asked."""
    assert COVERING.of(fault()) == [WAR, PLAY]
    assert COVERING.of(fault(line=4)) == []
    assert COVERING.of(fault(line=4, function=None)) == [WAR, FLOW, PLAY]


def test_tests_stop_when_their_time_is_over():
    """What they share is prepared once; one test is always run."""
    every = COVERING.of(fault(function=None))
    assert COVERING.time(every) == 7.5
    assert COVERING.within(every, 0.1) == every[:1]
    assert COVERING.within(every, 7.0) == every[:2]
    assert COVERING.within(every, 7.5) == every


@pytest.mark.slow
def test_functions_are_found_though_the_memory_is_frozen():
    """Else no fault would be put anywhere, and every one would be said to survive."""
    gc.freeze()
    code = percent.__code__
    assert percent in by_code()[code.co_filename, code.co_qualname]


@pytest.mark.slow
def test_a_process_of_its_own_answers_breaks_down_or_does_not_end():
    """Whatever happens there, the next fault is tried."""

    def spin():
        while True:
            pass

    assert in_fork(lambda: None, 9) is None
    assert in_fork(lambda: "a test", 9) == "a test"
    assert in_fork(lambda: 1 / 0, 9) == "breaks down: ZeroDivisionError"
    assert in_fork(lambda: time.sleep(60), 0.01) == "no end in 0 s"
    assert in_fork(spin, 0.01).startswith("no end")


def test_a_sample_is_the_same_for_a_seed_and_a_line_is_taken_whole():
    """Of a line every fault is tried; the sample of a module knows of how many it is."""
    some, every = chosen(["sim/solutions/nash.py"], 7, 5)
    assert len(some) == 7 < every
    assert chosen(["sim/solutions/nash.py"], 7, 5) == (some, every)
    line = f"sim/solutions/nash.py:{some[0].line}"
    whole, _ = chosen([line], None, 0)
    assert some[0] in whole
    assert {one.line for one in whole} == {some[0].line}


def test_the_score_tells_survivors_from_what_no_test_runs():
    """By folder and in all."""
    found = [
        Verdict(fault(), WAR, 1, 1, 0.1),
        Verdict(fault(line=7), None, 2, 3, 0.1),
        Verdict(fault("sim/engine/play.py"), "no test runs it", 0, 0, 0.0),
    ]
    assert told(found).splitlines() == [
        "0 of 1 killed, 1 in lines that no test runs: sim/engine",
        "1 of 2 killed: sim/table",
        "1 of 3 killed, 1 in lines that no test runs: all",
        "survivors:",
        "  sim/table/war.py:7: number",
        "no test runs:",
        "  sim/engine/play.py:3: number",
    ]


@pytest.mark.slow
def test_a_line_is_tried_from_end_to_end(tmp_path):
    """The tests of one module are measured in a copy of the tree and notice most faults of a formula."""
    pytest.importorskip("coverage")
    some, _ = chosen(["sim/solutions/kalai_smorodinsky.py"], 4, 0)
    shop = Workshop(tmp_path, ["tests/solutions/test_kalai_smorodinsky.py"], 1)
    covering = shop.measure()
    assert all(test.startswith("tests/solutions/test_kalai") for test in covering.seconds)
    found = shop.try_all(some, covering, 5.0)
    assert [one.mutant for one in found] == some
    assert all(one.tests for one in found)
    assert any(str(one.by).startswith("tests/") for one in found)
