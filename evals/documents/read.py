"""The documents by several writers, each with questions that it answers and questions that it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ingest.documents.data_files import read_lines

DOCUMENTS_FOLDER = Path(__file__).resolve().parent / "texts"
TUNED_ON = ("gemeente", "zorg", "wonen")  # The writers whose questions numbers were fitted on.


class DocumentQuestion(BaseModel):
    """A question about one document; `evidence` are the words of the document that answer it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    history: tuple[str, ...] = ()
    answerable: bool
    evidence: str | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """A document with its questions; its writer is the first part of its name."""

    path: Path
    questions: Sequence[DocumentQuestion]

    @property
    def writer(self) -> str:
        """Return who wrote it."""
        return self.path.stem.split("-")[0]


def load_documents(folder: Path = DOCUMENTS_FOLDER) -> list[AskedDocument]:
    """Return the documents of a folder with their questions; raise DocumentError on a bad line."""
    return [AskedDocument(file, _questions(file)) for file in sorted(folder.glob("*.md"))]


def _questions(document: Path) -> list[DocumentQuestion]:
    return [question for _, question in read_lines(document.with_suffix(".jsonl"), DocumentQuestion)]
