"""Games in strategic form, coalitional games, and conflicts as graphs: what is in equilibrium, who has power."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.games.adjusted_winner import AdjustedWinner as AdjustedWinner
    from sim.games.adjusted_winner import adjusted_winner as adjusted_winner
    from sim.games.alpha_rank import alpha_rank as alpha_rank
    from sim.games.alpha_rank import alpha_rank_populations as alpha_rank_populations
    from sim.games.banzhaf_value import banzhaf_value as banzhaf_value
    from sim.games.correlated_equilibrium import CorrelatedPlay as CorrelatedPlay
    from sim.games.correlated_equilibrium import correlated_equilibrium as correlated_equilibrium
    from sim.games.fictitious_play import FictitiousPlay as FictitiousPlay
    from sim.games.fictitious_play import fictitious_play as fictitious_play
    from sim.games.game import GAMES as GAMES
    from sim.games.game_tree import GameTree as GameTree
    from sim.games.game_tree import TreeNode as TreeNode
    from sim.games.graph_model import GraphStability as GraphStability
    from sim.games.graph_model import graph_model as graph_model
    from sim.games.graph_model import graph_model_coalition as graph_model_coalition
    from sim.games.iterated_dominance import IteratedDominance as IteratedDominance
    from sim.games.iterated_dominance import iterated_dominance as iterated_dominance
    from sim.games.least_core import LeastCore as LeastCore
    from sim.games.least_core import least_core as least_core
    from sim.games.logit_qre import QuantalResponses as QuantalResponses
    from sim.games.logit_qre import logit_qre as logit_qre
    from sim.games.logit_qre import logit_qre_trace as logit_qre_trace
    from sim.games.nash_equilibria import EquilibriumSet as EquilibriumSet
    from sim.games.nash_equilibria import NashEquilibria as NashEquilibria
    from sim.games.nash_equilibria import nash_equilibria as nash_equilibria
    from sim.games.nucleolus import Nucleolus as Nucleolus
    from sim.games.nucleolus import nucleolus as nucleolus
    from sim.games.pure_equilibria import pure_equilibria as pure_equilibria
    from sim.games.replicator import replicator as replicator
    from sim.games.replicator import replicator_pair as replicator_pair
    from sim.games.replicator import replicator_populations as replicator_populations
    from sim.games.shapley_value import SampledValue as SampledValue
    from sim.games.shapley_value import shapley_value as shapley_value
    from sim.games.shapley_value import shapley_value_sampled as shapley_value_sampled
    from sim.games.solved_game import SolvedGame as SolvedGame
    from sim.games.solved_game import solve_game as solve_game
    from sim.games.strategic_form import StrategicForm as StrategicForm
    from sim.games.subgame_perfect import SubgamePerfect as SubgamePerfect
    from sim.games.subgame_perfect import subgame_perfect as subgame_perfect
    from sim.games.weighted_voting import VotingPower as VotingPower
    from sim.games.weighted_voting import weighted_voting as weighted_voting

open_door(__name__)
