"""A PostgreSQL server of the tests' own: made in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL's server is not installed: `make test` installs it, or tells what to install"

# Nothing here has to survive a power cut. The zone is unlike UTC on purpose: a query that
# forgets its zone goes wrong here instead of at a company.
OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "50",
    "synchronous_commit": "off",
    "timezone": "America/New_York",
}


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def programs() -> Path:
    """The folder with initdb and pg_ctl, of the newest version where there are several."""
    by_version = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(part) for part in folder.parent.name.split(".") if part.isdigit()],
        reverse=True,
    )
    folders = [*by_version, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        folders.insert(0, Path(answer.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise FileNotFoundError(MISSING)


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: ourselves, but root may not, so an account without rights."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _run(folder: Path, user: pwd.struct_passwd | None, *command: str | Path) -> None:
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    # To a file, not a pipe: the server inherits it and would hold a pipe open.
    log = folder / "commands.log"
    with log.open("ab") as output:
        finished = subprocess.run(
            command,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            **identity,
        )
    if finished.returncode:
        told = "\n".join(file.read_text(errors="replace") for file in folder.glob("*.log"))
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{told}")


@contextmanager
def running() -> Iterator[str]:
    """The SQLAlchemy URL of a fresh server, which stops at the end."""
    found, user, port = programs(), _server_user(), free_port()
    with tempfile.TemporaryDirectory(prefix="smarketing-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        cluster = folder / "cluster"
        options = OPTIONS | {"port": str(port), "unix_socket_directories": str(folder)}
        settings = " ".join(f"-c {key}={value}" for key, value in options.items())
        _run(
            folder, user, found / "initdb", "--pgdata", cluster, "--username=postgres",
            "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        _run(
            folder, user, found / "pg_ctl", "start", "--wait", "--pgdata", cluster,
            "--log", folder / "server.log", "--options", settings,
        )  # fmt: skip
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(folder, user, found / "pg_ctl", "stop", "--pgdata", cluster, "--mode=immediate")
