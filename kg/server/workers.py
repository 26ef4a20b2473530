"""The workers as the server sees them: a question in, a reply out, whatever becomes of the process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context

from kg.errors import GraphError
from kg.server.keeper import ORDER, keep
from kg.server.limits import Limits
from kg.server.worker import FRAME, Question, Reply, unpacked

#: How much less of a processor a long query gets than a quick one where both want it: about a third.
NICER = 5


class Busy(Exception):
    """There are too many questions at a time; in words, of which kind."""


class Gone(Exception):
    """Who asked does not wait for the reply any more."""


@dataclass(slots=True)
class _Worker:
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    #: Whether it may answer another question.
    fresh: bool = field(default=True)

    async def ask(self, question: Question) -> Reply:
        """The reply; an IncompleteReadError or a ConnectionError where the process is no more."""
        self.writer.write(question.packed())
        await self.writer.drain()
        head, body = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        return unpacked(await self.reader.readexactly(head), await self.reader.readexactly(body))


class Workers:
    """Processes that answer from one graph; made by `start`.

    A few quick queries run at a time. One that takes longer moves aside to one of a few other places, so that long
    queries, kindly meant or not, keep nobody else from an answer.
    """

    def __init__(self, graph: bytes, limits: Limits) -> None:
        self.limits = limits
        self._graph = graph
        self._control: socket.socket | None = None
        self._order = asyncio.Lock()
        self._idle: list[_Worker] = []
        self._quick = asyncio.Semaphore(limits.quick)
        self._long = asyncio.Semaphore(limits.long)
        self._inside = 0
        self._empty = asyncio.Event()

    @classmethod
    async def start(cls, graph: bytes, limits: Limits) -> Workers:
        """Workers that are ready to answer; raises GraphError where the graph cannot be loaded."""
        workers = cls(graph, limits)
        workers._idle = [await workers._hire() for _ in range(limits.quick)]
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
        if self._control:
            self._control.close()
        for worker in self._idle:
            worker.writer.close()

    async def _ask(self, question: Question, left: asyncio.Future[None]) -> Reply:
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._quick.acquire()
        except TimeoutError:
            raise Busy("too many queries wait") from None
        quick = [self._quick]
        begun = time.monotonic()
        try:
            async with self._worker() as worker:
                asked = asyncio.ensure_future(worker.ask(question))
                try:
                    await _first(asked, left, self.limits.quick_seconds)
                    if not asked.done():
                        quick.pop().release()
                        await self._longer(asked, left, worker, begun)
                    reply = await asked
                    worker.fresh &= reply.fresh
                    return reply
                except (asyncio.IncompleteReadError, ConnectionError):
                    worker.fresh = False
                    return _last_words(await self._end(worker))
                finally:
                    asked.cancel()
        finally:
            for place in quick:
                place.release()

    async def _longer(
        self, asked: asyncio.Future[Reply], left: asyncio.Future[None], worker: _Worker, begun: float
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

    # -- processes

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[_Worker]:
        """A worker that is idle; afterwards it is so again, or is no more."""
        worker = self._idle.pop() if self._idle else await self._hire()
        try:
            yield worker
        except BaseException:
            worker.fresh = False
            raise
        finally:
            if worker.fresh and len(self._idle) < self.limits.quick:
                self._idle.append(worker)
            else:
                await self._end(worker)

    async def _hire(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            process = await self._command(0, theirs)
        ours.setblocking(False)
        return _Worker(process, *await asyncio.open_connection(sock=ours))

    async def _end(self, worker: _Worker) -> int:
        """How it ended; 0 where that has been told before."""
        process, worker.process = worker.process, 0
        worker.writer.close()
        return await self._command(process) if process else 0

    async def _command(self, order: int, channel: socket.socket | None = None) -> int:
        async with self._order:
            for control in (self._control, None):
                control = control or await asyncio.to_thread(self._keeper)
                if told := await asyncio.to_thread(_told, control, order, channel):
                    self._control = control
                    return int(ORDER.unpack(told)[0])
                # Its workers went with it.
                self._control = None
                if order:
                    return 0
        raise GraphError("the graph cannot be loaded")

    def _keeper(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        # A new interpreter, and no fork of this process, which has threads.
        keeper = get_context("spawn").Process(target=keep, args=(theirs, self._graph, self.limits), daemon=True)
        with theirs:
            keeper.start()
        if not ours.recv(ORDER.size):
            raise GraphError("the graph cannot be loaded")
        return ours


async def _first(asked: asyncio.Future[Reply], left: asyncio.Future[None], seconds: float) -> None:
    """Waits for a reply, or so long; raises Gone where nobody waits any more."""
    await asyncio.wait((asked, left), timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    if left.done() and not asked.done():
        raise Gone


def _told(control: socket.socket, order: int, channel: socket.socket | None) -> bytes:
    try:
        socket.send_fds(control, [ORDER.pack(order)], [channel.fileno()] if channel else [])
        return control.recv(ORDER.size)
    except OSError:
        return b""


def _last_words(ended: int) -> Reply:
    """What is said for a worker that ended without a reply."""
    if ended == -signal.SIGSEGV:
        return Reply("query", "", b"line 1, column 1: the query is nested too deeply", fresh=False)
    return Reply("memory" if ended in (-signal.SIGABRT, -signal.SIGKILL) else "fault", "", b"", fresh=False)
