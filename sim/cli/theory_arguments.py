"""Numbers of a command line as the arguments of an equilibrium or a game solver, and what comes of them as text."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.cli.played_exercise import PLAYED, PLAYED_ARGUMENTS, PLAYED_MEANING, TheoryArgument, play_on_numbers
from sim.cli.theory_answer import TheoryAnswer, has_nan, plain_answer
from sim.cli.written_numbers import written_numbers
from sim.equilibria import EQUILIBRIA
from sim.foundations import Entry, InputError, Problem, ShapeError, UnknownNameError, nearest
from sim.games import GAMES
from sim.games.coalitional_forms import airport_worth, bankruptcy_worth, glove_worth, named_worth, voting_worth
from sim.protocols import PROTOCOLS
from sim.report.pieces import KeyValues, Piece, Sentence
from sim.solutions import HULL_SOLUTIONS, SOLUTIONS, LotteryHull
from sim.table import BargainingTable

#: Members whose arguments no command line can write.
_NEEDS_MORE: Final = {
    "backward-induction": "it needs the deals of a case: sim theory CASE evaluates it",
    "issue-by-issue-deals": "it needs the deals of a case: sim theory CASE evaluates it, issue-by-issue takes numbers",
    "screening-by-type": "it needs the deals of a case: sim theory CASE evaluates it, screening-while-fighting and "
    "crisis-ultimatum-two-types take numbers",
    "recognition-by-lot": "it needs the deals of a case: sim theory CASE evaluates it",
    "shapley-value-sampled": "it needs a function; shapley-value takes the worth of every coalition",
    "subgame-perfect": "it needs a tree: sim game FILE.efg solves it",
}
#: Ways to give the worth of every coalition, by what is written instead of worth.
_WORTHS: Final[Mapping[tuple[str, ...], Callable[..., Any]]] = {
    ("claims", "estate"): bankruptcy_worth,
    ("costs",): airport_worth,
    ("left", "right"): glove_worth,
    ("weights", "quota"): voting_worth,
}
_WORTHS_MEANING: Final = """    instead of worth: {12: 90, 123: 120} by who belongs; claims and estate (bankruptcy);
    costs (runways, as negative worth); left and right (gloves); weights and quota (votes)"""
#: Members that say by nan that nothing passes.
_NO_NUMBER: Final = {"ratification-floors"}
#: Arguments that have to be given.
_NO_DEFAULT: Final = dataclasses.MISSING


#: What every solution takes.
_SOLUTION_ARGUMENTS: Final = (TheoryArgument("payoff", True, ""), TheoryArgument("disagreement", False, "0 for all"))
_SOLUTION_MEANING: Final = """    payoff: one list for each party, of what each deal is worth to him
    disagreement: what no deal is worth to each"""


@dataclass(frozen=True)
class TheoryArguments:
    """What a theory takes."""

    name: str
    source: str
    summary: str
    arguments: tuple[TheoryArgument, ...]
    meaning: str

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return dataclasses.asdict(self)

    def pieces(self) -> tuple[Piece, ...]:
        """What is printed."""
        needed = " ".join(f"{one.path}=…" for one in self.arguments if one.needed)
        pairs = tuple((one.path, f"{one.default} if left out") for one in self.arguments if not one.needed)
        return (
            Sentence(f"{self.summary} ({self.source})"),
            Sentence(f"sim solve {self.name} {needed}"),
            *((KeyValues(pairs),) if pairs else ()),
            *(Sentence(line, "note") for line in self.meaning.splitlines() if line.strip()),
        )


def what_it_takes(name: str) -> TheoryArguments:
    """Say which numbers a theory takes.

    Raises:  UnknownNameError for a name that no equilibrium or game solver has
    """
    if name in PLAYED:
        entry = PROTOCOLS.entry(name)
        return TheoryArguments(name, entry.source, entry.summary, PLAYED_ARGUMENTS, PLAYED_MEANING)
    if name in SOLUTIONS:
        found = SOLUTIONS.entry(name)
        return TheoryArguments(name, found.source, found.summary, _SOLUTION_ARGUMENTS, _SOLUTION_MEANING)
    entry = _entry(name)
    document = inspect.getdoc(entry.member) or ""
    told = re.search(r"^Args:\n((?:[ \t]+.*\n?|\n)*)", document, re.MULTILINE)
    meaning = "" if told is None else told[1]
    if "worth" in inspect.signature(entry.member).parameters:
        meaning = f"{meaning.rstrip()}\n{_WORTHS_MEANING}"
    return TheoryArguments(name, entry.source, entry.summary, tuple(_arguments(entry.member)), meaning)


def numbers_of(name: str) -> dict[str, str]:
    """Number that a theory takes -> what stands for it if it is left out, "needed" where nothing does.

    Empty for what no command line can write, and for members of other kinds.

    Example:
        >>> numbers_of("package-deal-limit")
        {'values_a': 'needed', 'values_b': 'needed', 'weight': '0.5'}
    """
    if name in _NEEDS_MORE or name not in {*EQUILIBRIA.names, *GAMES.names}:
        return {}
    return {one.path: "needed" if one.needed else one.default for one in what_it_takes(name).arguments}


def evaluate_member(name: str, numbers: Sequence[str]) -> TheoryAnswer:
    """Evaluate an equilibrium or a game solver on numbers.

    Args:
        numbers: texts ``NAME=VALUE``
    Raises:  UnknownNameError for the theory; InputError for arguments that it does not take, that are missing, or that
        are no numbers, and for what the theory itself refuses
    Example:
        >>> evaluate_member("rubinstein", ["delta_1=0.9", "delta_2=4/5"]).answer
        0.7142857142857143
    """
    given = dict(pair for text in numbers for pair in written_numbers(text))
    if name in PLAYED:
        found = play_on_numbers(name, given)
        return TheoryAnswer(name, PROTOCOLS.entry(name).source, plain_answer(given), plain_answer(found))
    if name in SOLUTIONS:
        return _solution(name, given)
    entry = _entry(name)
    given = _with_worth(name, entry.member, _with_both_tables(entry.member, given))
    known = [one.path for one in _arguments(entry.member)]
    problems = [
        Problem(f'{name} takes no "{path}"', allowed=", ".join(known), nearest=nearest(path, known))
        for path in given
        if path not in known
    ]
    missing = [one.path for one in _arguments(entry.member) if one.needed and one.path not in given]
    if missing and not problems:
        problems = [Problem(f"{name} needs {', '.join(missing)} besides", allowed=f"{missing[0]}=NUMBER")]
    if problems:
        raise InputError(problems)
    try:
        with np.errstate(all="ignore"):
            found = entry.member(**_filled(entry.member, given))
        if name not in _NO_NUMBER and has_nan(found):
            raise InputError("some of them lie outside of what it is defined for; without numbers it says for what")
    except ZeroDivisionError:
        told = "they leave nothing to divide by, such as a patience of 1 or rates of 0; without numbers it says what it"
        raise InputError(f"{name} cannot be evaluated on these numbers: {told} takes") from None
    except (ShapeError, ValueError, TypeError, ArithmeticError, IndexError, np.linalg.LinAlgError) as error:
        raise InputError(f"{name} cannot be evaluated on these numbers: {error}") from None
    return TheoryAnswer(
        name, entry.source, {path: plain_answer(value) for path, value in given.items()}, plain_answer(found)
    )


def _solution(name: str, given: dict[str, Any]) -> TheoryAnswer:
    """What a cooperative solution selects of deals, ties included; of two parties also with lotteries between them."""
    known = [one.path for one in _SOLUTION_ARGUMENTS]
    wrong = [Problem(f'{name} takes no "{path}"', allowed=", ".join(known)) for path in given if path not in known]
    if wrong or "payoff" not in given:
        raise InputError(wrong or [Problem(f"{name} needs payoff", allowed="payoff=[[1, 0.6, 0], [0, 0.6, 1]]")])
    try:
        table = BargainingTable.of_payoffs(given["payoff"], given.get("disagreement", 0.0))
    except (ShapeError, ValueError, TypeError) as error:
        raise InputError(f"{name} cannot be evaluated on these numbers: {error}") from None
    selected = np.flatnonzero(SOLUTIONS[name]().selects(table)[0])
    answer: dict[str, Any] = {
        "deals": [int(k) + 1 for k in selected],
        "payoffs": [table.payoff[0, :, k].tolist() for k in selected],
    }
    if table.payoff.shape[1] == 2 and name in HULL_SOLUTIONS:
        answer["with_lotteries"] = plain_answer(HULL_SOLUTIONS[name](LotteryHull.of_table(table)))
    return TheoryAnswer(name, SOLUTIONS.entry(name).source, plain_answer(given), answer)


def _with_both_tables(member: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Payoffs of two players given as two tables, a of the row player and b of the column player."""
    if not {"a", "b"} <= set(given) or "payoff" in given or "payoff" not in inspect.signature(member).parameters:
        return given
    return {"payoff": [given["a"], given["b"]]} | {path: one for path, one in given.items() if path not in {"a", "b"}}


