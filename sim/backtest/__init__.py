"""Models judged on decisions that were taken."""

from sim.backtest.accuracy import Accuracy as Accuracy
from sim.backtest.decision import Decision as Decision
from sim.backtest.decision import DecisionSet as DecisionSet
from sim.backtest.decision import scoreable as scoreable
from sim.backtest.decision_models import MEAN as MEAN
from sim.backtest.decision_models import decision_models as decision_models
from sim.backtest.input_noise import NoiseEffect as NoiseEffect
from sim.backtest.judged import Backtest as Backtest
from sim.backtest.judged import EnsembleRecord as EnsembleRecord
from sim.backtest.judged import ModelRecord as ModelRecord
from sim.backtest.judged import backtest as backtest
