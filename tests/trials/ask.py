"""Questions at full speed while documents are read over and over, each time with another content."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.conftest import PROJECT, process_environment
from tests.trials.load import load
from tests.trials.versions import write_version
from tests.web.serving import served_chat


def ask_trial(folder: Path, minutes: float) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    settings = {
        "WEGWIJZER_INDEX": str(folder / "index"),
        "WEGWIJZER_CORPUS": str(folder / "corpus"),
        "WEGWIJZER_QUESTIONS_PER_MINUTE": "0",
    }
    happened = Counter[str]()
    _ingest(folder, settings, 0)
    switched = [time.monotonic()]  # When each version began to serve.
    (folder / "chat").mkdir()
    with served_chat(PROJECT / "app.py", folder / "chat", settings) as address, load(address) as given:
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            if _ingest(folder, settings, len(switched)):
                happened["WRONG: an ingest failed"] += 1
            switched.append(time.monotonic())
        time.sleep(10)
    happened["ingests"] = len(switched) - 1
    happened["questions"] = len(given.replies)
    newest = 0
    for reply in sorted(given.replies, key=lambda reply: reply.ended):
        if reply.status != 200 or reply.version is None:
            happened[f"WRONG: {reply.status} {reply.text[:200]}"] += 1
            continue
        if reply.version > newest:
            newest = reply.version
            late_s = max(0.0, reply.ended - switched[newest])
            happened["slowest switch in ms"] = max(happened["slowest switch in ms"], round(late_s * 1000))
    happened["versions seen"] = len({reply.version for reply in given.replies if reply.version is not None})
    if newest != len(switched) - 1:
        happened[f"WRONG: the last version seen is {newest}, not {len(switched) - 1}"] += 1
    return happened


def _ingest(folder: Path, settings: dict[str, str], version: int) -> int:
    """Run the command as a person types it; return its exit code."""
    write_version(folder / "corpus", version)
    command = [sys.executable, "-m", "ingest"]
    return subprocess.run(
        command, env=process_environment(settings), capture_output=True, check=False
    ).returncode
