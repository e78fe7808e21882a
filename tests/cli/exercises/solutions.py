"""Exercises on cooperative solutions."""

from tests.cli.exercises.exercise import Exercise

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
