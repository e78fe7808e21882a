"""Exercises of the textbooks, each kind of them, and the command that gives the number of the book."""

import json
import math
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.theory_arguments import what_it_takes
from sim.equilibria import EQUILIBRIA
from sim.foundations import InputError
from sim.games import GAMES
from sim.solutions import SOLUTIONS

FOLDER = Path(__file__).parent / "textbook"


class Exercise(NamedTuple):
    """An exercise: what is asked, in our words, with its source; the command; where the number stands, and which."""

    asks: str
    command: str
    numbers: dict
    within: float = 1e-9


#: Two sides who fight over a stake, as the commands on conflict write them.
FIGHT = "dispute.power=.55 dispute.cost=[.12,.2] dispute.patience=[.95,.95]"
#: The prisoner's dilemma of Axelrod 1984, the battle of the sexes of Luce & Raiffa 1957, Hawk and Dove.
DILEMMA = "a=[[3,0],[5,1]] b=[[3,5],[0,1]]"
SEXES = "a=[[2,0],[0,1]] b=[[1,0],[0,2]]"
PENNIES = "a=[[1,-1],[-1,1]] b=[[-1,1],[1,-1]]"

BARGAINING = (
    Exercise(
        "Rubinstein 1982: both keep nine tenths",
        "solve rubinstein delta_1=.9 delta_2=.9",
        {"answer": 1 / 1.9},
    ),
    Exercise(
        "the same, when the second can wait worse", "solve rubinstein delta_1=.9 delta_2=.8", {"answer": 0.2 / 0.28}
    ),
    Exercise(
        "Osborne & Rubinstein 1990, ch. 3: no time between offers, rates of 2 and 8 %",
        "solve rubinstein-limit rate_1=.02 rate_2=.08",
        {"answer": 0.8},
    ),
    Exercise(
        "Rubinstein in play: parts of a thousandth",
        "solve strategic-alternating-offers parties=2 parts=1000 discount=[.9,.8] rounds=200",
        {"answer.payoffs.0": 0.2 / 0.28, "answer.round": 1},
        0.005,
    ),
    Exercise("Ståhl 1972: eleven offers", "solve stahl delta_1=.9 delta_2=.8 offers=11", {"answer": 0.7695690752}),
    Exercise("Ståhl: one offer is all", "solve stahl delta_1=.9 delta_2=.8 offers=1", {"answer": 1}),
    Exercise(
        "Ståhl in play",
        "solve strategic-alternating-offers parties=2 parts=1000 discount=[.9,.8] rounds=11",
        {"answer.payoffs.0": 0.7695690752},
        0.005,
    ),
    Exercise(
        "Binmore, Shaked & Sutton 1989: an option of .3 does not bind",
        "solve outside-options delta_1=.9 delta_2=.9 option_1=0 option_2=.3",
        {"answer.first": 1 / 1.9},
    ),
    Exercise(
        "and one of .6 does: deal me out",
        "solve outside-options delta_1=.9 delta_2=.9 option_1=0 option_2=.6",
        {"answer.first": 0.4},
    ),
    Exercise(
        "the same without delay, against splitting the difference (.2)",
        "solve deal-me-out rate_1=.1 rate_2=.1 option_1=0 option_2=.6",
        {"answer": 0.4},
    ),
    Exercise(
        "deal me out in play",
        "solve strategic-alternating-offers parties=2 parts=100 discount=[.9,.9] disagreement=[0,.6] leaving=true",
        {"answer.payoffs": [0.4, 0.6]},
    ),
    Exercise(
        "an inside option moves the disagreement point instead: .6 while talks last leaves the first about .21",
        "solve strategic-alternating-offers parties=2 parts=1000 discount=[.9,.9] disagreement=[0,.6]",
        {"answer.payoffs.0": 0.4 / 1.9},
        0.01,
    ),
    Exercise(
        "Binmore, Rubinstein & Wolinsky 1986: talks break down at a rate of a tenth",
        "solve breakdown rates=[.02,.08] breakdown_rate=.1 dt=.5 after=[.3,.2]",
        {"answer.first": 0.644770698269479, "answer.limit": 0.6333333333333333, "answer.weight": 0.6},
    ),
    Exercise(
        "the same with a risk-averse second player: the timid one gets a third",
        "solve breakdown-curved curvature=[1,.5] leave=[1,1] dt=.1",
        {"answer.first": 0.6993903946442727, "answer.limit": 2 / 3},
    ),
    Exercise(
        "Shaked and Herrero 1985: three rotate, all must agree",
        "solve rotating-proposer-shares deltas=[.9,.9,.9]",
        {"answer": [1 / 2.71, 0.9 / 2.71, 0.81 / 2.71]},
    ),
    Exercise(
        "what each keeps at his own turn",
        "solve rotating-proposer deltas=[.9,.9,.9]",
        {"answer": [1 / 2.71] * 3},
    ),
    Exercise(
        "three who rotate, in play",
        "solve strategic-alternating-offers parties=3 parts=30 discount=.9 rounds=60",
        {"answer.payoffs": [1 / 2.71, 0.9 / 2.71, 0.81 / 2.71]},
        0.04,
    ),
    Exercise(
        "Binmore 1987: the proposer is drawn by lot, all must agree",
        "solve random-proposer chances=[.5,.3,.2] deltas=[.9,.95,.8]",
        {"answer.value": [5 / 12, 0.5, 1 / 12]},
    ),
    Exercise(
        "the same without delay: chances over rates",
        "solve random-proposer-limit chances=[.5,.3,.2] rates=[.1,.05,.2]",
        {"answer": [5 / 12, 0.5, 1 / 12]},
    ),
    Exercise(
        "Baron & Ferejohn 1989: three, a majority, .9",
        "solve baron-ferejohn players=3 quota=2 delta=.9",
        {"answer.proposer": 0.7, "answer.partner": 0.3, "answer.value": 1 / 3},
    ),
    Exercise(
        "a legislature of 101 without impatience",
        "solve baron-ferejohn players=101 quota=51 delta=1",
        {"answer.proposer": 0.5049504950495},
    ),
    Exercise(
        "Baron and Ferejohn in play",
        "solve strategic-random-proposer parties=3 parts=30 discount=.9 quota=2",
        {"answer.value": [1 / 3] * 3, "answer.payoffs.0": 0.7},
        1e-6,
    ),
    Exercise(
        "Eraslan 2002: recognition that differs",
        "solve eraslan chances=[.5,.3,.2] deltas=[.9,.9,.9] quota=2",
        {"answer.value": [0.3548387096774194, 0.3225806451612903, 0.3225806451612903], "answer.standing": "HMM"},
        1e-8,
    ),
    Exercise(
        "Banks & Duggan 2000: ideals 0, 1/2, 1 on a line",
        "solve banks-duggan ideals=[0,.5,1] chances=[1/3,1/3,1/3] delta=.9 quota=2",
        {"answer.proposals": [0.25, 0.5, 0.75]},
    ),
    Exercise(
        "all must agree: the extremes bind, not the median",
        "solve banks-duggan ideals=[.1,.2,.9] chances=[.2,.3,.5] delta=.8 quota=3",
        {"answer.low": 0.38, "answer.high": 0.62},
    ),
    Exercise(
        "and without delay",
        "solve banks-duggan-limit ideals=[.1,.2,.9] chances=[.2,.3,.5] quota=3",
        {"answer": 0.5},
    ),
    Exercise(
        "Plott 1967, Banks & Duggan 2000 in two dimensions, by play: five patient voters meet in the core",
        f"solve strategic-random-proposer @{FOLDER}/five_voters.json",
        {"answer.payoffs": [2.5, 1.5, 1.5, 1.5, 1.5], "answer.value": [2.5, 1.5, 1.5, 1.5, 1.5], "answer.round": 1},
        1e-3,
    ),
    Exercise(
        "A package of two issues, equal patience, no delay: each takes what he values more",
        "solve package-deal-limit values_a=[3,1] values_b=[1,3]",
        {"answer.shares": [1, 0], "answer.values": [3, 3]},
    ),
    Exercise(
        "the same with .9 a round",
        "solve package-deal values_a=[3,1] values_b=[1,3] delta=.9",
        {"answer.first.values": [40 / 13, 36 / 13]},
    ),
    Exercise(
        "separate delegations split both issues",
        "solve issue-by-issue-apart values_a=[3,1] values_b=[1,3]",
        {"answer": [2, 2]},
    ),
    Exercise(
        "one issue after the other: the order matters",
        "solve issue-by-issue values_a=[3,1] values_b=[1,3] delta=.9",
        {"answer.values": [3.4263157894736977, 1.421052631578907]},
    ),
)

