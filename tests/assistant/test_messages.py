"""The assistant in somebody else's chain: messages in and out, a config that reaches every step, the docs."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import RunnableConfig

from assistant.chain import Assistant
from assistant.messages import conversation, question_of
from assistant.types import Question
from errors import EmptyQuestionError
from tests.assistant.conftest import WithModel
from tests.conftest import PROJECT
from tests.model_server import Reply, ScriptedServer, good_draft

Command = Callable[..., subprocess.CompletedProcess[str]]

ASKED = "Wat is een living lab?"
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```", (PROJECT / "docs" / "langchain.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


class Recorder(BaseCallbackHandler):
    """What was started, each with its tags."""

    def __init__(self) -> None:
        self.started: list[tuple[str, object]] = []

    def on_chain_start(self, *_arguments: object, run_id: UUID, **more: object) -> None:
        """Note a chain."""
        self.started.append(("chain", more["tags"]))

    def on_retriever_start(self, *_arguments: object, run_id: UUID, **more: object) -> None:
        """Note a search."""
        self.started.append(("retriever", more["tags"]))

    def on_chat_model_start(self, *_arguments: object, run_id: UUID, **more: object) -> None:
        """Note a call of a language model."""
        self.started.append(("model", more["tags"]))


def recording() -> tuple[Recorder, RunnableConfig]:
    """Return a recorder, and a config that carries it with a tag."""
    recorder = Recorder()
    return recorder, {"callbacks": [recorder], "tags": ["theirs"]}


def test_the_last_message_of_the_visitor_is_the_question_and_the_earlier_ones_are_its_history() -> None:
    messages = [
        SystemMessage("Wees beleefd."),
        HumanMessage("Wat is een living lab?"),
        AIMessage("Een plek in het echte leven. [1]"),
        HumanMessage([{"type": "text", "text": "Wie doen er mee?"}]),
    ]
    assert question_of(messages) == Question("Wie doen er mee?", ("Wat is een living lab?",))


@pytest.mark.parametrize("messages", [[], [AIMessage("Hallo!")]])
def test_a_conversation_in_which_the_visitor_says_nothing_asks_nothing(messages: list[BaseMessage]) -> None:
    with pytest.raises(EmptyQuestionError):
        question_of(messages)


def test_a_conversation_gives_the_answer_as_a_message(word_assistant: Assistant) -> None:
    earlier = [HumanMessage(ASKED), AIMessage("Een plek. [1]")]
    said = conversation(word_assistant).invoke([*earlier, HumanMessage("Welke stappen heeft het?")])
    answer = word_assistant.ask(Question("Welke stappen heeft het?", (ASKED,)))
    assert said.text == answer.text
    told = said.response_metadata
    assert told["standalone_question"] == answer.standalone_question != "Welke stappen heeft het?"
    assert told["citations"] == answer.to_json()["citations"] != []


def test_callbacks_and_tags_go_with_a_search(word_assistant: Assistant) -> None:
    recorder, config = recording()
    documents = word_assistant.retriever.invoke(ASKED, config)
    assert recorder.started == [("retriever", ["theirs"])]
    best = word_assistant.retriever.search(word_assistant.retriever.query(ASKED))[0]
    assert documents[0].metadata == {
        "chunk_id": best.chunk.chunk_id,
        "section_id": best.section.section_id,
        "title": best.section.title,
        "practice": best.section.practice,
        "source": best.section.source,
        "page": None,
        "score": best.score,
    }


@pytest.mark.server
def test_callbacks_and_tags_go_with_a_question_to_the_language_model(
    server: ScriptedServer, let_write: WithModel, word_assistant: Assistant
) -> None:
    server.reply = good_draft
    recorder, config = recording()
    conversation(let_write(word_assistant)).invoke([HumanMessage(ASKED)], config)
    assert {kind for kind, _ in recorder.started} == {"chain", "model"}
    assert all("theirs" in str(tags) for _, tags in recorder.started)


@pytest.mark.model
@pytest.mark.server
def test_the_documented_chain_puts_our_passages_before_a_model_of_others(
    server: ScriptedServer, small_index: Path, command: Command, tmp_path: Path
) -> None:
    server.reply = lambda _prompt: Reply("Een plek in het echte leven.")
    (tmp_path / "example.py").write_text(EXAMPLES[0], encoding="utf-8")
    ran = command(
        "example",
        PYTHONPATH=str(tmp_path),
        WEGWIJZER_INDEX=str(small_index),
        OPENAI_BASE_URL=server.address,
        OPENAI_API_KEY="sk-test",
    )
    assert (ran.returncode, ran.stdout) == (0, "Een plek in het echte leven."), ran.stderr
    assert server.prompts == [ASKED]
    assert "Living lab – Omschrijving\nEen living lab is een plek in het echte leven" in server.systems[0]


@pytest.mark.model
def test_the_documented_conversation_follows_up(small_index: Path, command: Command, tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(EXAMPLES[1], encoding="utf-8")
    ran = command("example", PYTHONPATH=str(tmp_path), WEGWIJZER_INDEX=str(small_index))
    cited = re.findall(r"^\d\d-[\w/-]+$", ran.stdout, re.MULTILINE)
    assert cited == ["02-living-lab/omschrijving", "02-living-lab/literatuur"], ran.stderr
