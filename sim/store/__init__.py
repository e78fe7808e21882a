"""Results on disk and in memory: labelled arrays, manifest, folders."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.ensemble import meanings as meanings
    from sim.ensemble import recoded as recoded
    from sim.store.digest import BOUNDARY as BOUNDARY
    from sim.store.digest import digest as digest
    from sim.store.draw_table import draw_table as draw_table
    from sim.store.folder import FIGURES_FOLDER as FIGURES_FOLDER
    from sim.store.load import latest_run as latest_run
    from sim.store.load import load_analyses as load_analyses
    from sim.store.load import load_manifest as load_manifest
    from sim.store.load import load_results as load_results
    from sim.store.manifest import Manifest as Manifest
    from sim.store.manifest import fingerprint as fingerprint
    from sim.store.replays import load_with_replays as load_with_replays
    from sim.store.replays import with_replays as with_replays
    from sim.store.save import begin_run as begin_run
    from sim.store.save import close_manifest as close_manifest
    from sim.store.save import finish_run as finish_run
    from sim.store.save import rules_of as rules_of
    from sim.store.save import save_results as save_results
    from sim.store.stored_ask import ask_again as ask_again

open_door(__name__)
