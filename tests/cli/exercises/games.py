"""Exercises on games in strategic and extensive form, and on dynamics."""

from tests.cli.exercises.exercise import DILEMMA, FOLDER, PENNIES, SEXES, Exercise

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
