"""Exercises on bargaining by turns and by lot."""

from tests.cli.exercises.exercise import FOLDER, Exercise

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
