"""Run ingests into a full disk: a small tmpfs, which needs root. The old index answers."""

import os
import random
import subprocess
import time
from collections import Counter
from functools import partial
from pathlib import Path

from tests.trials.forked import ask, finish, leftovers, run_ingest, start
from tests.trials.versions import write_version

ROOMY_KB = 64_000


def disk_trials(folder: Path, trials: int, seed: int, end: float) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same trials every time.
    disk, corpus = folder / "disk", folder / "corpus"
    disk.mkdir(parents=True)
    _mount("mount", "-t", "tmpfs", "-o", f"size={ROOMY_KB}k", "none", str(disk))
    try:
        return _trials(disk, corpus, trials, chance, end)
    finally:
        _mount("umount", str(disk))


def _trials(disk: Path, corpus: Path, trials: int, chance: random.Random, end: float) -> Counter[str]:
    happened = Counter[str]()
    index = disk / "index"
    finish(start(partial(run_ingest, write_version(corpus, 0), index)))
    needed_kb = used_kb(disk)
    for version in range(1, trials + 1):
        if time.monotonic() > end:
            break
        happened["trials"] += 1
        write_version(corpus, version)
        _mount("mount", "-o", f"remount,size={used_kb(disk) + chance.randint(0, needed_kb)}k", str(disk))
        code = finish(start(partial(run_ingest, corpus, index)))
        happened["refused for lack of room" if code == 1 else f"WRONG: exit code {code}"] += 1
        if (found := finish(start(partial(ask, index)))) != version - 1:
            happened[f"WRONG answers on a full disk (version {found}, not {version - 1})"] += 1
        for left in leftovers(index):
            happened[f"left over until the next run: {left}"] += 1
        _mount("mount", "-o", f"remount,size={ROOMY_KB}k", str(disk))
        if finish(start(partial(run_ingest, corpus, index))):
            happened["WRONG: the next ingest failed"] += 1
        if (found := finish(start(partial(ask, index)))) != version:
            happened[f"WRONG answers after the next ingest (version {found}, not {version})"] += 1
        for left in leftovers(index):
            happened[f"WRONG: left over {left}"] += 1
    return happened


def used_kb(disk: Path) -> int:
    """Return how much of a disk is used."""
    room = os.statvfs(disk)
    return (room.f_blocks - room.f_bfree) * room.f_frsize // 1024


def _mount(*command: str) -> None:
    subprocess.run(command, check=True)
