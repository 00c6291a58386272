"""The same questions to the product and to its peers, in turn, each in a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.questions import KNOWLEDGE_KINDS, ReferenceQuestion
from evals.scoring.metrics import ranking_scores
from evals.scoring.overview import timing
from evals.speed.answers import size_of
from evals.speed.peers.environments import PeerSetUpError, environment, float_model
from evals.speed.types import IngestTiming, Retriever
from ingest.index.open import stored_sections
from settings import PROJECT, Settings

PRODUCT, ANSWER, PASSAGES = "product", "complete answer", "passages"
# The lines of the extra that are a peer's hold its name; the value is its script.
PEERS = {"langchain": "langchain_peer", "llama-index": "llama_index_peer", "haystack": "haystack_peer"}
WARM_UP = 5


@dataclass(slots=True)
class _Running:
    """A system that answers questions, with what it told when it was ready and since."""

    name: str
    process: "subprocess.Popen[str]"
    ready: Mapping[str, Any] = field(default_factory=dict)
    told: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def ask(self, question: str) -> Mapping[str, Any]:
        """Ask a question and return what the system tells of it."""
        if self.process.stdin is None:
            raise RuntimeError(f"{self.name} reads no questions")
        self.process.stdin.write(f"{json.dumps({'question': question})}\n")
        self.process.stdin.flush()
        return self.listen()

    def listen(self) -> Mapping[str, Any]:
        """Return the next thing that the system tells; raise PeerSetUpError when it has stopped."""
        for line in self.process.stdout or ():
            if line.startswith("@"):
                found: Mapping[str, Any] = json.loads(line[1:])
                return found
        raise PeerSetUpError(f"{self.name} stopped with exit code {self.process.wait()}")


def measure_systems(settings: Settings, questions: Sequence[ReferenceQuestion]) -> list[Retriever]:
    """Return the product and each peer, asked the same questions in turn; raise PeerSetUpError."""
    chosen = [one for one in questions if one.kind in KNOWLEDGE_KINDS and one.sections and not one.history]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        commands = _commands(settings, Path(folder))
        running = [stack.enter_context(_started(name, command)) for name, command in commands.items()]
        for number, one in enumerate([*chosen[:WARM_UP], *chosen]):
            turn = number % len(running)
            for system in [*running[turn:], *running[:turn]]:
                told = system.ask(one.question)
                if number >= WARM_UP:
                    system.told[one.id] = told
    size = size_of(stored_sections(settings.index))
    return [_summary(system, chosen, size) for system in running]


def _commands(settings: Settings, folder: Path) -> dict[str, list[str]]:
    """Return how each system is started; raise PeerSetUpError when a peer cannot be installed."""
    sections = folder / "sections.jsonl"
    rows = [
        {"section_id": one.section_id, "title": one.title, "text": one.text}
        for one in stored_sections(settings.index)
    ]
    sections.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    module = [sys.executable, "-m", "evals.speed.peers.product"]
    commands = {PRODUCT: [*module, str(settings.index), str(sections), str(settings.corpus)]}
    for peer, script in PEERS.items():
        python, model = environment(peer), float_model()
        commands[peer] = [str(python), "-m", f"evals.speed.peers.{script}", str(model), str(sections)]
    return commands


@contextmanager
def _started(name: str, command: Sequence[str]) -> Iterator[_Running]:
    """Start a system and wait until it has read the text: one reads at a time."""
    offline = ["env", "HF_HUB_OFFLINE=1", "TOKENIZERS_PARALLELISM=true"]
    process = subprocess.Popen(  # noqa: S603 - our own scripts
        [*offline, *command], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        running = _Running(name, process)
        running.ready = running.listen()
        yield running
    finally:
        process.terminate()
        process.wait()


def _summary(system: _Running, chosen: Sequence[ReferenceQuestion], size: tuple[int, int]) -> Retriever:
    relevant = {one.id: one.sections for one in chosen}
    scores = ranking_scores(relevant, {id_: told["sections"] for id_, told in system.told.items()})
    ready = system.ready
    return Retriever(
        name=system.name,
        gives=ANSWER if system.name == PRODUCT else PASSAGES,
        wall_ms=timing([told["ms"] for told in system.told.values()]),
        cpu_ms=timing([told["cpu_ms"] for told in system.told.values()]),
        recall_at_5=float(np.mean([each["recall_at_5"] for each in scores.values()])),
        found_in_5=float(np.mean([each["section_at_5"] for each in scores.values()])),
        load_s=ready["load_s"],
        load_cpu_s=ready["load_cpu_s"],
        reading=IngestTiming(ready["chunks"], ready["build_s"], ready["build_cpu_s"], *size),
        peak_mb=ready["peak_mb"],
    )
