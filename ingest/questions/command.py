"""`python -m ingest PATH --write-questions`: read, let a model write questions, and read those too."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from errors import InvalidSettingError, LanguageModelError
from ingest import texts
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import open_index, open_store, stored_corpus
from ingest.pipeline import ingest
from ingest.questions.kept import KEPT_FILE, KeptReplies
from ingest.questions.model import Ask, LimitedModel
from ingest.questions.situations import situation_tasks, write_situations
from ingest.questions.write import QuestionsReport, blocks_to_ask, write_questions
from ingest.report import IngestReport
from providers import open_model
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def ingest_with_questions(
    paths: Sequence[Path],
    settings: Settings,
    embeddings: TextEmbeddings,
    most_tokens: int,
    tell: Callable[[str], None],
) -> IngestReport:
    """Index the documents, add example questions and situations beside them, and index those.

    Raise InvalidSettingError when no model is set.
    """
    name = settings.llm
    if name is None:
        raise InvalidSettingError("WEGWIJZER_LLM", "", "it names the model that writes the questions")
    ask = _asking(open_model(name, settings), name)
    ingest(paths, settings, embeddings, quiet=False)
    store = open_store(settings)
    index = open_index(store, embeddings.model_id)
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    model = LimitedModel(ask, KeptReplies(folder / KEPT_FILE, name), most_tokens)
    blocks, tasks = blocks_to_ask(index), situation_tasks(index, stored_corpus(store).situations)
    tokens = sum(map(model.cost, (*blocks, *(task.prompt for task in tasks))))
    tell(texts.QUESTIONS_PLAN.format(blocks=len(blocks), tokens=tokens, most=most_tokens))
    report = write_questions(index, blocks, paths, embeddings, model)
    tell(_told(report, model.tokens))
    if tasks:
        written, dropped, left = write_situations(index, tasks, paths, embeddings, model)
        tell(texts.SITUATIONS_WRITTEN.format(written=written, dropped=dropped, left=left))
    index.close()
    return ingest(paths, settings, embeddings, quiet=False)


def _asking(model: "BaseChatModel", name: str) -> Ask:
    """Return what asks the model; it raises LanguageModelError when the model gives no reply."""

    def ask(prompt: str) -> str:
        try:
            return "".join(str(piece.content) for piece in model.stream(prompt))
        except Exception as error:  # noqa: BLE001 - each provider raises its own kinds.
            raise LanguageModelError(name, type(error).__name__) from None

    return ask


def _told(report: QuestionsReport, tokens: int) -> str:
    line = texts.QUESTIONS_WRITTEN.format(
        questions=report.questions,
        unanswerable=report.unanswerable,
        dropped=report.dropped,
        tokens=tokens,
    )
    return f"{line} {texts.QUESTIONS_LEFT.format(left=report.left)}" if report.left else line
