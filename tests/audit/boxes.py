"""How often discovery finds a box in noise, and how often one that was planted."""

from sim.discovery import proven_boxes
from tests.audit.finding import Finding
from tests.discovery.test_proven_boxes import INPUTS, POINTS, noise, planted


def found_in_noise(sets):
    """In how many sets of noise a box is found."""
    return sum(bool(proven_boxes(*noise(seed), samples=0, most=1)[0]) for seed in range(sets))


def found_planted(sets, first=100):
    """In how many sets the planted box is found, by its two numbers and no other."""
    count = 0
    for seed in range(first, first + sets):
        boxes, _ = proven_boxes(*planted(seed), samples=0, most=1, permutations=39)
        count += bool(boxes) and boxes[0].found.box.restricted == (0, 3)
    return count


def findings(draws=100):
    """At the size of the ceasefire case; so many sets of noise, a fifth as many with a box in them."""
    told = f"{INPUTS} numbers, {POINTS} worlds"
    noisy, sets = found_in_noise(draws), max(draws // 5, 1)
    # twice the stated level of 5 %: chance alone brings more in one hundred sets in 50
    yield Finding(f"boxes found in noise ({told})", f"{noisy} of {draws}", "5 %", noisy <= 0.11 * draws)
    right = found_planted(sets)
    yield Finding(f"planted boxes found ({told})", f"{right} of {sets}", "90 %", right >= 0.8 * sets)
