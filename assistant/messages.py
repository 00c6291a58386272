"""The assistant as LangChain's users know it: the messages of a conversation in, its next message out."""

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from assistant.chain import Assistant
from assistant.types import Answer, Question
from errors import EmptyQuestionError


def conversation(assistant: Assistant) -> Runnable[Sequence[BaseMessage], AIMessage]:
    """Return a runnable that answers the visitor's last message; a caller's config reaches every step."""

    def answered(messages: Sequence[BaseMessage], config: RunnableConfig) -> AIMessage:
        return message_of(assistant.ask(question_of(messages), config=config))

    return RunnableLambda(answered)


def question_of(messages: Sequence[BaseMessage]) -> Question:
    """Return the last message of the visitor as a question, with the visitor's earlier ones as its history.

    Raise EmptyQuestionError when the visitor said nothing.
    """
    turns = [str(message.text) for message in messages if isinstance(message, HumanMessage)]
    if not turns:
        raise EmptyQuestionError
    return Question(turns[-1], tuple(turns[:-1]))


def message_of(answer: Answer) -> AIMessage:
    """Return the text of an answer as a message, with the whole answer as JSON in its metadata."""
    return AIMessage(answer.text, response_metadata=answer.to_json())