SOLUTION = (
    Exercise(
        "Nash 1950: a polygon with corners (0,3), (3,2), (4,0)",
        "solve nash payoff=[[0,3,4],[3,2,0]]",
        {"answer.with_lotteries": [3, 2]},
    ),
    Exercise(
        "Kalai & Smorodinsky 1975 there",
        "solve kalai-smorodinsky payoff=[[0,3,4],[3,2,0]]",
        {"answer.with_lotteries": [36 / 13, 27 / 13]},
    ),
    Exercise("Kalai 1977 there", "solve egalitarian payoff=[[0,3,4],[3,2,0]]", {"answer.with_lotteries": [2.25, 2.25]}),
    Exercise(
        "the largest sum, a tie told as a tie", "solve utilitarian payoff=[[3,5,1],[4,2,1]]", {"answer.deals": [1, 2]}
    ),
    Exercise(
        "Zeuthen 1930, Harsanyi 1956: the one with less to lose yields",
        "solve zeuthen payoff=[[10,8,6,3,1],[1,5,7,8,10]]",
        {"answer.payoffs": [6, 7]},
    ),
    Exercise(
        "Adjusted Winner, Brams & Taylor 1996: the Panama Canal treaty, points of Raiffa 1982",
        "solve adjusted-winner first=[22,22,15,14,11,6,4,2,2,2] second=[9,15,15,3,15,5,11,7,7,13]",
        {"answer.scores": ["66", "66"]},
    ),
)

