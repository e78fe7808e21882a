"""Shares are written by ``sim.words`` alone: whoever tells one, in a sentence, a table or a figure, asks there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Where the functions stand that write shares.
WRITERS = ("sim/words/", "sim/foundations/rounding.py")
#: What writes a number, so that what it is given is not multiplied by hundred on the way.
WRITING = {"value_with_half", "with_half", "counted", "quantity", "short_number", "signed_value", "format", "round"}
#: What a module holds if it writes a share by hand; the others need no look.
SUSPECT = re.compile(r"\b100\b|%\}|\}[ \u00a0]?%")


def in_percent(node):
    """Whether something in an expression is multiplied by hundred."""
    return any(
        isinstance(one, ast.BinOp)
        and isinstance(one.op, ast.Mult)
        and any(isinstance(side, ast.Constant) and side.value == 100 for side in (one.left, one.right))
        for one in ast.walk(node)
    )


def by_hand(text):
    """Lines of a module on which a share is written by hand."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            for part, after in zip(node.values, [*node.values[1:], None], strict=True):
                if not isinstance(part, ast.FormattedValue):
                    continue
                signed = isinstance(after, ast.Constant) and re.match(r"[ \u00a0]?%", str(after.value))
                if signed or in_percent(part.value) or (part.format_spec and _ends_in_percent(part.format_spec)):
                    found.add(part.lineno)
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in WRITING and any(in_percent(one) for one in node.args):
                found.add(node.lineno)
    return sorted(found)


def _ends_in_percent(spec):
    last = spec.values[-1]
    return isinstance(last, ast.Constant) and str(last.value).endswith("%")


@pytest.mark.parametrize(
    "line",
    [
        'f"{100 * share:.0f}"',
        'f"{share * 100:g}"',
        'f"{share:.1%}"',
        'f"{share:.{digits}%}"',
        'f"at most {told} %"',
        'f"at most {told}% of all"',
        "value_with_half(100 * share, half)",
        'counted(max(1, round(100 * half)), "points")',
        'format(100 * share, ".0f")',
    ],
)
def test_a_hand_is_seen(line):
    """Each way to write a share by hand is found."""
    assert SUSPECT.search(line)
    assert by_hand(line) == [1]


@pytest.mark.parametrize(
    "line", ["height = 100 * share", 'f"{now:%Y%m%dT%H%M%SZ}"', 'f"{percent(share)} of them"', '"95 % of all"']
)
def test_numbers_that_are_not_written_are_free(line):
    """Lengths of bars, dates and levels of confidence are no shares in words."""
    assert by_hand(line) == []


def test_nobody_else_writes_a_share():
    """Outside the words no module multiplies by hundred what it writes, nor puts a percent sign behind a number."""
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in (ROOT / "sim").rglob("*.py")
        if not path.relative_to(ROOT).as_posix().startswith(WRITERS)
        if SUSPECT.search(text := path.read_text(encoding="utf-8"))
        for line in by_hand(text)
    }
    assert not found, sorted(found)
