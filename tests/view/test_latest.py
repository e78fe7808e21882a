"""Of many requests only the newest counts."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from sim.view.latest import Latest


def play_out(scene):
    """Run a scene with one line of background work."""

    async def with_pool():
        with ThreadPoolExecutor(2) as pool:
            return await scene(Latest(pool))

    return asyncio.run(with_pool())


def test_waiting_requests_are_dropped_but_for_the_newest():
    """While one is played, five more come in: only the last of them is begun."""
    begun = []
    go = threading.Event()

    async def scene(latest):
        def work(name):
            def do(ticket):
                begun.append(name)
                go.wait(5)
                return name

            return asyncio.ensure_future(latest.run(do))

        tasks = [work(0)]
        await asyncio.sleep(0.05)
        tasks += [work(name) for name in range(1, 6)]
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(*tasks)

    assert play_out(scene) == [0, None, None, None, None, 5]
    assert begun == [0, 5]


def test_long_work_gives_up_at_its_next_look():
    """The full number is abandoned as soon as something newer is asked for."""
    looks = []

    async def scene(latest):
        def long(ticket):
            for look in range(1000):
                looks.append(look)
                ticket.check(look, 1000)
                threading.Event().wait(0.005)

        first = asyncio.ensure_future(latest.run(long))
        await asyncio.sleep(0.05)
        second = await latest.run(lambda ticket: "new")
        return await first, second

    assert play_out(scene) == (None, "new")
    assert len(looks) < 500


def test_errors_reach_whoever_asked():
    """A failure is not swallowed, and the next request is served."""

    async def scene(latest):
        def fail(ticket):
            raise ValueError("no")

        try:
            await latest.run(fail)
        except ValueError as error:
            return str(error), await latest.run(lambda ticket: 1)

    assert play_out(scene) == ("no", 1)
