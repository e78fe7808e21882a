"""Exercises on coalitions, votes and power."""

from tests.cli.exercises.exercise import FOLDER, Exercise

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
    Exercise(
        "the Council of the European Union: 13.2 % of all coalitions pass, Petróczy & Csató 2023",
        f"solve weighted-voting @{FOLDER}/council.json",
        {"answer.passing_decimal": 0.1325, "answer.shapley_decimal.0": 0.1789},
        0.0005,
    ),
    Exercise(
        "a double majority: three of four with four of six votes",
        "solve weighted-voting weights=[3,1,1,1] quota=4 least=3",
        {"answer.shapley": ["1/2", "1/6", "1/6", "1/6"], "answer.passing": "1/4"},
    ),
)
