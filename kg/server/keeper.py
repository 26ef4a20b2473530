"""The keeper: a process that loads the graph once and forks workers that share it, so that a new one costs nothing."""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct

from kg import store
from kg.server import worker
from kg.server.limits import Limits

#: What is asked: a new worker for the channel sent along (0), or the end of a worker (its process). What is told:
#: the new worker's process, or how the old one ended.
ORDER = struct.Struct("!q")


def keep(control: socket.socket, graph: bytes, limits: Limits) -> None:
    """Forks and ends workers as it is told, until the server is gone; its first word says that the graph is loaded.

    One thread, and never busy: a fork here is safe, and whoever waits for a worker waits for milliseconds. Only the
    keeper kills, and it waits for what it killed, so no other process can have got the number.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    loaded = store.load(graph)
    worker.rehearse(loaded)
    # What there is stays where it is: memory that nobody writes to is shared.
    gc.collect()
    gc.freeze()
    silent = os.open(os.devnull, os.O_WRONLY)
    control.sendall(ORDER.pack(0))
    workers: set[int] = set()
    try:
        while True:
            order, channels, _, _ = socket.recv_fds(control, ORDER.size, 1)
            if not order:
                return
            (old,) = ORDER.unpack(order)
            if old:
                workers.discard(old)
                control.sendall(ORDER.pack(_end(old)))
                continue
            new = os.fork()
            if not new:
                control.close()
                _become_worker(channels[0], loaded, limits, silent)
            os.close(channels[0])
            workers.add(new)
            control.sendall(ORDER.pack(new))
    except (BrokenPipeError, ConnectionResetError):
        pass
    finally:
        for old in workers:
            _end(old)


def _end(process: int) -> int:
    """How it ended: its exit code, or the signal, negative, that ended it before we did."""
    done, status = os.waitpid(process, os.WNOHANG)
    if not done:
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _become_worker(channel: int, loaded: store.Store, limits: Limits, silent: int) -> None:
    """Never comes back. What Oxigraph says as it runs out of memory is nobody's to read."""
    try:
        os.dup2(silent, 2)
        worker.work(socket.socket(fileno=channel), loaded, limits)
    finally:
        os._exit(0)
