"""Results on disk and in memory: labelled arrays, manifest, folders."""

from sim.store.dataset import MEANINGS as MEANINGS
from sim.store.dataset import label as label
from sim.store.dataset import meanings as meanings
