"""Refreshing while the app runs: now and then, and on demand, in a process of its own.

A child process keeps the reading of millions of rows away from the pages' interpreter, and can
die without taking the server with it. The snapshots' lock keeps several servers from doing the
same work twice.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from queries import stores
from queries.settings import ROOT, Settings

_log = logging.getLogger("smarketing.refresh")
# How often the loop looks at the clock; a request wakes it at once.
_LOOK_SECONDS = 5.0
# After a failure the source is left alone for a while.
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Status:
    """What the refresher is doing. `failure`: why the last refresh failed, "" if it did not."""

    is_running: bool = False
    failure: str = ""


class Refresher:
    """One thread that keeps the snapshot of one configuration young."""

    def __init__(self, configured: Settings) -> None:
        self._configured = configured
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._failed_at: datetime | None = None
        self._asked = False
        self.status = Status()
        self._thread = threading.Thread(target=self._loop, name="refresher", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stops the thread and its child; the snapshot in force stays."""
        self._stop.set()
        self._wake.set()
        if self._child is not None:
            self._child.terminate()

    def request(self) -> None:
        """Asks for a refresh as soon as possible."""
        self._asked = True
        self._wake.set()

    def _loop(self) -> None:
        while not self._stop.is_set():
            if self._is_due(datetime.now(UTC).replace(tzinfo=None)):
                self._run()
            self._wake.wait(_LOOK_SECONDS)
            self._wake.clear()

    def _is_due(self, now: datetime) -> bool:
        if self._asked:
            return True
        if self._failed_at and (now - self._failed_at).total_seconds() < _PATIENCE_SECONDS:
            return False
        try:
            snapshot = stores.current(self._configured.mart_folder)
        except stores.NoSnapshot:
            return True
        if not snapshot.is_of(self._configured):
            return True
        every = self._configured.source_refresh_seconds
        return every > 0 and (now - snapshot.read_at).total_seconds() >= every

    def _run(self) -> None:
        self._asked = False
        self.status = Status(is_running=True, failure=self.status.failure)
        try:
            code, said = self._refresh()
        except OSError as error:
            # No memory or no process left: the next turn tries again.
            code, said = 1, str(error)
        if code == 0:
            self._failed_at, failure = None, ""
            _log.info("refreshed: %s", said.splitlines()[0] if said else "")
        else:
            self._failed_at, failure = datetime.now(UTC).replace(tzinfo=None), _sentence(said)
            _log.error("refresh failed: %s", said)
        self.status = Status(is_running=False, failure=failure)

    def _refresh(self) -> tuple[int, str]:
        """Exit code and output of one refresh in a process of its own."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "queries", "refresh"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said, _ = self._child.communicate()
        code, self._child = self._child.returncode, None
        return code, said.strip()


def _sentence(said: str) -> str:
    """What a reader may see of a failed refresh: our own sentence, never a trace."""
    last = said.splitlines()[-1] if said else ""
    if last.startswith("error: "):
        return last.removeprefix("error: ")
    return "the refresh stopped unexpectedly; the server's log says why"
