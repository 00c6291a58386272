"""What is known of one question between the steps of the chain, and how a step is run and timed."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.advice.intent import AboutAdvice
from assistant.advice.judgement import Judgement
from assistant.answer.quotes import Found
from assistant.progress import Progress
from assistant.retrieval.query import Queries, Query
from assistant.types import Passage, Question, Sentence, Status, Written

Input = TypeVar("Input")
Output = TypeVar("Output")


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one question while it passes through the chain."""

    question: Question
    progress: Progress
    queries: Queries
    standalone: str = ""
    chosen: tuple[str, ...] = ()
    query: Query | None = None
    blocks: tuple[Passage, ...] = ()
    passages: tuple[Passage, ...] = ()
    parts: tuple[Found, ...] = ()
    picked: tuple[int, ...] = ()
    about_advice: AboutAdvice | None = None
    brief: bool = False
    missing: tuple[str, ...] = ()
    denial: Sentence | None = None
    personal: bool = False
    order: bool = False
    to_assistant: bool = False
    status: Status = "answered"
    judgement: Judgement | None = None
    written: Written | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def embedded(self) -> Query:
        """Return the question as it is sought; raise ValueError before it is embedded."""
        if self.query is None:
            raise ValueError("the question has not been embedded yet")
        return self.query


class Step(Runnable[Input, Output]):
    """Applies a function; seven of these cost 0.1 ms a question, seven RunnableLambdas 0.8 ms."""

    def __init__(self, function: Callable[[Input], Output]) -> None:
        """Wrap the function; its name is that of the step."""
        self.name = function.__name__.strip("_")
        self._function = function

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Output:  # noqa: ANN401 - as LangChain names and types them
        """Return what the function makes of the input."""
        return self._function(input)


@contextmanager
def timed(step: str, state: State) -> Iterator[dict[str, float]]:
    """Yield the timings of a state, to which the duration of the block is added."""
    timings = dict(state.timings_ms)
    started = time.perf_counter()
    yield timings
    timings[step] = (time.perf_counter() - started) * 1000