CONFLICT = (
    Exercise(
        "Fearon 1995: what both sides prefer to war",
        f"solve bargaining-range {FIGHT} document.hazard=0",
        {"answer.x_min": 0.43, "answer.x_max": 0.75},
    ),
    Exercise(
        "a truce that fails one time in ten, with a grievance",
        f"solve bargaining-range {FIGHT} document.hazard=.15 document.speed=.25 document.grievance=[.1,0]",
        {"answer.x_min": 0.53, "answer.x_max": 0.75},
    ),
    Exercise(
        "Fearon's ultimatum with a private cost of war",
        "solve crisis-ultimatum power=.5 cost=.1 low=0 high=.4",
        {"answer.demand": 0.65, "answer.war": 0.375, "answer.value": 0.55625},
    ),
    Exercise(
        "two types: tough with .4",
        "solve crisis-ultimatum-two-types power=.5 cost=.1 low=.05 high=.3 tough=.4",
        {"answer.demand": 0.8, "answer.war": 0.4, "answer.critical": 0.625},
    ),
    Exercise(
        "a status quo out of line with power, Powell 1996",
        "solve status-quo-bargaining power=.7 status_quo=.5 cost=.1 low=.02 high=.3",
        {"answer.offer": 0.6, "answer.war": 2 / 7},
    ),
    Exercise(
        "Fearon's preventive war",
        "solve preventive-war delta=.9 power_now=.3 power_later=.6 lump_cost=1",
        {"answer.war": True, "answer.gain": 0.24, "answer.price": 0.01},
    ),
    Exercise(
        "Powell 2006: a shift too fast to be paid for",
        "solve shifting-power power=.3 later=.7 cost_a=.1 cost_b=.1 delta=.9",
        {"answer.locked_in": 1.14, "answer.no_peace": True, "answer.war": True},
    ),
    Exercise(
        "screening while fighting, two offers",
        "solve screening-while-fighting highest=.4 cost=.05 gamma=.5 offers=2",
        {"answer.offers": [0.1525, 0.085], "answer.fighting": [0.55, 0.2125]},
    ),
    Exercise(
        "and three: offers fall",
        "solve screening-while-fighting highest=1 cost=0 gamma=.5 offers=3",
        {"answer.offers": [0.42908163265, 0.26632653061, 0.17755102041]},
    ),
    Exercise(
        "screening with a document that may fail",
        "solve screening dispute.power=.5 dispute.cost=[.1,0] dispute.patience=[.95,.95] document.hazard=.1 "
        "highest_cost=.4",
        {"answer.share": 0.65, "answer.refused": 0.375},
    ),
    Exercise(
        "a two-level game: the ratifier asks for something between .2 and .6",
        "solve ratification disagreement=.3 low=.2 high=.6",
        {"answer.offer": 0.45, "answer.fails": 0.375},
    ),
    Exercise(
        "Schelling's conjecture: a floor of .6 at home helps its owner",
        "solve ratification-floors disagreement=[.2,.3] floors=[0,.6]",
        {"answer": 0.4},
    ),
    Exercise(
        "floors on both sides that leave nothing",
        "solve ratification-floors disagreement=[.2,.3] floors=[.5,.6]",
        {"answer": None},
    ),
    Exercise(
        "Kydd 2003: how biased must a mediator be to be believed",
        "solve biased-mediator dread=1 error=.1 cost=.1 low=.05 high=.3",
        {"answer": 0.47619047619},
    ),
    Exercise(
        "Kydd & Walter 2002: trust after an attack",
        "solve spoilers trust=.7 strength=.5 laxity=.2 needed=.5",
        {"answer.attacked": 0.5932203389830507, "answer.critical": 0.657142857142857, "answer.survives": True},
    ),
    Exercise(
        "Fearon 1994: a promise at home of .6",
        "solve audience-cost least=.43 promise=.6 slope=.1 peace=.3",
        {"answer": 0.4725},
    ),
    Exercise(
        "duration dependence: a truce that hardens",
        "solve truce-survival age=3 rate=.2 shape=.7 safeguards=.5",
        {"answer.survival": math.exp(-0.2 * 3**0.7 * math.exp(-0.5))},
    ),
    Exercise(
        "a contest of arms, Tullock 1980: 6 against 5, growing by a fifth and a half",
        "solve power-shift stocks=[6,5] growth=[.2,.5]",
        {"answer.before": 6 / 11, "answer.after": 7.2 / 14.7},
    ),
    Exercise(
        "an indivisible prize: only a lottery does",
        "solve indivisible-prize power=.5 cost_a=.1 cost_b=.2",
        {"answer.low": 0.4, "answer.high": 0.7, "answer.to_a": False, "answer.to_b": False},
    ),
    Exercise(
        "Blainey 1973: optimism of .3 against costs of .25",
        "solve mutual-optimism belief_a=.7 belief_b=.4 cost_a=.1 cost_b=.15",
        {"answer.low": 0.6, "answer.high": 0.55},
    ),
    Exercise(
        "how long battles take to teach both the same",
        "solve convergence strength=10 alphas=[7,4] length=.1",
        {"answer.rounds": 20, "answer.optimism": 0.3},
    ),
    Exercise(
        "a truce that holds if both expect it to hold, and breaks if not",
        "solve endogenous-hazard flow=[.15,.15] penalty=[.004,.004] temptation=[.02,.02] delta=.98",
        {"answer.calm.hazard": 0.001073840287, "answer.fragile.hazard": 0.5297416798, "answer.multiple": True},
        1e-8,
    ),
    Exercise(
        "a bridge truce against talking under fire",
        "solve talks-under-truce flow=.45 war=.43 settlement_premium=.12 damage=0 shift=0 tracking=1 delta=.95 "
        "hazard=0 theta=1 closing=[.1,.1] m=0",
        {"answer.under_truce": 0.08551724137931034, "answer.under_fire": 0.07862068965517241},
    ),
    Exercise(
        "a truce now or a settlement later",
        f"solve truce-or-settlement {FIGHT} truce.hazard=.15 truce.speed=.25 truce.grievance=[.1,0] line=.55 "
        "settlement.hazard=.02 settlement.speed=.25 settlement.grievance=[0,.15] terms=.57 m=.02",
        {"answer.regime": "both", "answer.rounds.terminal.0": 41.567356597720725, "answer.rounds.joint": 10.7441048666},
        1e-8,
    ),
    Exercise(
        "offers by turns while the war goes on",
        "solve terms-under-fire dispute.power=.5 dispute.cost=[.1,.2] dispute.patience=[.95,.95] document.hazard=0 m=0",
        {"answer.first": 0.5538461538461532, "answer.second": 0.5461538461538455},
    ),
    Exercise(
        "a war as a process and as a lottery: its lump cost",
        "solve costly-lottery flow_cost=1 delta=.95 m=.05",
        {"answer": 0.5128205128205128},
    ),
    Exercise(
        "the value of fighting on while the front moves",
        "solve battlefield-drift war.holdings=.55 war.flow_cost=1 war.delta=.95 war.m=.04 war.power=.55 war.drift=.1 "
        "war.speed=.1 rounds=6 V=.6",
        {"answer": 0.34113341060636015},
    ),
    Exercise(
        "how well a truce must be enforced",
        "solve enforcement-interval static_premium=.06 damage=0 shift=-.15 delta=.95 theta=1",
        {"answer": [0, 0.02105263157894739]},
    ),
    Exercise(
        "the truce that hurts most",
        "solve worst-hazard delta=.95 theta=.1",
        {"answer.hazard": 0.09447657556376328},
    ),
    Exercise(
        "root causes: no document beats war",
        "solve stalemate-frontier salience=.2 objection=.5 war_cost=.3",
        {"answer.loss": 0.2, "answer.surplus": 0.1},
    ),
    Exercise(
        "a mediator in a hurry",
        "solve impatient-mediator truce_hazard=.2 settlement_hazard=.02 m=0 rounds=4",
        {"answer": 0.8499688541208575},
    ),
    Exercise(
        "the best document",
        "solve best-document design.base=.25 design.a_e=2 design.a_r=1.5 design.delta=.95 design.war_cost=.32 "
        "design.salience=.1 design.objection=.18 design.damage=0 design.enforcement_cost=.03",
        {"answer.resolved": 0.220674, "answer.joint_premium": 0.118359513},
        1e-5,
    ),
    Exercise(
        "weights of a document without rounds",
        "solve continuous-durability discount_rate=.05 collapse_rate=.1 shift_rate=.3",
        {"answer.omega": 2 / 3, "answer.chi": 2, "answer.psi": 4 / 3},
    ),
    Exercise(
        "the joint threshold without rounds",
        "solve continuous-delay discount_rate=.05 decision_rate=.02 collapse_rates=[.15,.02] lengths=[.22,.17]",
        {"answer": math.log(0.2 * 0.17 / (0.07 * 0.22)) / 0.07},
    ),
    Exercise(
        "the salience above which one fights on",
        "solve critical-salience war=.43 shares=[.55,.5] resolved=[0,1] shifts=[0,0] damage=0 "
        f"discount={0.931**12!r} loadings.1.peace={0.05 / 0.1925!r} loadings.1.omega={0.1425 / 0.1925!r} "
        f"loadings.1.chi=2.85 loadings.1.psi=0 loadings.1.phi=0 loadings.2.peace={0.05 / 0.069!r} "
        f"loadings.2.omega={0.019 / 0.069!r} loadings.2.chi=.38 loadings.2.psi=0 loadings.2.phi=0",
        {"answer.salience": 0.03719132133285646},
    ),
)

