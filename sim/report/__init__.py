"""What was found, in words: for the terminal, for machines, for a notebook; the HTML page is in `page`."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.report.answer import Answer as Answer
    from sim.report.collected_answer import answer as answer
    from sim.report.comparison import Comparison as Comparison
    from sim.report.comparison import compare as compare
    from sim.report.since import Since as Since
    from sim.report.since import read_earlier as read_earlier
    from sim.report.since import since as since
    from sim.report.spread_parts import Spread as Spread
    from sim.report.stored import read_stored as read_stored
    from sim.report.stored_analysis import StoredAnalysis as StoredAnalysis
    from sim.report.stored_bridge import StoredBridge as StoredBridge
    from sim.report.stored_run import StoredRun as StoredRun
    from sim.report.stored_sweep import StoredSweep as StoredSweep
    from sim.report.transcript import transcript as transcript
    from sim.report.transcript import transcript_lines as transcript_lines

open_door(__name__)
