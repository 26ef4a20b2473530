"""The processes that answer: how one comes, is asked, and ends."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from kg.errors import GraphError
from kg.server.keeper import ORDER, keep
from kg.server.limits import Limits
from kg.server.worker import FRAME, Question, Reply, unpacked


@dataclass(slots=True)
class Worker:
    """A process, and the channel to it; `fresh` tells whether it may answer another question."""

    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    fresh: bool = True

    async def ask(self, question: Question) -> Reply:
        """The reply; an IncompleteReadError or a ConnectionError where the process is no more."""
        self.writer.write(question.packed())
        await self.writer.drain()
        head, body = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        reply = unpacked(await self.reader.readexactly(head), await self.reader.readexactly(body))
        self.fresh &= reply.fresh
        return reply


class Staff:
    """Workers that a keeper forks for us; a new keeper comes where one is lost."""

    def __init__(self, graph: bytes, limits: Limits) -> None:
        self._graph = graph
        self._limits = limits
        self._control: socket.socket | None = None
        self._order = asyncio.Lock()
        self._idle: list[Worker] = []

    async def start(self) -> None:
        """Has workers ready; raises GraphError where the graph cannot be loaded."""
        self._idle = [await self._hire() for _ in range(self._limits.quick)]

    def stop(self) -> None:
        """Lets all go."""
        if self._control:
            self._control.close()
        for worker in self._idle:
            worker.writer.close()

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Worker]:
        """A worker that is idle; afterwards it is so again, or is no more."""
        worker = await self._ready()
        try:
            yield worker
        except BaseException:
            worker.fresh = False
            raise
        finally:
            if worker.fresh and len(self._idle) < self._limits.quick:
                self._idle.append(worker)
            else:
                await self.end(worker)

    async def end(self, worker: Worker) -> Reply:
        """Ends a worker, if it is still there; says what there is to be said for one that ended by itself."""
        process, worker.process, worker.fresh = worker.process, 0, False
        worker.writer.close()
        ended = await self._command(process) if process else 0
        if ended == -signal.SIGSEGV:
            return Reply("query", "", b"line 1, column 1: the query is nested too deeply")
        return Reply("memory" if ended in (-signal.SIGABRT, -signal.SIGKILL) else "fault", "", b"")

    async def _ready(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof():
                return worker
            await self.end(worker)  # it ended while nobody asked it
        return await self._hire()

    async def _hire(self) -> Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            process = await self._command(0, theirs)
        ours.setblocking(False)
        return Worker(process, *await asyncio.open_connection(sock=ours))

    async def _command(self, order: int, channel: socket.socket | None = None) -> int:
        async with self._order:
            for control in (self._control, None):
                if control is None:
                    control = await asyncio.to_thread(self._keeper)
                if told := await asyncio.to_thread(_told, control, order, channel):
                    self._control = control
                    return int(ORDER.unpack(told)[0])
                # The keeper is gone, and its workers with it.
                self._control = None
                if order:
                    break
            return 0

    def _keeper(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        # A new interpreter, and no fork of this process, which has threads.
        keeper = get_context("spawn").Process(target=keep, args=(theirs, self._graph, self._limits), daemon=True)
        with theirs:
            keeper.start()
        if not ours.recv(ORDER.size):
            raise GraphError("the graph cannot be loaded")
        return ours


def _told(control: socket.socket, order: int, channel: socket.socket | None) -> bytes:
    try:
        socket.send_fds(control, [ORDER.pack(order)], [channel.fileno()] if channel else [])
        return control.recv(ORDER.size)
    except OSError:
        return b""