GAME = (
    Exercise(
        "prisoner's dilemma: one equilibrium, by dominance",
        f"game {FOLDER}/prisoners.nfg",
        {"pure": [[1, 1]], "strict.left": [[1], [1]], "nash.0.payoffs": [1, 1]},
    ),
    Exercise(
        "battle of the sexes: three equilibria",
        f"game {FOLDER}/evening.nfg",
        {"pure": [[0, 0], [1, 1]], "nash.2.mixed": [[2 / 3, 1 / 3], [1 / 3, 2 / 3]], "nash.2.payoffs": [2 / 3, 2 / 3]},
    ),
    Exercise("the same as tables", f"solve nash-equilibria {SEXES}", {"answer.extreme.2.0": [2 / 3, 1 / 3]}),
    Exercise(
        "von Stengel 2007: three by two, degenerate; the continuum is told",
        "solve nash-equilibria a=[[3,3],[2,5],[0,6]] b=[[3,3],[2,6],[3,1]]",
        {"answer.sets.0.columns": [[1, 0], [2 / 3, 1 / 3]], "answer.sets.1.rows": [[0, 1 / 3, 2 / 3]]},
    ),
    Exercise(
        "three who could help, Diekmann 1985: pure equilibria, and each waits with 1/2",
        f"game {FOLDER}/volunteer.nfg",
        {"pure": [[0, 1, 1], [1, 0, 1], [1, 1, 0]], "quantal.mixed": [[0.5, 0.5]] * 3},
        1e-6,
    ),
    Exercise(
        "entry: backward induction removes the empty threat",
        f"game {FOLDER}/entry.efg",
        {"perfect.equilibria.0.payoffs": [1, 2], "pure": [[0, 1], [1, 0]]},
    ),
    Exercise(
        "the centipede ends at once",
        f"game {FOLDER}/centipede.efg",
        {"perfect.equilibria.0.payoffs": [0.4, 0.1], "perfect.unique": True},
    ),
    Exercise("pure equilibria of three", f"solve pure-equilibria {DILEMMA}", {"answer": [[1, 1]]}),
    Exercise("dominance", f"solve iterated-dominance {DILEMMA}", {"answer.left": [[1], [1]]}),
    Exercise(
        "Aumann 1974: advice in the game of chicken",
        "solve correlated-equilibrium a=[[6,2],[7,0]] b=[[6,7],[2,0]]",
        {"answer.chances": [[0.5, 0.25], [0.25, 0]], "answer.values": [5.25, 5.25]},
    ),
    Exercise(
        "McKelvey & Palfrey 1995: asymmetric matching pennies at 1",
        "solve logit-qre a=[[9,0],[0,1]] b=[[0,1],[1,0]] rationality=1",
        {"answer.0.0": 0.8935763305539739, "answer.1.0": 0.3127803750295332},
        1e-8,
    ),
    Exercise(
        "and the branch that leads there",
        "solve logit-qre-trace a=[[9,0],[0,1]] b=[[0,1],[1,0]] rationality=1",
        {"answer.mixed.0.0": [0.5, 0.5], "answer.mixed.0.-1.0": 0.8935763305539739},
        1e-8,
    ),
    Exercise(
        "Taylor & Jonker 1978: defectors in a population of cooperators",
        "solve replicator payoff=[[3,0],[5,1]] start=[.9,.1] time=2",
        {"answer": [0.269122963, 0.730877037]},
        1e-8,
    ),
    Exercise(
        "hawks and doves in the end: V/C",
        "solve replicator payoff=[[-1,2],[0,1]] start=[.2,.8] time=inf",
        {"answer": [0.5, 0.5]},
        1e-6,
    ),
    Exercise(
        "rows against columns, to the end",
        f"solve replicator-pair {SEXES} start=[[.8,.2],[.5,.5]] time=inf",
        {"answer": [[1, 0], [1, 0]]},
        1e-6,
    ),
    Exercise(
        "the same by populations",
        "solve replicator-populations payoff=[[[2,0],[0,1]],[[1,0],[0,2]]] start=[[.8,.2],[.5,.5]] time=inf",
        {"answer": [[1, 0], [1, 0]]},
        1e-6,
    ),
    Exercise(
        "Brown 1951: fictitious play of matching pennies comes close to a half",
        f"solve fictitious-play {PENNIES} rounds=20000",
        {"answer.row": [0.5, 0.5], "answer.column": [0.5, 0.5]},
        0.02,
    ),
    Exercise(
        "Omidshafiei et al. 2019: rock, paper, scissors",
        "solve alpha-rank payoff=[[0,-1,1],[1,0,-1],[-1,1,0]] alpha=1",
        {"answer": [1 / 3] * 3},
    ),
    Exercise(
        "and the battle of the sexes: half the time each evening",
        f"solve alpha-rank-populations {SEXES} alpha=1",
        {"answer.0.0": 0.5, "answer.1.1": 0.5},
    ),
)

