"""`python -m tests.sweeps.unhurried` is `sim`, but its sweeps wait over each chunk: there is time to break in."""

from functools import partial

from sim.cli.main import main
from sim.sweeps import playing
from tests.sweeps.faulty import takes_its_time

if __name__ == "__main__":
    playing.play_sweep = partial(playing.play_sweep, play=takes_its_time)
    main()
