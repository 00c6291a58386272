"""The same questions to the product and to LangChain, in turn, each in a process of its own."""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from evals.questions import KNOWLEDGE_KINDS, QUESTIONS_FOLDER, ReferenceQuestion, load_questions
from evals.scoring.metrics.ranking import ranking_scores
from evals.speed.answers import reading
from evals.speed.types import Tables, timing
from ingest.index.open import stored_sections
from ingest.types import Section
from settings import PROJECT, Settings

PEERS = "Beside LangChain, same questions and text"
PRODUCT, LANGCHAIN = "product: complete answer", "langchain: passages"
PACKAGES = PROJECT / "build" / "peers" / "site-packages"  # What LangChain needs beside the project's own.
MODEL = PROJECT / "build" / "peers" / "model"  # The float weights that it gets.
WARM_UP = 5
Reported = Mapping[str, Any]  # A JSON line of `evals/speed/serve.py`.


class PeerSetUpError(RuntimeError):
    """A peer cannot be installed or run here, for example without a package registry."""


def measure_peers(settings: Settings) -> Tables:
    """Return the product and LangChain, asked the same questions in turn; raise PeerSetUpError."""
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    chosen = [one for one in questions if one.kind in KNOWLEDGE_KINDS and one.sections and not one.history]
    sections = stored_sections(settings.index)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        commands = _commands(settings, sections, Path(folder) / "sections.jsonl")
        running, ready = list["subprocess.Popen[str]"](), list[Reported]()
        for command in commands.values():  # One reads at a time.
            running.append(stack.enter_context(_started(command)))
            ready.append(_listen(running[-1]))
        told: list[dict[str, Reported]] = [{} for _ in running]
        for number, one in enumerate([*chosen[:WARM_UP], *chosen]):
            for place in sorted(range(len(running)), key=lambda place: (place + number) % len(running)):
                told[place][one.id] = _ask(running[place], one.question)
    rows = {
        name: _figures(chosen, each, tells, sections)
        for name, each, tells in zip(commands, ready, told, strict=True)
    }
    return {PEERS: rows}


def _commands(settings: Settings, sections: Sequence[Section], file: Path) -> dict[str, list[str]]:
    """Write the sections to a file and return how each system is started; raise PeerSetUpError."""
    rows = [{"section_id": one.section_id, "title": one.title, "text": one.text} for one in sections]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    _install()
    own = ["env", "HF_HUB_OFFLINE=1", "TOKENIZERS_PARALLELISM=true", sys.executable, "-m"]
    theirs = ["env", f"PYTHONPATH={PACKAGES}", *own[1:]]
    return {
        PRODUCT: [*own, "evals.speed.product", str(file), str(settings.index), str(settings.corpus)],
        LANGCHAIN: [*theirs, "evals.speed.langchain_peer", str(file), str(MODEL)],
    }


def _install() -> None:
    """Fetch LangChain's packages beside the project's own, and write the float weights, where absent."""
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = extras["optional-dependencies"]["peers"]
    pip = ["pip", "install", "--quiet", "--no-deps", "--target", str(PACKAGES), *wanted]
    for made, command in ((PACKAGES, pip), (MODEL, ["scripts.float_model", str(MODEL)])):
        if not made.exists():
            done = subprocess.run(  # noqa: S603 - fixed commands
                [sys.executable, "-m", *command],
                cwd=PROJECT,
                check=False,
                capture_output=True,
                encoding="utf-8",
            )
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["no message"])[-1]
                raise PeerSetUpError(f"{command[0]}: {last}")


@contextmanager
def _started(command: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(  # noqa: S603 - our own scripts
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _ask(process: "subprocess.Popen[str]", question: str) -> Reported:
    """Ask a question and return what the system tells of it."""
    print(json.dumps(question), file=process.stdin, flush=True)
    return _listen(process)


def _listen(process: "subprocess.Popen[str]") -> Reported:
    """Return the next thing that a system tells; raise PeerSetUpError when it has stopped."""
    for line in process.stdout or ():
        if line.startswith("@"):
            found: Reported = json.loads(line[1:])
            return found
    raise PeerSetUpError(f"{process.args!r} stopped with exit code {process.wait()}")


def _figures(
    chosen: Sequence[ReferenceQuestion],
    ready: Reported,
    told: Mapping[str, Reported],
    sections: Sequence[Section],
) -> dict[str, float]:
    """Return what a system told of itself and of its answers, as figures of a table."""
    relevant = {one.id: one.sections for one in chosen}
    scores = ranking_scores(relevant, {id_: one["sections"] for id_, one in told.items()}).values()
    return {
        **timing([one["ms"] for one in told.values()]),
        "processor ms": float(np.median([one["cpu_ms"] for one in told.values()])),
        "recall@5": float(np.mean([one["recall_at_5"] for one in scores])),
        "found in 5": float(np.mean([one["section_at_5"] for one in scores])),
        **reading(ready["chunks"], ready["read_s"], sections),
        "load s": ready["load_s"],
        "peak MB": ready["peak_mb"],
    }