COALITION = (
    Exercise(
        "the Security Council, Shapley & Shubik 1954",
        "solve weighted-voting weights=[7,7,7,7,7,1,1,1,1,1,1,1,1,1,1] quota=39",
        {
            "answer.shapley.0": "421/2145",
            "answer.shapley.14": "4/2145",
            "answer.banzhaf_normalised.0": "106/635",
            "answer.veto.0": True,
        },
    ),
    Exercise(
        "the six of 1958: Luxembourg never mattered",
        "solve weighted-voting weights=[4,4,4,2,2,1] quota=12",
        {"answer.shapley.0": "7/30", "answer.shapley.3": "3/20", "answer.shapley.5": "0", "answer.dummy.5": True},
    ),
    Exercise(
        "three shareholders",
        "solve weighted-voting weights=[3,2,1] quota=4",
        {"answer.shapley": ["2/3", "1/6", "1/6"], "answer.banzhaf_normalised": ["3/5", "1/5", "1/5"]},
    ),
    Exercise(
        "one left glove and two right ones: Shapley",
        "solve shapley-value left=1 right=2",
        {"answer": [2 / 3, 1 / 6, 1 / 6]},
    ),
    Exercise("their core is one point", "solve nucleolus left=1 right=2", {"answer.allocation": [1, 0, 0]}, 1e-6),
    Exercise("Banzhaf of the same", "solve banzhaf-value left=1 right=2", {"answer": [0.75, 0.25, 0.25]}),
    Exercise(
        "a runway for three kinds of aeroplane, Littlechild & Owen 1973: fees",
        "solve shapley-value costs=[3,6,12]",
        {"answer": [-1, -2.5, -8.5]},
    ),
    Exercise(
        "and by the nucleolus, Littlechild 1974",
        "solve nucleolus costs=[3,6,12]",
        {"answer.allocation": [-1.5, -2.25, -8.25], "answer.certified": True},
        1e-6,
    ),
    Exercise(
        "the Talmud on three widows, Aumann & Maschler 1985: an estate of 100",
        "solve nucleolus claims=[100,200,300] estate=100",
        {"answer.allocation": [100 / 3] * 3},
        1e-6,
    ),
    Exercise(
        "of 200",
        "solve nucleolus claims=[100,200,300] estate=200",
        {"answer.allocation": [50, 75, 75], "answer.certified": True},
        1e-6,
    ),
    Exercise("of 300", "solve nucleolus claims=[100,200,300] estate=300", {"answer.allocation": [50, 100, 150]}, 1e-6),
    Exercise(
        "the contested garment",
        "solve nucleolus claims=[50,100] estate=100",
        {"answer.allocation": [25, 75]},
        1e-6,
    ),
    Exercise(
        "a majority of three has no core",
        "solve least-core worth={12:1,13:1,23:1,123:1}",
        {"answer.excess": 1 / 3},
        1e-6,
    ),
    Exercise(
        "the apex game: nucleolus",
        "solve nucleolus weights=[2,1,1,1] quota=3",
        {"answer.allocation": [0.4, 0.2, 0.2, 0.2]},
        1e-6,
    ),
)

