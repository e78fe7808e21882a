"""One text, changed step by step by a mediator, with everybody's yes to each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, Literal, Self, get_args

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice, require_rounds
from sim.protocols.seats import Seats
from sim.protocols.text_beliefs import TextBeliefs
from sim.protocols.text_changes import TextChanges, chance_of_warm_yes, chance_of_yes, temperature
from sim.scenario import Scenario
from sim.strategies import Setting, require
from sim.table import BargainingTable, LazyTypes
from sim.table.signing_rule import SigningRule

#: Text that leaves everything as it is.
_STATUS_QUO: Final = "status quo"
#: Changes tried for each deal that there is; in a round at least, and in all at most.
_PER_DEAL: Final = 2
_LEAST_A_ROUND: Final = 10
_MOST_TEXTS: Final = 4000
#: A temperature at the start that stays above 0 until the last change.
_WARM: Final = 1e-200

#: Present text (B,), uniforms for the issue and for its level -> the next text.
DrawText = Callable[[Ints, Floats, Floats], Ints]
TextScale = Literal["range", "payoff"]
LastResort = Literal["latest", "none"]


@dataclass
class TextTalks(TalksState):
    """Talks about one text.

    text:     (B,) the deal that the text says now, NO_DEAL where there is none to start from
    signable: (B,) the latest text so far that could have been signed, NO_DEAL if none
    changes:  which texts differ from which in one issue
    heat:     (B, A) temperature of each actor at the start, in payoff; 0 for a hill-climber
    beliefs:  what the mediator thinks of those who sign, if he learns from their answers
    drawn_from: deals that he may write, and how the next text is drawn of them
    """

    text: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    signable: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    changes: TextChanges = field(default_factory=lambda: TextChanges(np.empty((0, 0, 0), np.int64)))
    heat: Floats = field(default_factory=lambda: np.empty((0, 0)))
    beliefs: TextBeliefs | None = None
    drawn_from: tuple[Bools, DrawText] | None = None

    def drawer(self, table: BargainingTable, times: int) -> DrawText:
        """How the next text is drawn of those that may be written, worked out once for the same table."""
        if self.drawn_from is None or self.drawn_from[0] is not table.offerable:
            self.drawn_from = (table.offerable, self.changes.drawer(table.offerable, times))
        return self.drawn_from[1]


@PROTOCOLS.register("single-text", source="Klein, Faratin, Sayama & Bar-Yam 2003")
@dataclass(frozen=True)
class SingleText(AbstractProtocol):
    """A mediator changes one issue of a text at a time; a change stays if the signers say yes to it.

    rounds:      round budget, 1 or more
    sessions:    rounds in which the text is worked on, at most; it is signed, or lapses, in the last of them, 1 or more
    texts:       changes tried in a round, 1 or more; 0 (the default) for as many as the deals ask for: twice as many
                 changes as there are deals, ten in a round or more, a few thousand in all at most
    mediator:    name of the actor who mediates and has aims of his own; empty (the default) for one who knows and wants
                 nothing
    annealing:   whether signers take some losses early on (``min(1, exp(dU / T))``) or climb only
                 (``dU >= 0``); one answer for all, or one for each actor
    heat:        temperature T at the start, above 0; it falls in a straight line to 0 over all changes
    scale:       unit of ``heat``: ``range`` = each actor's own payoff range over all deals, or ``payoff``
    first_text:  deal to start from: its number, the name of one of the case's packages, or ``status quo``; -1 (the
                 default) for one drawn uniformly from the deals that nobody outside stops
    learning:    whether the mediator learns from every yes and no what those who sign are like, by Bayes' rule over
                 the types of their private numbers, and tries the change of an issue to which all most likely say yes
    types:       what those who sign may be like, in the eyes of a mediator who learns
    last_resort: what is signed if the last text cannot be: ``latest`` = the latest text on the way that
                 could have been, ``none``

    The mediator draws an issue uniformly and one of its other levels uniformly, among those for which the deal exists
    and nobody outside stops it; where there is none, the text stands. He knows nobody's payoffs but his own, if he has
    aims, or what he has learnt: then he puts a change forward as he would say yes to it, and none that crosses a hard
    red line of his. A yes to a change is no signature: the text may be worse than no deal on the way, but nobody says
    yes to a change that carries it across his hard red line. Where it stands across it already, he says yes to whatever
    takes it back, and to other changes as ever: else a first text across two lines could never be mended, since each
    change mends one. Only a text that all needed signers prefer to no deal is signed, in the last round. Yeses count by
    the signing rule.

    Raises:  InputError if a setting is out of range, or names nobody or no text of the case
    Source:  Klein, Faratin, Sayama & Bar-Yam 2003. Ours: more than two levels an issue, the test at the end, the
             mediator's aims (a biased mediator: Kydd 2003, Am J Polit Sci 47:597-611), and what he learns
             (``sim.protocols.text_beliefs``)

    Example:
        >>> deals = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> payoff = [[0.0, 1.0, 0.2, 1.5], [0.0, 0.1, 1.0, 1.5]]
        >>> table = BargainingTable.of_payoffs(payoff, issues=("a", "b"), deals=deals)
        >>> dice = Dice("doc", np.arange(1))
        >>> protocol = SingleText(rounds=20, annealing=False, first_text=0)
        >>> talks = protocol.start(table, dice)
        >>> for round_ in range(20):
        ...     protocol.step(table, talks, dice, round_)
        >>> protocol.finish(table, talks, dice)
        >>> talks.deal.tolist()
        [3]
    """

    clocked: ClassVar[bool] = False

    rounds: int
    sessions: int = 24
    texts: int = 0
    mediator: str = ""
    annealing: bool | tuple[bool, ...] = True
    heat: Setting = 0.25
    scale: TextScale = "range"
    first_text: int | str = -1
    last_resort: LastResort = "latest"
    learning: bool = False
    types: LazyTypes | None = None

    filled: ClassVar[tuple[str, ...]] = ("rounds", "types")

    def __post_init__(self) -> None:
        require_rounds(self.rounds)
        require("texts", self.texts, 0)
        require("sessions", self.sessions, 1)
        require("heat", self.heat, 0, above=True)
        require_choice("scale", self.scale, get_args(TextScale))
        require_choice("last_resort", self.last_resort, get_args(LastResort))

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """The text is worked on for as many sessions as are asked for, if the talks last that long."""
        sessions = settings.get("sessions", cls.sessions)
        found = super().seated(seats, settings)
        names = tuple(seats.scenario.actors)
        if found.mediator:
            require_choice("mediator", found.mediator, names)
        text = found.first_text
        if isinstance(text, str):
            text = _text_named(seats.scenario, text)
        return replace(found, rounds=min(found.rounds, int(sessions)), first_text=text)

    def select(self, where: Bools | Ints) -> SingleText:
        """The same rules for some of the draws."""
        heat = np.asarray(self.heat)
        types = None if self.types is None else self.types.select(where)
        return replace(self, heat=heat[where] if heat.ndim else self.heat, types=types)

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> TextTalks:
        """The mediator writes the first text."""
        talks = TextTalks.begin(table.draws, keep_log=keep_log)
        talks.changes = TextChanges.of(table.deals[:, table.open_issues])
        anneals = np.broadcast_to(np.asarray(self.annealing), (len(table.actors),))
        unit = np.ptp(table.payoff, axis=2) if self.scale == "range" else np.ones(table.disagreement.shape)
        talks.heat = np.where(anneals, np.asarray(self.heat)[..., None] * unit, 0.0)
        if self.learning and self.types is not None:
            grid = self.types.grid
            warm = np.where(anneals, np.asarray(self.heat)[..., None] / (1.0 if self.scale == "range" else unit), 0.0)
            talks.beliefs = TextBeliefs.even(grid, np.broadcast_to(warm, talks.heat.shape)[:, grid.actors])
        first = self.first_text
        if isinstance(first, str):
            first = _place_of(first, table)
        if first >= len(table.deals):
            raise InputError(f"there is no deal {first}, only 0 to {len(table.deals) - 1}")
        if first >= 0:
            talks.text = np.full(table.draws, first)
        else:
            talks.text = _drawn(table.offerable, dice.uniform("single-text", "first text"))
        talks.note(0, -1, talks.text, "text")
        talks.signable = np.full(table.draws, NO_DEAL)
        _remember(table, talks, talks.open)
        return talks

    def hopeless(self, table: BargainingTable) -> Bools | None:
        """No text could be signed in the end."""
        if type(self).finish is not SingleText.finish:  # a subclass has other rules
            return None
        return np.asarray(~table.signable.any(axis=1))

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Try the round's changes to the text."""
        assert isinstance(talks, TextTalks)
        texts = self._texts(table)
        guide = table.actors.index(self.mediator) if self.mediator else -1
        heard = np.flatnonzero(table.rule.signers | (np.arange(len(table.actors)) == guide))
        names = [table.actors[actor] for actor in heard]
        numbers = range(round_ * texts, (round_ + 1) * texts)
        purposes = [
            ("single-text", number, *purpose)
            for number in numbers
            for purpose in (("issue",), ("level",), *(("yes", name) for name in names))
        ]
        luck = dice.several(purposes).reshape(texts, 2 + len(names), table.draws)
        text, draw = _Text.of(table, talks.text, heard), talks.drawer(table, self.rounds * texts)
        heats, total = talks.heat[:, heard], self.rounds * texts
        chance_of = chance_of_warm_yes if (heats > _WARM).all() else chance_of_yes
        agreed = _Agreed.of(table, heard, guide)
        signable, starts = np.ravel(table.signable), np.arange(table.draws) * len(table.deals)
        for number, thrown in zip(numbers, luck, strict=True):
            before, warmth = talks.text, 1.0 - number / total
            if talks.beliefs is None:
                change = draw(before, thrown[0], thrown[1])
            else:
                of_issue = talks.changes.of_issue(before, thrown[0])
                change = talks.beliefs.most_hopeful(before, of_issue, table.offerable, warmth, thrown[1])
            worth, free = text.of_deals(change)
            chance = chance_of(worth - text.worth, temperature(heats, number, total))
            if not (text.all_free and free.all()):
                chance = np.where(free & ~text.free, 1.0, np.where(free | ~text.free, chance, 0.0))
            yes = chance > thrown[2:].T
            changed = talks.open & (change != NO_DEAL) & agreed(yes)
            if talks.beliefs is not None:
                answers = agreed.of_all(yes)[:, talks.beliefs.types.actors]
                talks.beliefs.learn(before, change, answers, warmth, talks.open)
            if changed.any():
                talks.text = np.where(changed, change, talks.text)
                text.take_over(changed, worth, free)
                good = changed & signable.take(starts + np.maximum(change, 0))
                talks.signable = np.where(good, change, talks.signable)
            if talks.keep_log:
                talks.note(round_, -1, np.where(changed, change, NO_DEAL), "text")

    def _texts(self, table: BargainingTable) -> int:
        """Changes tried in a round."""
        if self.texts:
            return int(self.texts)
        wanted = min(_PER_DEAL * len(table.deals), _MOST_TEXTS)
        return max(_LEAST_A_ROUND, -(-wanted // self.rounds))

    def finish(self, table: BargainingTable, talks: TalksState, dice: Dice) -> None:
        """Sign the last text, or the latest that could be signed, or nothing."""
        del dice
        assert isinstance(talks, TextTalks)
        rows, text = np.arange(table.draws), np.maximum(talks.text, 0)
        final = (talks.text != NO_DEAL) & table.signable[rows, text]
        talks.close(final, talks.text, self.rounds - 1, -1)
        if self.last_resort == "latest":
            talks.close(talks.signable != NO_DEAL, talks.signable, self.rounds - 1, -1)


@dataclass
class _Text:
    """What texts are worth to those who are asked, (B, H) of H actors.

    payoff, permitted: of all draws, actors and deals, flat
    places: (B, H) where the numbers of each draw and actor begin there
    worth:  (B, H) what the present text is worth
    free:   (B, H) whether it crosses no hard red line
    all_free: whether none does in any draw
    """

    payoff: Floats
    permitted: Bools
    places: Ints
    worth: Floats
    free: Bools
    all_free: bool = False

    @classmethod
    def of(cls, table: BargainingTable, text: Ints, heard: Ints) -> _Text:
        """Of the present texts (B,)."""
        draws, actors, deals = table.payoff.shape
        places = (np.arange(draws)[:, None] * actors + heard) * deals
        found = cls(np.ravel(table.payoff), np.ravel(table.permitted), places, np.empty(0), np.empty(0, bool))
        found.worth, found.free = found.of_deals(text)
        found.all_free = bool(found.free.all())
        return found

    def take_over(self, changed: Bools, worth: Floats, free: Bools) -> None:
        """Let other texts be the present ones in the draws ``changed`` (B,)."""
        self.worth = np.where(changed[:, None], worth, self.worth)
        self.free = np.where(changed[:, None], free, self.free)
        self.all_free = bool(self.free.all())

    def of_deals(self, deal: Ints) -> tuple[Floats, Bools]:
        """(B, H) worth of a deal in each draw, and whether it crosses no hard red line; of the first for none."""
        at = self.places + np.maximum(deal, 0)[:, None]
        return self.payoff.take(at), self.permitted.take(at)


@dataclass(frozen=True)
class _Agreed:
    """Whether a change is agreed to, by the answers of those who are asked.

    rule:   the table's, over all of its actors
    actors: how many these are
    heard:  (H,) those who are asked
    guide:  place among all of the mediator who has aims of his own, -1 for none
    needed: (H,) whose yes is enough together, where each of them has a veto and nobody else counts; None otherwise
    """

    rule: SigningRule
    actors: int
    heard: Ints
    guide: int
    needed: Bools | None

    @classmethod
    def of(cls, table: BargainingTable, heard: Ints, guide: int) -> _Agreed:
        needed = (table.rule.veto[heard] | (heard == guide)) if table.rule.by_vetoes else None
        return cls(table.rule, len(table.actors), heard, guide, needed)

    def __call__(self, yes: Bools) -> Bools:
        """(B,) by the answers (B, H)."""
        if self.needed is not None:
            return np.asarray((yes if self.needed.all() else yes[:, self.needed]).all(axis=1))
        accept = self.of_all(yes)
        found = self.rule.passes(accept)
        return found & accept[:, self.guide] if self.guide >= 0 else found

    def of_all(self, yes: Bools) -> Bools:
        """(B, A) the answers (B, H), and a no of everybody who is not asked."""
        found = np.zeros((len(yes), self.actors), bool)
        found[:, self.heard] = yes
        return found


def _remember(table: BargainingTable, talks: TextTalks, where: Bools) -> None:
    """Keep the present text as the latest signable one, where it is."""
    rows = np.flatnonzero(where & (talks.text != NO_DEAL))
    text = talks.text[rows]
    good = table.signable[rows, text]
    talks.signable[rows[good]] = text[good]


def _text_named(scenario: Scenario, name: str) -> str:
    """Levels of a text that the case names, as one word; the name is refused where there is none.

    Raises:  InputError with the names that there are
    """
    require_choice("first_text", name, (_STATUS_QUO, *scenario.packages))
    levels = {} if name == _STATUS_QUO else scenario.packages[name].levels
    keys = (
        issue.key(issue.index(levels[one])) if one in levels else issue.status_quo_key
        for one, issue in scenario.issues.items()
    )
    try:
        return "\n".join(keys)
    except KeyError as level:  # which an overlay takes away
        raise InputError(f"the first text is not on the table: there is no level {level} any more") from None


def _place_of(text: str, table: BargainingTable) -> int:
    """The deal with these levels.

    Raises:  InputError if it is not on the table
    """
    wanted = [names.index(level) for names, level in zip(table.levels, text.split("\n"), strict=True)]
    found = np.flatnonzero((table.deals == np.array(wanted)).all(axis=1))
    if not len(found):
        raise InputError("the first text is not on the table: some level of it is not on offer")
    return int(found[0])


def _drawn(allowed: Bools, luck: Floats) -> Ints:
    """(B,) one of the allowed (B, K) deals uniformly, NO_DEAL where there is none."""
    count = allowed.sum(axis=1)
    number = np.floor(luck * count).astype(np.int64)
    found = (allowed.cumsum(axis=1) > number[:, None]).argmax(axis=1)
    return np.where(count > 0, found, NO_DEAL)