def _with_worth(name: str, member: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The worth of every coalition where it is given in another way: by name, or as a game that textbooks know."""
    if "worth" not in inspect.signature(member).parameters:
        return given
    try:
        if isinstance(given.get("worth"), Mapping):
            return {**given, "worth": named_worth(given["worth"]).tolist()}
        for names, form in _WORTHS.items():
            if "worth" not in given and set(names) <= set(given):
                rest = {path: one for path, one in given.items() if path not in names}
                return {"worth": form(*(given[path] for path in names)).tolist(), **rest}
    except (ValueError, TypeError) as error:
        raise InputError(f"{name} cannot be evaluated on these numbers: {error}") from None
    return given


def _entry(name: str) -> Entry[Any]:
    for members in (EQUILIBRIA, GAMES):
        if name in members:
            if name in _NEEDS_MORE:
                raise InputError(f"{name} takes no numbers; {_NEEDS_MORE[name]}")
            return members.entry(name)
    known = [*EQUILIBRIA.names, *GAMES.names, *SOLUTIONS.names, *PLAYED]
    raise UnknownNameError("equilibrium, solution or game solver", name, known)


def _arguments(member: Any) -> list[TheoryArgument]:
    hints = typing.get_type_hints(member)
    found = []
    for path, parameter in inspect.signature(member).parameters.items():
        optional = parameter.default is not inspect.Parameter.empty
        default = str(parameter.default) if optional else ""
        for part, otherwise in _parts(hints.get(path), path):
            found.append(TheoryArgument(part, not optional and otherwise is _NO_DEFAULT, default or str(otherwise)))
    return found


def _parts(hint: Any, path: str, otherwise: Any = _NO_DEFAULT) -> list[tuple[str, Any]]:
    """Paths of the numbers of an argument, each with what stands for it where it is left out.

    They are its own, or those of the fields of a dataclass, or of a pair of these.
    """
    if dataclasses.is_dataclass(hint):
        fields = typing.get_type_hints(hint)
        return [
            part
            for item in dataclasses.fields(hint)
            for part in _parts(fields[item.name], f"{path}.{item.name}", item.default)
        ]
    if typing.get_origin(hint) is tuple and any(dataclasses.is_dataclass(one) for one in typing.get_args(hint)):
        return [part for n, one in enumerate(typing.get_args(hint)) for part in _parts(one, f"{path}.{n + 1}")]
    return [(path, otherwise)]


def _filled(member: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(member)
    arguments = {}
    for path in inspect.signature(member).parameters:
        parts = [part for part, _ in _parts(hints.get(path), path)]
        if parts == [path]:
            if path in given:
                arguments[path] = _as(hints.get(path), given[path])
        elif any(part in given for part in parts):
            arguments[path] = _built(hints[path], path, given)
    return arguments


def _built(hint: Any, path: str, given: Mapping[str, Any]) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        fields = typing.get_type_hints(hint)
        return hint(**{
            item.name: _built(fields[item.name], f"{path}.{item.name}", given)
            for item in dataclasses.fields(hint)
            if any(part in given for part, _ in _parts(fields[item.name], f"{path}.{item.name}"))
        })  # fmt: skip
    if typing.get_origin(hint) is tuple and any(dataclasses.is_dataclass(one) for one in typing.get_args(hint)):
        return tuple(_built(one, f"{path}.{n + 1}", given) for n, one in enumerate(typing.get_args(hint)))
    return _as(hint, given[path])


def _as(hint: Any, value: Any) -> Any:
    """A value in the kind that is asked for: whole numbers where these are counted, else as it is."""
    if hint is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        return tuple(value)
    return value