GRAPH = (
    Exercise(
        "Elmira, Fang, Hipel & Kilgour 1993: s5, s8 and s9; ministry and plant leave s5 together",
        f"game {FOLDER}/elmira.toml",
        {
            "equilibria.nash": ["s5", "s8", "s9"],
            "equilibria.symmetric": ["s1", "s4", "s5", "s8", "s9"],
            "equilibria.sequential": ["s5", "s8", "s9"],
            "escapes": [{"state": "s5", "coalition": ["ministry", "plant"]}],
        },
    ),
    Exercise(
        "the dilemma as a conflict: cooperation is stable once one reckons with answers",
        f"game {FOLDER}/dilemma.toml",
        {"equilibria.nash": ["DD"], "equilibria.sequential": ["CC", "DD"]},
    ),
    Exercise(
        "the same by moves and payoffs",
        f"solve graph-model @{FOLDER}/dilemma.json",
        {"answer.nash.0": [[False, False, True, True], [False, True, False, True]]},
    ),
    Exercise(
        "both together would leave the punishment",
        f"solve graph-model-coalition @{FOLDER}/dilemma.json coalition=[0,1]",
        {"answer.nash.0.0": [True, True, True, False]},
    ),
)

EXERCISES = (*BARGAINING, *SOLUTION, *CONFLICT, *GAME, *COALITION, *GRAPH)
#: Theories that need the deals of a case, or a tree, or a function: the protocol or command that stands for them.
ELSEWHERE = {
    "backward-induction": "solve strategic-alternating-offers",
    "recognition-by-lot": "solve strategic-random-proposer",
    "issue-by-issue-deals": "solve issue-by-issue ",
    "screening-by-type": "solve screening-while-fighting",
    "shapley-value-sampled": "solve shapley-value ",
    "subgame-perfect": ".efg",
}


