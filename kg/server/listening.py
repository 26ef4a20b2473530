"""Listening: from a port to a graceful end, with the edition that is served."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from watchfiles import awatch

from kg.errors import KgError, ServerError
from kg.server.app import application
from kg.server.edition import Edition, edition, stamps
from kg.server.limits import Limits
from kg.server.patience import patient

Say = Callable[[str], None]
#: Names of the machine itself, which need not be allowed.
LOCAL = ("localhost", "127.0.0.1", "::1")


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    reload: bool = False,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    say: Say = lambda _: None,
) -> None:
    """Serves what stands in exports/ of a folder until SIGINT or SIGTERM; `say` is told in a line what happens.

    With `reload`, a new build is served as soon as it stands there. `hosts` are further names under which it may be
    asked for, `origins` sites whose pages may read it. Raises ServerError where the port is not to be had, and what
    `edition` raises.
    """
    limits = limits or Limits()
    with _bound(host, port) as bound:
        asyncio.run(_serve(folder, bound, reload, limits, _names(host, hosts), origins, say))


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ServerError(f"{host}:{port}: cannot listen there: {why.lower()}; choose with --host and --port") from None


def _names(host: str, hosts: Sequence[str]) -> Sequence[str]:
    """Under which names it may be asked for: who listens to the network without saying more takes any."""
    try:
        alone = ip_address(host).is_loopback
    except ValueError:
        alone = host == "localhost"
    return [*LOCAL, host, *hosts] if alone or hosts else ["*"]


async def _serve(
    folder: Path,
    bound: socket.socket,
    reload: bool,
    limits: Limits,
    hosts: Sequence[str],
    origins: Sequence[str],
    say: Say,
) -> None:
    served = _Served(folder, limits, await edition(folder, limits))
    config = uvicorn.Config(
        application(lambda: served.now, limits, hosts, origins),
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=int(limits.stop_seconds),
        http=patient(limits.body_seconds),
        ws="none",
    )
    host, port = bound.getsockname()[:2]
    say(f"Listening on http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")
    watching = asyncio.create_task(served.follow(say)) if reload else None
    try:
        await _Server(config, say).serve([bound])
    finally:
        if watching:
            watching.cancel()
        served.now.workers.end()
    say("Stopped.")


class _Served:
    """The edition that is served now."""

    def __init__(self, folder: Path, limits: Limits, first: Edition) -> None:
        self.now = first
        self._folder = folder
        self._limits = limits
        self._seen = first.stamps
        self._ending: set[asyncio.Task[None]] = set()

    async def follow(self, say: Say) -> None:
        """Takes each new build as it comes; one that is faulty is told of, and the last one stays."""
        paths = [p for p in (self._folder / "exports", self._folder / "ontology" / "queries") if p.is_dir()]
        # A second without news is looked at, too: a build may have come before anybody watched.
        async for _ in awatch(*paths, recursive=False, step=20, rust_timeout=1000, yield_on_timeout=True):
            if (seen := stamps(self._folder)) == self._seen:
                continue
            self._seen = seen
            try:
                new = await edition(self._folder, self._limits)
            except KgError as error:
                say(f"{str(error).splitlines()[0]}; the last build is still served")
                continue
            old, self.now = self.now, new
            say(f"A new build is served: {new.tag[:12]}")
            # It gives the answers that it has begun.
            ending = asyncio.create_task(old.workers.stop())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)


class _Server(uvicorn.Server):
    """Uvicorn that says when it stops, and then ends as it was asked to: without an error."""

    def __init__(self, config: uvicorn.Config, say: Say) -> None:
        super().__init__(config)
        self._say = say

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the loop, and are not raised again afterwards."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number)
        yield

    def _stop(self, number: int) -> None:
        if not self.should_exit:
            self._say("Stopping: what is being answered is finished first.")
        self.handle_exit(number, None)
