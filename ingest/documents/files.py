"""Files and folders → Corpus: the documents, and what stands beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from errors import (
    DocumentError,
    ForeignLanguageError,
    NoDocumentsError,
    NoUsableDocumentsError,
    UnknownPracticeError,
)
from ingest.documents.details import Details, details_of, reference
from ingest.documents.sidecars import (
    PRACTICES_FILE,
    check_grounds,
    labelled,
    merged_practices,
    references,
    shorthand,
    situations,
    unanswerable,
    variants,
)
from ingest.readers import READERS, read
from ingest.text.language import DUTCH, language
from ingest.text.subjects import Subjects
from ingest.types import GENERAL, Corpus, Practice, QuestionVariant, Section

__all__ = ["PRACTICES_FILE", "Document", "documents", "load_corpus"]

# Kinds of document that people have and that no reader takes: they are named, not passed over in silence.
CONVERTIBLE = frozenset({".doc", ".odt", ".rtf"})


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read and the name by which citations show it."""

    path: Path
    source: str


def load_corpus(paths: Sequence[Path], left_out: list[DocumentError] | None = None) -> Corpus:
    """Read every document under the paths with what stands beside it; raise WegwijzerError on trouble.

    A document that cannot be read is added to `left_out`, and the others are read; without such a list it
    is trouble, as it is when no document can be read.
    """
    found = documents(paths)
    folders = _folders(paths)
    practices = merged_practices(folders)
    subjects = Subjects(practices.practices, practices.aspects)
    details = details_of(document.path for document in found)
    sections: list[Section] = []
    questions: list[QuestionVariant] = []
    for document in found:
        try:
            own = _read(document, subjects, details.get(document.path, Details()))
        except UnknownPracticeError:
            raise  # As likely as not practices.yaml is wrong, and then every document would go.
        except DocumentError as error:
            if left_out is None:
                raise
            left_out.append(error)
            continue
        own = _with_own_ids(own, {section.section_id for section in sections})
        sections += own
        questions += variants(document.path, own)
    if not sections:
        raise left_out[0] if left_out and len(found) == 1 else NoUsableDocumentsError(left_out or ())
    check_grounds(practices, sections, next((f / PRACTICES_FILE for f in folders), Path(PRACTICES_FILE)))
    return Corpus(
        sections=tuple(sections),
        practices=practices.practices,
        aspects=practices.aspects,
        choices=practices.choices,
        suggestions=practices.suggestions,
        variants=tuple(questions),
        situations=tuple(s for folder in folders for s in situations(folder, practices)),
        labelled=tuple(question for folder in folders for question in labelled(folder)),
        criteria=practices.criteria,
        terms=practices.terms,
        unanswerable=tuple(question for folder in folders for question in unanswerable(folder)),
        references={
            **{code: text for folder in folders for code, text in references(folder).items()},
            **_own_references(found, details),
        },
        shorthand={short: text for folder in folders for short, text in shorthand(folder).items()},
    )


def documents(paths: Sequence[Path]) -> list[Document]:
    """List the readable documents under the paths, by name; a README describes a folder and is none."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise NoDocumentsError(missing, READERS)
    found = [document for path in paths for document in _under(path, named=len(paths) > 1)]
    if not found:
        raise NoDocumentsError(paths, READERS)
    return found


def _under(path: Path, *, named: bool) -> Iterator[Document]:
    if path.is_file():
        yield Document(path, path.name)
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if file.is_file() and _is_document(inside):
                yield Document(file, f"{path.name}/{inside.as_posix()}" if named else inside.as_posix())


def _is_document(inside: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in inside.parts)  # '~$' is a file that Word has open.
    return (inside.suffix.lower() in {*READERS, *CONVERTIBLE}) and inside.stem != "README" and not hidden


def _folders(paths: Iterable[Path]) -> list[Path]:
    """Return the folders, and those of named files that hold practices: what stands there counts too."""
    folders: dict[Path, Path] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if path.is_dir() or (folder / PRACTICES_FILE).is_file():
            folders.setdefault(folder.resolve(), folder)
    return list(folders.values())


def _read(document: Document, subjects: Subjects, details: Details) -> list[Section]:
    """Return the sections of a document, with what document.toml says of it."""
    sections = read(document.path, document.source, subjects, details.title)
    spoken = details.language or language(section.text for section in sections)
    if details.language is None and spoken != DUTCH:
        raise ForeignLanguageError(document.path, spoken)
    _check_practices(document, sections, subjects.practices)
    own = (document.source,) if reference(details) else ()
    return [replace(one, url=details.address, sources=(*one.sources, *own)) for one in sections]


def _check_practices(document: Document, sections: Iterable[Section], practices: Iterable[Practice]) -> None:
    known = [practice.id for practice in practices] + [GENERAL]
    for section in sections:
        if section.practice not in known:
            raise UnknownPracticeError(document.path, section.practice, known)


def _own_references(found: Iterable[Document], details: Mapping[Path, Details]) -> dict[str, str]:
    """Return the title and licence of each document that has them, by its source."""
    named = {document.source: reference(details.get(document.path, Details())) for document in found}
    return {source: text for source, text in named.items() if text}


def _with_own_ids(sections: list[Section], taken: set[str]) -> list[Section]:
    """Return the sections with ids that no earlier document has: a number is added where needed."""
    numbers = (
        number for number in count(2) if not any(f"{s.section_id}~{number}" in taken for s in sections)
    )
    if not any(section.section_id in taken for section in sections):
        return sections
    number = next(numbers)
    return [replace(section, section_id=f"{section.section_id}~{number}") for section in sections]