def found_at(answer, path):
    """What stands at a dotted path of nested answers."""
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def close(found, expected, within):
    """Whether two nested answers agree."""
    if isinstance(expected, list):
        return len(found) == len(expected) and all(close(*pair, within) for pair in zip(found, expected, strict=True))
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        return found == pytest.approx(expected, abs=within, rel=0)
    return found == expected


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.asks)
def test_the_number_of_the_book(exercise):
    """The command ends well and its answer holds the number."""
    done = CliRunner().invoke(main, [*shlex.split(exercise.command), "--json"])
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    wrong = {
        path: (found_at(answer, path), number)
        for path, number in exercise.numbers.items()
        if not close(found_at(answer, path), number, exercise.within)
    }
    assert not wrong


@pytest.mark.parametrize("name", [*EQUILIBRIA.names, *GAMES.names, *SOLUTIONS.names])
def test_every_theory_has_an_exercise(name):
    """Each registered theory is asked for a number above, by its own name or as named in ELSEWHERE."""
    asked = ELSEWHERE.get(name, f"solve {name} ")
    assert any(asked in exercise.command for exercise in EXERCISES)
    if name not in ELSEWHERE:
        assert what_it_takes(name).arguments
    else:
        with pytest.raises(InputError, match="takes no numbers"):
            what_it_takes(name)


