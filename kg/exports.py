"""Exports: files written beside and then put in place, so that what stands there is always whole, old or new."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import ExportError

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE, as Linux numbers them
_held: set[tuple[int, int, int]] = set()


@contextmanager
def alone(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Within it no other process, and no other thread, is within `alone` of the same folder; these wait.

    `waiting` is called before a wait. The kernel holds the lock, on the folder itself: a process that ends, however
    it does, leaves none behind. Raises ExportError where the folder cannot be opened.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _fault(folder, error) from None
    try:
        key = (threading.get_ident(), *_identity(handle))
        if key in _held:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        _held.add(key)
        try:
            yield
        finally:
            _held.discard(key)
    finally:
        os.close(handle)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files into a folder, or none: one after another, so that a look at that moment may see both kinds.

    Raises ExportError, with what stood there standing there again, where one of them cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as beside:
            _write(folder, files, Path(beside))
    except OSError as error:
        raise _fault(folder, error) from None


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files into a folder in one moment: before it all are the old ones, after it all are the new ones.

    A copy of the folder, in which its other files are links to the same content, takes its place. Where that cannot be
    (the folder is mounted, the file system knows no exchange), it is as `write`. Raises ExportError as that does.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        replace(folder, files)
        return

    def fill(new: Path) -> None:
        def ours(at: str, _: object) -> set[str]:
            return set(files) if Path(at) == folder else set()

        shutil.copytree(folder, new, symlinks=True, ignore=ours, copy_function=os.link)
        owner = folder.stat()
        os.chown(new, owner.st_uid, owner.st_gid)
        for name, content in files.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(name)
            _put(new / name, content)

    try:
        _exchange(folder, fill)
    except (OSError, AttributeError, ExportError):
        write(folder, files)


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Makes a folder that holds these files, `/` in their names for folders inside, and nothing else; or nothing.

    What stood there is gone afterwards. Raises ExportError, with it standing there again, where that cannot be done.
    """
    folder = folder.resolve()

    def fill(new: Path) -> None:
        new.mkdir()
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            _put(new / name, content)

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _exchange(folder, fill)
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ExportError(f"{folder}: cannot be written: {what}; what stood there still stands") from None


def _exchange(folder: Path, fill: Callable[[Path], None]) -> None:
    """Puts a new folder, which `fill` makes, in the place of another in one step."""
    new = folder.parent / f".{folder.name}.new"
    with alone(folder.parent):
        # What stands there was left by a process that was killed.
        shutil.rmtree(new, ignore_errors=True)
        try:
            fill(new)
            settle(new)
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            if folder.exists():
                _swap(new, folder)
            else:
                new.rename(folder)
            settle(folder.parent)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _swap(one: Path, other: Path) -> None:
    """Exchanges two folders; Python has no name for what Linux can do."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _identity(handle: int) -> tuple[int, int]:
    told = os.fstat(handle)
    return told.st_dev, told.st_ino


def put(path: Path, content: bytes) -> None:
    """Writes one file, beside and renamed; raises OSError, with the old one still there, where that cannot be done."""
    new = path.with_name(f".{path.name}.new")
    _put(new, content)
    new.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Makes renames in a folder last, whatever happens to the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write(folder: Path, files: Mapping[str, bytes], beside: Path) -> None:
    for name, content in files.items():
        _put(beside / name, content)
        if (folder / name).is_file():
            os.link(folder / name, beside / f"{name}.old")
    try:
        for name in files:
            (beside / name).replace(folder / name)
    except BaseException:
        for name in files:
            _restore(folder / name, beside / name, beside / f"{name}.old")
        raise


def _restore(final: Path, new: Path, old: Path) -> None:
    """Puts back what stood there, if the new file has already taken its place."""
    if new.exists():
        return
    with suppress(FileNotFoundError):
        if old.exists():
            old.replace(final)
        else:
            final.unlink()


def _fault(folder: Path, error: OSError) -> ExportError:
    what = (error.strerror or str(error)).lower()
    return ExportError(f"{folder}: cannot be written: {what}; the files there are as they were")
