"""Who may ask, and for how long: a question in, a reply out, whatever becomes of the process that answers."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable
from contextlib import suppress

from kg.server.limits import Limits
from kg.server.staff import Staff, Worker
from kg.server.worker import Question, Reply

#: How much less of a processor a long query gets than a quick one where both want it: about a third.
NICER = 5


class Busy(Exception):
    """There are too many questions at a time; in words, of which kind."""


class Gone(Exception):
    """Who asked does not wait for the reply any more."""


class Workers:
    """Processes that answer from one graph; made by `start`.

    A few quick queries run at a time. One that takes longer moves aside to one of a few other places, so that long
    queries, kindly meant or not, keep nobody else from an answer.
    """

    def __init__(self, graph: bytes, limits: Limits) -> None:
        self.limits = limits
        self._staff = Staff(graph, limits)
        self._quick = asyncio.Semaphore(limits.quick)
        self._long = asyncio.Semaphore(limits.long)
        self._inside = 0
        self._empty = asyncio.Event()

    @classmethod
    async def start(cls, graph: bytes, limits: Limits) -> Workers:
        """Workers that are ready to answer; raises GraphError where the graph cannot be loaded."""
        workers = cls(graph, limits)
        await workers._staff.start()
        return workers

    async def ask(self, question: Question, gone: Awaitable[None]) -> Reply:
        """The reply to a question.

        Raises Busy where too many are waiting or too many are long, TimeoutError where it took too long, and Gone as
        soon as `gone` is done; the process is then no more.
        """
        limits = self.limits
        if self._inside >= limits.waiting + limits.quick + limits.long:
            raise Busy("too many queries wait")
        self._inside += 1
        self._empty.clear()
        left = asyncio.ensure_future(gone)
        try:
            return await self._ask(question, left)
        finally:
            left.cancel()
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    async def stop(self) -> None:
        """Ends all workers, once they have answered."""
        if self._inside:
            await self._empty.wait()
        self.end()

    def end(self) -> None:
        """Ends all workers at once."""
        self._staff.stop()

    async def _ask(self, question: Question, left: asyncio.Future[None]) -> Reply:
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._quick.acquire()
        except TimeoutError:
            raise Busy("too many queries wait") from None
        places = [self._quick]
        begun = time.monotonic()
        try:
            async with self._staff.worker() as worker:
                asked = asyncio.ensure_future(worker.ask(question))
                try:
                    await _first(asked, left, self.limits.quick_seconds)
                    if not asked.done():
                        places.pop().release()
                        await self._longer(asked, left, worker, begun)
                    return await asked
                except (asyncio.IncompleteReadError, ConnectionError):
                    return await self._staff.end(worker)
                finally:
                    asked.cancel()
        finally:
            for place in places:
                place.release()

    async def _longer(
        self, asked: asyncio.Future[Reply], left: asyncio.Future[None], worker: Worker, begun: float
    ) -> None:
        if self._long.locked():
            raise Busy("too many long queries run")
        async with self._long:
            worker.fresh = False  # who is nice to others stays so
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, worker.process, NICER)
            await _first(asked, left, begun + self.limits.seconds - time.monotonic())
        if not asked.done():
            raise TimeoutError


async def _first(asked: asyncio.Future[Reply], left: asyncio.Future[None], seconds: float) -> None:
    """Waits for a reply, or so long; raises Gone where nobody waits any more."""
    await asyncio.wait((asked, left), timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    if left.done() and not asked.done():
        raise Gone