class Played(NamedTuple):
    """An exercise as a case: file and changes; the theory that speaks of it, its number, and how close talks come."""

    asks: str
    case: str
    theory: str
    chance: float
    gains: dict
    talks: float
    within: float


PLAYED = (
    Played(
        "Rubinstein's pie, offers by turns until the tenth year: Ståhl's share in theory and in the talks",
        "scenarios/pie --draws 1 --central",
        "stahl",
        1.0,
        {"first": 0.576077312},
        0.01,
        1e-6,
    ),
    Played(
        "the same, both keeping nine tenths, without a deadline",
        "scenarios/pie --draws 1 --central --set second.patience=0.9 --set talks.horizon=60 --set talks.rounds=60",
        "rubinstein",
        1.0,
        {"first": 1 / 1.9},
        0.05,
        1e-6,
    ),
    Played(
        "a two-level game: the offer that balances greed and the ratifier, and how often he says no",
        f"{FOLDER}/two_levels.toml --draws 300",
        "ratification",
        0.625,
        {"first": 0.15625},
        0.06,
        1e-6,
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", PLAYED, ids=lambda one: one.asks)
def test_the_case_is_played_as_the_book_says(exercise):
    """`sim theory` names the number of the book, and the talks come close to it."""
    done = CliRunner().invoke(main, ["theory", *shlex.split(exercise.case), "--json"])
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    found = next(one["found"] for one in answer["applies"] if one["found"]["name"] == exercise.theory)
    assert found["deal"] == pytest.approx(exercise.chance, abs=exercise.within)
    for name, gain in exercise.gains.items():
        assert found["gains"][name]["median"] == pytest.approx(gain, abs=exercise.within)
    assert answer["talks"]["deal"] == pytest.approx(exercise.chance, abs=exercise.talks)
    if exercise.chance == 1.0:
        for name, gain in exercise.gains.items():
            assert answer["talks"]["gains"][name]["median"] == pytest.approx(gain, abs=exercise.talks)
