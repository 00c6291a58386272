"""Reference questions: what is asked, and what counts as right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from errors import BatchLineError, DocumentError, EncodingError

Kind = Literal[
    "advice_situation",
    "advice_short",
    "advice_ambiguous",
    "definition",
    "goal",
    "steps",
    "principles",
    "when",
    "comparison",
    "who",
    "duration",
    "measuring",
    "conditions",
    "pitfalls",
    "examples",
    "literature",
    "umbrella",
    "terms",
    "followup",
    "noisy",
    "far",
    "near",
    "hostile",
]
Task = Literal["advice", "ambiguous", "knowledge", "refusal"]
Split = Literal["dev", "test"]

QUESTIONS_FILE = Path(__file__).with_name("questions.jsonl")
KINDS: tuple[Kind, ...] = get_args(Kind)
ADVICE_KINDS: tuple[Kind, ...] = ("advice_situation", "advice_short")
_OTHER_KINDS = frozenset({*ADVICE_KINDS, "advice_ambiguous", "followup", "noisy", "far", "near", "hostile"})
KNOWLEDGE_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in _OTHER_KINDS)


class ReferenceQuestion(BaseModel):
    """One question with what counts as right; `sections` are id prefixes, any of which answers.

    `facts` are groups of alternatives: an answer holds at least one alternative of every group.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: Kind
    question: str
    split: Split = "test"
    history: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    answerable: bool = True
    clean: str | None = None
    subject: str | None = None

    @property
    def task(self) -> Task:
        """Return what a good answer does, whatever the kind: advise, weigh two types, inform or refuse."""
        if not self.answerable:
            return "refusal"
        if self.sections or self.facts:
            return "knowledge"
        return "advice" if len(self.practices) == 1 else "ambiguous"

    @model_validator(mode="after")
    def _can_be_judged(self) -> "ReferenceQuestion":
        if not self.question.strip():
            raise ValueError("the question is empty")
        if self.answerable and not (self.practices or self.sections or self.facts):
            raise ValueError("an answerable question needs practices, sections or facts")
        if self.kind in KNOWLEDGE_KINDS and not self.sections:
            raise ValueError(f"a question of kind '{self.kind}' needs sections")
        return self


def load_questions(file: Path, split: Split | None = None) -> list[ReferenceQuestion]:
    """Read the questions of a split, or all; raise DocumentError or BatchLineError if they cannot be used."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise EncodingError(file) from error
    except OSError as error:
        raise DocumentError(file, error.strerror or str(error)) from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    questions = [_read(file, number, line) for number, line in numbered]
    _check_ids(file, [number for number, _ in numbered], questions)
    chosen = [question for question in questions if split in (None, question.split)]
    if not chosen:
        raise DocumentError(file, f"no questions of split '{split or 'all'}'")
    return chosen


def _read(file: Path, number: int, line: str) -> ReferenceQuestion:
    try:
        return ReferenceQuestion.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BatchLineError(file, number, f"{where}: {first['msg']}" if where else first["msg"]) from error


def _check_ids(file: Path, numbers: Sequence[int], questions: Sequence[ReferenceQuestion]) -> None:
    """Raise BatchLineError when two questions share an id, or a clean form that is named is not there."""
    seen: set[str] = set()
    known = {question.id for question in questions}
    for number, question in zip(numbers, questions, strict=True):
        if question.id in seen:
            raise BatchLineError(file, number, f"the id '{question.id}' stands in an earlier line too")
        if question.clean is not None and question.clean not in known:
            raise BatchLineError(file, number, f"clean: no question has the id '{question.clean}'")
        seen.add(question.id)
