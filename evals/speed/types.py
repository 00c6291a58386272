"""What a measurement of speed found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.types import Timing

WORDS_A_PAGE = 400
CHAT, API = "chat", "/api/ask"


@dataclass(frozen=True, slots=True)
class IngestTiming:
    """Reading documents into an index: what was read, seconds that passed, and seconds of processor time."""

    chunks: int
    wall_s: float
    cpu_s: float
    sections: int
    words: int

    @property
    def chunks_a_second(self) -> float:
        """Return how many chunks are read in a second."""
        return self.chunks / self.wall_s

    @property
    def sections_a_second(self) -> float:
        """Return how many sections are read in a second."""
        return self.sections / self.wall_s

    @property
    def pages_a_second(self) -> float:
        """Return how many pages of ordinary length are read in a second."""
        return self.words / WORDS_A_PAGE / self.wall_s


@dataclass(frozen=True, slots=True)
class Answers:
    """Time of an answer by step (ms), processor time of one, and the cost of loading and reading."""

    steps_ms: Mapping[str, Timing]
    cpu_ms: Timing
    repeated_ms: Timing
    loaded_s: float
    loaded_cpu_s: float
    reading: IngestTiming
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """A way to find passages: its speed, its memory, and how often it finds a section that answers."""

    name: str
    gives: str
    wall_ms: Timing
    cpu_ms: Timing
    recall_at_5: float
    found_in_5: float
    load_s: float
    load_cpu_s: float
    reading: IngestTiming
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Size:
    """An index of so many chunks: reading without embedding, its size, and questions."""

    chunks: int
    reading: IngestTiming
    reading_peak_mb: float
    disk_mb: float
    memory_mb: float
    open_s: float
    question_ms: Timing
    retrieve_ms: Timing
    cpu_ms: Timing


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the chat, until it answers and after."""

    ready_s: float
    cpu_s: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people who ask at once, over the chat or the API: waits in seconds.

    `opening_cpu_ms` is the processor time of opening the page, which the API has none of.
    """

    people: int
    over: str
    first_s: Timing | None
    full_s: Timing
    answers_a_second: float
    cpu_ms_an_answer: float
    opening_cpu_ms: float
    memory_mb: float
    errors: int


@dataclass(frozen=True, slots=True)
class SpeedResults:
    """All that one run measured; a stage that was not run is left out."""

    commit: str
    machine: str
    answers: Answers | None = None
    systems: Sequence[Retriever] = ()
    growth: Sequence[Size] = ()
    starts: Sequence[Start] = ()
    crowds: Sequence[Crowd] = ()
    soak: Mapping[str, object] = field(default_factory=dict)
