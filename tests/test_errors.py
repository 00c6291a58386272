"""Every error has one root, says fact and remedy on one line, and has a Dutch line for visitors."""

import re
from pathlib import Path

import pytest

import errors
from assistant import texts

HERE = Path("map") / "stuk.md"
EXAMPLES = [
    errors.InvalidSettingError("WEGWIJZER_THREADS", "x", "must be a number"),
    errors.FileError(HERE, "wrong"),
    errors.DocumentError(HERE, "cannot be opened"),
    errors.DamagedDocumentError(HERE, "PDF"),
    errors.EmptyDocumentError(HERE),
    errors.EncodingError(HERE),
    errors.EncryptedDocumentError(HERE),
    errors.ForeignLanguageError(HERE, "en"),
    errors.FramesError(HERE),
    errors.MisnamedDocumentError(HERE, [".md"]),
    errors.OversizedDocumentError(HERE, 200),
    errors.ScannedDocumentError(HERE),
    errors.UnknownPracticeError(HERE, "lab", ["living-lab", "doorbraak"]),
    errors.UnreadableTextError(HERE),
    errors.UnsupportedFormatError(HERE, [".md"]),
    errors.NoDocumentsError([HERE.parent], [".md"]),
    errors.NoUsableDocumentsError([errors.EmptyDocumentError(HERE)]),
    errors.DetailsError(HERE, "wrong"),
    errors.PracticesError(HERE, "wrong"),
    errors.TrainingDataError(HERE, "wrong"),
    errors.IndexNotFoundError(HERE.parent),
    errors.IndexDamagedError(HERE.parent, "manifest.json cannot be read"),
    errors.IndexBusyError(HERE.parent),
    errors.IndexLockedError("http://localhost:8000", "machine, pid 7, 2026-01-01 10:00 UTC"),
    errors.IndexWriteError(HERE.parent, "No space left on device"),
    errors.ChromaServerError("http://localhost:8000", "Connection refused"),
    errors.EmbeddingModelError("some/model", "no such folder"),
    errors.ModelMismatchError("old", "new"),
    errors.LanguageModelError("openai:x", "ValueError"),
    errors.UnknownProviderError("x", ["ollama"]),
    errors.ProviderMissingError("ollama:x", "ollama"),
    errors.ModelKeyError("openai:x", "OPENAI_API_KEY"),
    errors.ModelUnreachableError("ollama:x", "http://127.0.0.1:11434"),
    errors.DailyLimitError("ollama:x"),
    errors.ExamMissingError("ollama:x"),
    errors.EmptyQuestionError(),
    errors.QuestionTooLongError(3_000, 2_000),
    errors.BatchFileError(HERE, "no UTF-8"),
    errors.BatchLineError(HERE, 7, "no question"),
]


def tree() -> set[type[errors.WegwijzerError]]:
    """Return every class of the module that is an error."""
    return {
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.WegwijzerError)
    }


def test_every_error_of_the_tree_stands_in_the_docstring_and_the_other_way_round() -> None:
    drawn = set(re.findall(r"^[│├└─\s]*(\w+Error)\b", errors.__doc__ or "", re.MULTILINE))
    assert drawn == {error.__name__ for error in tree()}


def test_every_error_has_an_example_here() -> None:
    assert {type(error) for error in EXAMPLES} == tree() - {errors.WegwijzerError}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_message_is_one_line(error: errors.WegwijzerError) -> None:
    assert str(error).strip() == str(error) != ""
    assert "\n" not in str(error)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_has_a_dutch_line_for_visitors(error: errors.WegwijzerError) -> None:
    assert re.search(r"\b(de|het|een|er|map|bestand|vraag)\b", texts.explain(error), re.IGNORECASE)


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (errors.EncodingError(HERE), str(HERE)),
        (errors.UnknownPracticeError(HERE, "lab", ["living-lab"]), "living-lab"),
        (errors.IndexNotFoundError(HERE.parent), "python -m ingest"),
        (errors.IndexDamagedError(HERE.parent, "x"), "python -m ingest"),
        (errors.IndexLockedError("http://localhost:8000", "x"), "--force"),
        (errors.ModelMismatchError("old", "new"), "python -m ingest"),
        (errors.ChromaServerError("http://localhost:8000", "x"), "WEGWIJZER_CHROMA_URL"),
        (errors.EmbeddingModelError("m", "x"), "WEGWIJZER_EMBEDDING_MODEL"),
        (errors.QuestionTooLongError(2, 1), "WEGWIJZER_MAX_QUESTION_CHARS"),
        (errors.BatchLineError(HERE, 7, "no question"), "line 7"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_message_names_the_file_the_setting_or_the_command_that_helps(
    error: errors.WegwijzerError, named: str
) -> None:
    assert named in str(error)


def test_an_error_from_elsewhere_gets_a_general_dutch_line() -> None:
    assert texts.explain(errors.WegwijzerError("unforeseen")) == texts.UNKNOWN_ERROR
