"""Reference questions are validated where they enter, line by line."""

import json
from pathlib import Path
from typing import get_args

import pytest

from errors import DocumentError
from evals.questions import KINDS, KNOWLEDGE_KINDS, QUESTIONS_FOLDER, Form, Split, load_questions
from tests.evals.builders import question

GOOD = {"id": "a", "kind": "far", "question": "Hoe laat is het?", "answerable": False}
KNOWN = {"id": "b", "kind": "goal", "question": "Waarom?", "expect": [["daarom"]]}


def written(tmp_path: Path, *lines: object) -> Path:
    """Write lines to a file; what is no text becomes JSON."""
    file = tmp_path / "questions.jsonl"
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    return file


def test_every_kind_is_asked_in_dev_and_each_form_in_test() -> None:
    dev, test = load_questions(split="dev"), load_questions(split="test")
    assert {one.kind for one in dev} == set(KINDS)
    assert {one.kind for one in test} == {"knowledge", "followup", "near", "premise", "far", "personal"}
    assert {one.form for one in test} == set(get_args(Form))
    assert (len(test), sum(one.negated for one in test)) == (360, 70)


def test_no_question_stands_in_both_splits() -> None:
    dev, test = load_questions(split="dev"), load_questions(split="test")
    asked = {(one.question.casefold(), one.history) for one in dev}
    assert [one.id for one in test if (one.question.casefold(), one.history) in asked] == []


def test_a_folder_holds_a_file_for_each_split() -> None:
    for split in get_args(Split):
        assert {one.split for one in load_questions(QUESTIONS_FOLDER / f"{split}.jsonl")} == {split}


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    [one] = load_questions(written(tmp_path, GOOD, ""))
    assert (one.split, one.history, one.practices, one.clean) == ("test", (), (), None)


def test_a_split_without_questions_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no questions of split 'dev'"):
        load_questions(written(tmp_path, GOOD), "dev")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: Invalid JSON"),
        ({**GOOD, "id": "b", "kind": "riddle"}, "line 2: kind: Input should be"),
        ({**GOOD, "id": "b", "colour": "red"}, "line 2: colour: Extra inputs"),
        (GOOD, "line 2: the id 'a' is in an earlier line too"),
        ({**KNOWN, "expect": []}, "needs practices, sections, facts or expect"),
        ({**KNOWN, "expect": [], "practices": ["lab"]}, "'goal' needs sections, facts or expect"),
        ({**KNOWN, "kind": "near"}, "'near' is not answerable"),
        ({**KNOWN, "nearest": ["drie"]}, "only a question that is not answerable has a nearest fact"),
        ({**KNOWN, "expect": [["("]]}, r"line 2: expect.0.0: .*'\(' is no regular expression"),
        ({**KNOWN, "forbid": [""]}, "line 2: forbid.0: .*an expression is empty"),
        ({**KNOWN, "verdict": "misschien"}, "line 2: verdict: Input should be"),
        ({**KNOWN, "expect": [], "sections": ["02/goal"], "list": True}, "needs a group for each item"),
        ({**GOOD, "id": "b", "question": " "}, "line 2: Value error, the question is empty"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: object, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=reason):
        load_questions(written(tmp_path, GOOD, line))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nowhere\.jsonl"):
        load_questions(tmp_path / "nowhere.jsonl")
    (tmp_path / "latin.jsonl").write_bytes("één".encode("latin-1"))
    with pytest.raises(DocumentError, match="UTF-8"):
        load_questions(tmp_path / "latin.jsonl")


def test_the_labels_say_what_a_good_answer_does() -> None:
    assert question("noisy", practices=["a"]).task == "advice"
    assert question("noisy", practices=["a", "b"]).task == "ambiguous"
    assert question("hostile", practices=["a"], sections=["01/goal"]).task == "knowledge"
    assert question("hostile", answerable=False).task == "refusal"
    assert question("followup", expect=[["drie"]]).task == "knowledge"
    assert question("advice_short", practices=["a"], expect=[["drie"]]).task == "advice"
    assert question("advice_ambiguous", practices=["a", "b"], expect=[["drie"]]).task == "ambiguous"


def test_kinds_for_advice_follow_ups_and_refusals_are_no_knowledge() -> None:
    assert len(KNOWLEDGE_KINDS) == 17
    assert not {"advice_short", "followup", "premise", "noisy", "near"} & set(KNOWLEDGE_KINDS)
