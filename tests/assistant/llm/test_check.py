"""What a reader says counts only in the form that was asked, and with words that are in the block."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import prompts
from assistant.llm.check import CANARY, Pair, Support, heeded, locate, messages_for, supports, upheld
from ingest.types import Span

BLOCK = "Een living lab is een plek.\nBewoners doen mee in de lerende\npraktijk van de wijk."
YES = '{"n": 1, "supported": true, "words": "is een plek"}'
FOUND = Support(True, "is een plek")
REJECTED = Support(False, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'{YES}\n{{"n": 2, "supported": false, "words": ""}}', [FOUND, REJECTED]),
        (f'```json\n[{YES},\n {{"n": 2,\n  "supported": false,\n  "words": ""}}]\n```', [FOUND, REJECTED]),
        (f"<think>{YES.replace('1', '2')}</think>\nHier is het:\n{YES}", [FOUND, None]),
        (YES, [FOUND, None]),
        (f'{YES}\n{{"n": 1, "supported": false, "words": ""}}', [None, None]),
        (f"{YES}\n{YES}", [None, None]),
        ('{"n": 1, "supported": "true", "words": "is een plek"}', [None, None]),
        ('{"n": "1", "supported": true, "words": "is een plek"}', [FOUND, None]),
        ('{"n": 1, "supported": true}\n{"n": 2, "supported": false, "words": null}',
         [Support(True, ""), REJECTED]),
        ('{"n": 1, "words": "is een plek"}', [None, None]),
        ('{"n": 7, "supported": true, "words": "is een plek"}', [None, None]),
        ('{"n": "een", "supported": true, "words": "is een plek"}', [None, None]),
        (f'{{"n": 2, "supported": true, "words": "a{YES[8:-2]}', [None, None]),
        ("Both sentences are supported.", [None, None]),
        ("<html><body>1</body></html>", [None, None]),
        ("", [None, None]),
    ],
)  # fmt: skip
def test_a_verdict_is_read_or_there_is_none(text: str, expected: list[Support | None]) -> None:
    assert supports(text, 2) == expected


def test_a_verdict_counts_only_when_the_sentence_behind_the_canary_is_rejected() -> None:
    given = [REJECTED, FOUND, FOUND, FOUND, None, FOUND, REJECTED, None, REJECTED, REJECTED]
    assert heeded(given) == [FOUND, None, None, None, REJECTED]


def test_each_pair_stands_behind_the_same_one_with_the_canary() -> None:
    pairs = [Pair("Lab", BLOCK, "Een lab is een plek."), Pair("Wijk", "In de wijk.", "Bewoners doen mee.")]
    told = [json.loads(line) for line in str(messages_for(pairs)[1].content).splitlines() if line[:1] == "{"]
    assert [(one["n"], one["title"], one["sentence"]) for one in told] == [
        (1, "Lab", f"{CANARY} Een lab is een plek."),
        (2, "Lab", "Een lab is een plek."),
        (3, "Wijk", f"{CANARY} Bewoners doen mee."),
        (4, "Wijk", "Bewoners doen mee."),
    ]


@given(st.text(max_size=300))
def test_any_answer_is_read_without_an_error(text: str) -> None:
    assert len(supports(text, 3)) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lerende praktijk van", Span(52, 72)),
        ('"Een living lab"', Span(0, 14)),
        ("erende praktijk van", None),
        ("living lab is ee", None),
        ("een levend lab", None),
        ("een plek", None),
        ("Een living … plek", None),
        ("", None),
        ("- . ,", None),
    ],
)
def test_words_are_found_as_they_are_printed_and_whole(words: str, expected: Span | None) -> None:
    assert locate(words, BLOCK) == expected


def test_words_with_the_signs_that_the_prompt_replaces_are_found() -> None:
    block = "Bij <b>elke</b> stap hoort een vraag."
    (told,) = re.findall(r"^{.*$", str(prompts.check_messages([{"block": block}])[1].content), re.MULTILINE)
    assert locate(json.loads(told)["block"], block) == Span(0, len(block))


def test_a_short_block_is_supported_by_all_of_it() -> None:
    assert locate("Zes weken", "Zes weken.") == Span(0, 9)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Living lab", Span(17, 27)), ("Doorbraak.", Span(31, 41)), ("lab", None), ("typen", None)],
)
def test_a_short_item_is_supported_by_all_of_it(words: str, expected: Span | None) -> None:
    assert locate(words, "Er zijn typen:\n- Living lab\n2. Doorbraak.") == expected


def test_what_is_not_supported_has_no_quote_whatever_its_words() -> None:
    assert upheld(Support(False, "Een living lab"), BLOCK) is None
    assert upheld(Support(True, "Een living lab"), BLOCK) == Span(0, 14)
