"""Damaged documents by the thousand: `python -m tests.ingest.readers.fuzz FOLDER [--inputs N] [--seed N]`.

The folder holds whole documents to damage. It prints how many were read and refused, the slowest, and memory.
"""

import argparse
import io
import logging
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from errors import DocumentError
from ingest.readers import READERS, read

SLOWEST_S = 30
MOST_MEMORY_MB = 1_000
MOST_CHANGES = 12
SPECIAL = [
    b"",
    b"\0",
    b"\xff" * 8,
    b"%PDF-",
    b"PK\x03\x04",
    b"<html>",
    b"endobj",
    b"99999999999",
    b"-1",
    b"<<",
    b"]]>",
]


class TooSlowError(BaseException):
    """A reader took longer than it may; no Exception, as a reader takes those for damage in the file."""


def mutated(content: bytes, other: bytes, choice: random.Random) -> bytes:
    """Return the content with parts changed, moved, doubled, cut out or taken from another file."""
    data = bytearray(content)
    for _ in range(choice.randint(1, MOST_CHANGES)):
        place = choice.randrange(len(data) + 1)
        length = min(int(choice.expovariate(1 / 40)) + 1, len(data) - place)
        kind = choice.randrange(6)
        if kind == 0:
            data[place : place + length] = choice.randbytes(length)
        elif kind == 1:
            del data[place : place + length]
        elif kind == 2:
            data[place:place] = data[place : place + length * choice.randint(1, 50)]
        elif kind == 3:
            data[place:place] = choice.choice(SPECIAL)
        elif kind == 4:
            start = choice.randrange(len(other) + 1)
            data[place : place + length] = other[start : start + length * 10]
        elif choice.random() < 0.2:
            del data[place:]
    return bytes(data)


def mutated_package(content: bytes, other: bytes, choice: random.Random) -> bytes:
    """Return a zip file with one of its parts changed, so that the damage gets past the checksums."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(packed, "w") as changed:
        chosen = choice.choice(whole.namelist())
        for name in whole.namelist():
            part = whole.read(name)
            changed.writestr(name, mutated(part, other, choice) if name == chosen else part)
    return packed.getvalue()


def outcome(file: Path) -> tuple[str, float]:
    """Read a file; return what came of it and how long it took. Anything but a DocumentError is raised."""
    signal.setitimer(signal.ITIMER_PROF, SLOWEST_S)  # Of processor time: the machine may be busy.
    started = time.process_time()
    try:
        read(file, file.name)
        return "read", time.process_time() - started
    except DocumentError as error:
        return type(error).__name__, time.process_time() - started
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def fuzz(documents: Sequence[Path], inputs: int, seed: int, folder: Path) -> tuple[Counter[str], float]:
    """Read this many damaged documents; return what came of them and the longest time in seconds."""
    signal.signal(signal.SIGPROF, _too_slow)
    choice = random.Random(seed)  # noqa: S311 - which bytes are damaged is no secret.
    contents = {document: document.read_bytes() for document in documents}
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(inputs):
        document = documents[number % len(documents)]
        other = contents[choice.choice(documents)]
        is_package = document.suffix == ".docx" and choice.random() < 0.8
        damaged = (mutated_package if is_package else mutated)(contents[document], other, choice)
        file = folder / f"damaged{document.suffix}"
        file.write_bytes(damaged)
        result, took = outcome(file)
        outcomes[f"{document.suffix} {result}"] += 1
        slowest = max(slowest, took)
    return outcomes, slowest


def memory_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _too_slow(_signal: int, _frame: object) -> None:
    raise TooSlowError


def main() -> int:
    """Run the command; return 1 when memory went over the limit. What is no DocumentError ends it loudly."""
    parser = argparse.ArgumentParser("python -m tests.ingest.readers.fuzz")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--inputs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # pdfminer tells of every oddity.
    documents = sorted(file for file in options.folder.iterdir() if file.suffix in READERS)
    with tempfile.TemporaryDirectory() as folder:
        outcomes, slowest = fuzz(documents, options.inputs, options.seed, Path(folder))
    told = [f"{count:6} {name}" for name, count in sorted(outcomes.items())]
    sys.stdout.write("\n".join([*told, f"slowest {slowest:.1f} s, memory {memory_mb():.0f} MB\n"]))
    return int(memory_mb() > MOST_MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())
