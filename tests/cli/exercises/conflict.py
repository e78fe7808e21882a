"""Exercises on bargaining in the shadow of war."""

import math

from tests.cli.exercises.exercise import FIGHT, Exercise

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
    Exercise(
        "Fearon 1994: of two who wait for each other, the one with the steeper audience costs gives way less often",
        "solve escalating-crisis prize=1 slopes=[2,1] lowest=[1,1]",
        {"answer.horizon": (math.sqrt(3) - 1) / 2, "answer.backs_down": [2 - math.sqrt(3), (3 - math.sqrt(3)) / 2]},
    ),
)
