"""When a draft is an answer: it says as much as the quotes would, and is about what was asked."""

import pytest

from assistant import texts
from assistant.answer.quotes import Found
from assistant.chain import Assistant
from assistant.llm.blocks import Block, blocks_for
from assistant.llm.task import Form, is_about
from assistant.types import Claim, Question
from tests.assistant.conftest import MODEL, WithModel
from tests.model_server import Reply, ScriptedServer, good_draft

FALSE = "Een living lab kost 900 euro. [1]"
COMPARED = "Wat is het verschil tussen een living lab en actie-onderzoek?"


@pytest.mark.server
@pytest.mark.parametrize(
    ("question", "quotes", "mode"),
    [
        ("Wat is een living lab en wat is actie-onderzoek?", 1, f"llm:{MODEL}"),
        ("Wat vraagt een living lab?", 2, texts.MODE_EXTRACTIVE),
    ],
)
def test_one_sentence_of_a_longer_draft_is_an_answer_only_where_one_quote_was(
    question: str,
    quotes: int,
    mode: str,
    server: ScriptedServer,
    word_assistant: Assistant,
    let_write: WithModel,
) -> None:
    server.reply = lambda prompt: Reply(f"{good_draft(prompt).text.partition(' [1]')[0]} [1] {FALSE}")
    answer = let_write(word_assistant).ask(Question(question))
    assert len(word_assistant.ask(Question(question)).citations) == quotes
    assert answer.draft is not None
    assert (answer.mode, answer.draft.sentences, answer.draft.dropped) == (mode, 2, 1)


@pytest.mark.parametrize(
    ("form", "told", "about"),
    [
        ("comparison", ("Een living lab past bij bewoners.",), False),
        ("comparison", ("Bij een living lab test je.", "Bij actie-onderzoek onderzoek je."), True),
        ("fact", ("Bij een living lab test je.", "Bij actie-onderzoek onderzoek je."), False),
    ],
)
def test_what_rests_on_another_block_is_about_what_was_asked_only_when_it_compares_all_of_it(
    form: Form, told: tuple[str, ...], about: bool, word_assistant: Assistant
) -> None:
    query = word_assistant.retriever.query(COMPARED)
    blocks = word_assistant.retriever.search_blocks(query)
    found = Found(word_assistant.index, query, (), None, tuple(blocks))
    first, *others = blocks_for(found, ())
    other = next(block for block in others if block.section != first.section)
    assert is_about(found, form, [first], (), [_claim(text, first) for text in told])
    assert is_about(found, form, [first], (), [_claim(text, other) for text in told]) is about


def _claim(text: str, block: Block) -> Claim:
    return Claim(text, block.sentences[0])
