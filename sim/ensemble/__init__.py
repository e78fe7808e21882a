"""What is asked, and worlds played as they are asked."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.ensemble.columns import COLUMNS as COLUMNS
    from sim.ensemble.columns import FULL as FULL
    from sim.ensemble.columns import GLIMPSED as GLIMPSED
    from sim.ensemble.columns import LIGHT as LIGHT
    from sim.ensemble.dataset_labels import label as label
    from sim.ensemble.dataset_labels import meanings as meanings
    from sim.ensemble.dataset_labels import recoded as recoded
    from sim.ensemble.design import Design as Design
    from sim.ensemble.judging import Judge as Judge
    from sim.ensemble.judging import counting as counting
    from sim.ensemble.judging import fitting_worlds as fitting_worlds
    from sim.ensemble.outcome_column import OutcomeColumn as OutcomeColumn
    from sim.ensemble.play_design import PlayedRows as PlayedRows
    from sim.ensemble.play_design import Progress as Progress
    from sim.ensemble.play_design import play as play
    from sim.ensemble.play_design import play_block as play_block
    from sim.ensemble.play_design import play_parts as play_parts
    from sim.ensemble.play_design import play_rows as play_rows
    from sim.ensemble.rows import GivenRows as GivenRows
    from sim.ensemble.rows import Rows as Rows
    from sim.ensemble.rows import RowSource as RowSource

open_door(__name__)
