"""Kill an ingest at a random moment: the old index answers, and the next ingest leaves nothing over."""

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.ingest.chroma_server import chroma_server
from tests.trials.forked import ask, finish, kill, leftovers, run_ingest, start
from tests.trials.versions import write_version

VERSIONS = 200  # Fewer than an exit code can tell.

Leftovers = Callable[[Path], Sequence[str]]


def kill_trials(
    folder: Path, trials: int, seed: int, end: float, left_over: Leftovers = leftovers
) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same trials every time.
    index, corpus = folder / "index", folder / "corpus"
    happened = Counter[str]()
    finish(start(partial(run_ingest, write_version(corpus, 0), index)))
    serving, duration_s = 0, 1.0
    for trial in range(1, trials + 1):
        if time.monotonic() > end:
            break
        happened["trials"] += 1
        version = trial % VERSIONS
        write_version(corpus, version)
        child = start(partial(run_ingest, corpus, index))
        ended = kill(child, chance.uniform(0, duration_s))
        happened["killed" if ended < 0 else "ended before the kill"] += 1
        happened["truncated files"] += truncate(index, chance)
        found = finish(start(partial(ask, index)))
        if found not in (serving, version):
            happened[f"WRONG answers after a kill (version {found}, not {serving} or {version})"] += 1
        happened["old index answered" if found == serving else "new index answered"] += 1
        started = time.monotonic()
        if finish(start(partial(run_ingest, corpus, index))):
            happened["WRONG: the next ingest failed"] += 1
        if found == serving:  # Else there was nothing left to do.
            duration_s = 1.1 * (time.monotonic() - started)
        if (found := finish(start(partial(ask, index)))) != version:
            happened[f"WRONG answers after the next ingest (version {found}, not {version})"] += 1
        for left in left_over(index):
            happened[f"WRONG: left over {left}"] += 1
        serving = version
    shutil.rmtree(folder)
    return happened


def server_kill_trials(folder: Path, trials: int, seed: int, end: float) -> Counter[str]:
    """Do the same with the chunks on a Chroma server; the lock that a killed ingest leaves goes by force."""
    with chroma_server(folder / "chroma") as server:
        os.environ["WEGWIJZER_CHROMA_URL"] = server.url

        def left(index: Path) -> list[str]:
            named = {f"wegwijzer-{name}" for name in (index / "current").read_text(encoding="ascii").split()}
            there = {collection.name for collection in server.client.list_collections()}
            return [*leftovers(index), *sorted(there ^ named)]

        return kill_trials(folder / "killed", trials, seed, end, left)


def truncate(index: Path, chance: random.Random) -> int:
    """Cut files that no pointer names at a random length, as a power cut may; return how many."""
    named = set((index / "current").read_text(encoding="ascii").split())
    unnamed = [build for build in (index / "builds").iterdir() if build.name not in named]
    files = [file for build in unnamed for file in build.rglob("*") if file.is_file()]
    new = index / "current.new"
    for file in [*files, *([new] if new.exists() else [])]:
        with file.open("r+b") as opened:
            opened.truncate(chance.randint(0, file.stat().st_size))
    return len(files)
