"""Which deals are efficient or fair: cooperative solutions on finite sets and lottery hulls."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.solutions.bargaining_problem import BargainingProblem as BargainingProblem
    from sim.solutions.egalitarian import Egalitarian as Egalitarian
    from sim.solutions.hull_solutions import hull_egalitarian as hull_egalitarian
    from sim.solutions.hull_solutions import hull_equal_area as hull_equal_area
    from sim.solutions.hull_solutions import hull_kalai_smorodinsky as hull_kalai_smorodinsky
    from sim.solutions.hull_solutions import hull_nash as hull_nash
    from sim.solutions.hull_solutions import hull_utilitarian as hull_utilitarian
    from sim.solutions.hull_solutions import utilitarian_segment as utilitarian_segment
    from sim.solutions.kalai_smorodinsky import KalaiSmorodinsky as KalaiSmorodinsky
    from sim.solutions.lottery_hull import HULL_SOLUTIONS as HULL_SOLUTIONS
    from sim.solutions.lottery_hull import LotteryHull as LotteryHull
    from sim.solutions.nash import Nash as Nash
    from sim.solutions.pareto import pareto_frontier as pareto_frontier
    from sim.solutions.smooth import Ellipsoid as Ellipsoid
    from sim.solutions.smooth import Simplex as Simplex
    from sim.solutions.solution import SOLUTIONS as SOLUTIONS
    from sim.solutions.solution import AbstractSolution as AbstractSolution
    from sim.solutions.solve_all import SelectedDeals as SelectedDeals
    from sim.solutions.solve_all import solve_all as solve_all
    from sim.solutions.ties import TIE as TIE
    from sim.solutions.ties import first as first
    from sim.solutions.ties import highest as highest
    from sim.solutions.utilitarian import Utilitarian as Utilitarian

open_door(__name__)
