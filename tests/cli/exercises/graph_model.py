"""Exercises on the graph model of conflict."""

from tests.cli.exercises.exercise import FOLDER, Exercise

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
