"""Reference questions: what is asked, and what counts as right."""

from evals.questions.read import QUESTIONS_FOLDER, load_questions
from evals.questions.types import (
    ADVICE_KINDS,
    KINDS,
    KNOWLEDGE_KINDS,
    Form,
    Kind,
    ReferenceQuestion,
    Split,
    Task,
)

__all__ = [
    "ADVICE_KINDS",
    "KINDS",
    "KNOWLEDGE_KINDS",
    "QUESTIONS_FOLDER",
    "Form",
    "Kind",
    "ReferenceQuestion",
    "Split",
    "Task",
    "load_questions",
]
