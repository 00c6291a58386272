"""Example questions into the files that people write them in: what is there stays."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from ingest.documents.files import documents
from ingest.documents.sidecars import QUESTIONS_SUFFIX, UNANSWERABLE_FILE
from ingest.questions.prompt import WrittenQuestion


def source_file(source: str, roots: Sequence[Path]) -> Path | None:
    """Return the file that citations show by this name, or None."""
    return next((one.path for one in documents(roots) if one.source == source), None)


def add_questions(file: Path, units: Sequence[str], questions: Iterable[WrittenQuestion]) -> int:
    """Add questions to the file beside a document, by the sentence that answers them; return how many."""
    target = file.with_name(file.stem + QUESTIONS_SUFFIX)
    entries = _entries(target)
    before = {_text(one) for entry in entries for one in entry["questions"]}
    added = 0
    for question in questions:
        if question.text in before:
            continue
        sentence = units[question.sentence - 1]
        entry = next((one for one in entries if one["sentence"] == sentence), None)
        if entry is None:
            entry = {"sentence": sentence, "questions": []}
            entries.append(entry)
        entry["questions"].append(
            {"text": question.text, "verdict": question.verdict} if question.verdict else question.text
        )
        added += 1
    if added:
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1_000)
        target.write_text(text, encoding="utf-8")
    return added


def add_unanswerable(roots: Sequence[Path], questions: Iterable[str]) -> int:
    """Add questions without an answer to the file of the folder that was read; return how many."""
    folder = next((root for root in roots if root.is_dir()), None)
    if folder is None:
        return 0
    file = folder / UNANSWERABLE_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    known = {json.loads(line)["question"] for line in lines if line.strip()}
    new = [question for question in dict.fromkeys(questions) if question not in known]
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps({"question": one}, ensure_ascii=False) + "\n" for one in new)
    return len(new)


def _entries(file: Path) -> list[dict[str, Any]]:
    """Return what a file of questions holds, as it will be written again."""
    return list(yaml.safe_load(file.read_text(encoding="utf-8")) or []) if file.is_file() else []


def _text(question: str | dict[str, str]) -> str:
    return question if isinstance(question, str) else question["text"]
