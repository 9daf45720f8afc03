"""The team's driver of Streamlit's protocol, which lies beside the repository."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def load(shared_data: Path) -> ModuleType:
    """The driver; the test is skipped where it is not."""
    file = shared_data.parent / "tools" / "stload.py"
    if not file.is_file():
        pytest.skip("../shared/tools/stload.py is not on this machine")
    spec = importlib.util.spec_from_file_location("stload", file)
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up.
    sys.modules["stload"] = module
    spec.loader.exec_module(module)
    return module


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs it in a thread of its own: Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor() as threads:
        return threads.submit(asyncio.run, work).result()
