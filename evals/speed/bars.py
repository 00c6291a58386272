"""What the measurements must show on two cores that do nothing else, and whether they do."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.speed.peers.systems import PRODUCT
from evals.speed.types import API, CHAT, Crowd, SpeedResults

LANGCHAIN = "langchain"


@dataclass(frozen=True, slots=True)
class Check:
    """A bar: what is measured, the value, the bar, and whether the value may not be lower or higher."""

    what: str
    value: float
    bar: float
    unit: str
    at_least: bool = False

    @property
    def wanted(self) -> str:
        """Return the sign that is before the bar."""
        return "≥" if self.at_least else "≤"

    @property
    def met(self) -> bool:
        """Return whether the value reaches the bar."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def checks(results: SpeedResults) -> list[Check]:
    """Return every bar that the stages of a run say something about."""
    return [*_answers(results), *_systems(results), *_starts(results), *_crowds(results), *_lasting(results)]


def _answers(results: SpeedResults) -> Iterator[Check]:
    if results.answers:
        whole = results.answers.steps_ms["whole"]
        yield Check("complete answer in process, median", whole.median, 12, "ms")
        yield Check("complete answer in process, p95", whole.p95, 30, "ms")


def _systems(results: SpeedResults) -> Iterator[Check]:
    by_name = {system.name: system for system in results.systems}
    product, langchain = by_name.get(PRODUCT), by_name.get(LANGCHAIN)
    peers = [system for system in results.systems if system.name != PRODUCT]
    if product and langchain:
        ratio = langchain.wall_ms.median / product.wall_ms.median
        yield Check("LangChain's retrieval alone against a complete answer", ratio, 3, "times", at_least=True)
        gain = 100 * (product.recall_at_5 - langchain.recall_at_5)
        yield Check("recall@5 against LangChain's", gain, 0, "points", at_least=True)
    if product and peers:
        ratio = product.reading.chunks_a_second / max(peer.reading.chunks_a_second for peer in peers)
        yield Check("chunks read a second against the fastest peer", ratio, 2, "times", at_least=True)


def _starts(results: SpeedResults) -> Iterator[Check]:
    if results.starts:
        starts = sorted(results.starts, key=lambda start: start.ready_s)
        yield Check("ready after start", starts[len(starts) // 2].ready_s, 4, "s")
        yield Check("memory when ready", max(start.memory_mb for start in starts), 350, "MB")


def _crowds(results: SpeedResults) -> Iterator[Check]:
    fifty = {crowd.over: crowd for crowd in results.crowds if crowd.people == 50}
    chat: Crowd | None = fifty.get(CHAT)
    api: Crowd | None = fifty.get(API)
    if chat and chat.first_s:
        yield Check("memory with 50 conversations", chat.memory_mb, 450, "MB")
        yield Check("50 at once: first text, p95", chat.first_s.p95, 0.5, "s")
        yield Check("50 at once: full answer, p95", chat.full_s.p95, 1.5, "s")
    if api:
        yield Check("/api/ask, 50 at once", api.answers_a_second, 60, "answers a second", at_least=True)


def _lasting(results: SpeedResults) -> Iterator[Check]:
    if len(results.growth) > 1:
        first, last = results.growth[0], results.growth[-1]
        name = f"question at {last.chunks:,} chunks against {first.chunks:,}"
        yield Check(name, last.question_ms.median / first.question_ms.median, 3, "times")
    growth = results.soak.get("growth")
    if isinstance(growth, float):
        yield Check("memory growth in a soak, after ten minutes", 100 * growth, 2, "%")
