"""What an exercise of a textbook is, and what several of them have in common."""

from pathlib import Path
from typing import NamedTuple

#: Files that exercises read.
FOLDER = Path(__file__).parents[1] / "textbook"


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
