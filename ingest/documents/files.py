"""Files and folders → Corpus: the documents, and what is beside them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from errors import (
    DocumentError,
    NoDocumentsError,
    NoUsableDocumentsError,
    UnknownPracticeError,
)
from ingest.documents.about import starting_questions, with_defaults
from ingest.documents.details import Details, FolderDetails, details_of, reference
from ingest.documents.dutch import dutch_part
from ingest.documents.practices import PRACTICES_FILE, Practices, check_grounds, merged_practices
from ingest.documents.sidecars import labelled, references, shorthand, situations, unanswerable, variants
from ingest.learning.prevalence import with_prevalence
from ingest.readers import READERS, read
from ingest.text.subjects import Subjects
from ingest.types import GENERAL, About, Corpus, Practice, QuestionVariant, Section, Unread

__all__ = ["PRACTICES_FILE", "Document", "documents", "load_about", "load_corpus"]

# Kinds of document that people have and that no reader takes: they are named, not passed over in silence.
CONVERTIBLE = frozenset(
    ".doc .docb .dot .dotx .epub .eml .key .mht .mhtml .msg .odp .ods .odt .pages .pps .ppsx .ppt .pptx .pub "
    ".rtf .wpd .xls .xlsb .xlsm .xlsx".split()
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read and the name by which citations show it."""

    path: Path
    source: str


def load_corpus(
    paths: Sequence[Path],
    left_out: list[DocumentError] | None = None,
    unread: list[Unread] | None = None,
) -> Corpus:
    """Read every document under the paths with what is beside it; raise WegwijzerError on trouble.

    A document that cannot be read is added to `left_out`, and the others are read; without such a list it
    is trouble, as it is when no document can be read. What documents hold besides is added to `unread`.
    """
    unread = [] if unread is None else unread
    found = documents(paths, unread)
    folders = _folders(paths)
    practices = merged_practices(folders)
    subjects = Subjects(practices.practices, practices.aspects)
    details = details_of([document.path for document in found], unread)
    sections: list[Section] = []
    questions: list[QuestionVariant] = []
    for document in found:
        try:
            own = _read(document, subjects, details.of(document.path), unread)
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
    _check_any_practice(left_out or (), sections)
    told = tuple(s for folder in folders for s in situations(folder, practices))
    check_grounds(practices, sections, next((f / PRACTICES_FILE for f in folders), Path(PRACTICES_FILE)))
    return Corpus(
        sections=tuple(sections),
        practices=practices.practices,
        aspects=practices.aspects,
        choices=practices.choices,
        suggestions=practices.suggestions or (() if questions else starting_questions(sections)),
        about=with_defaults(_about(practices, details), sections),
        variants=tuple(questions),
        situations=told,
        labelled=tuple(question for folder in folders for question in labelled(folder)),
        criteria=with_prevalence(practices.criteria, told),
        terms=practices.terms,
        unanswerable=tuple(question for folder in folders for question in unanswerable(folder)),
        references={
            **{code: text for folder in folders for code, text in references(folder).items()},
            **_own_references(found, details),
        },
        shorthand={short: text for folder in folders for short, text in shorthand(folder).items()},
    )


def load_about(paths: Sequence[Path]) -> About:
    """Return what is said of the documents under the paths together, without reading them."""
    details = details_of([document.path for document in documents(paths)], [])
    return _about(merged_practices(_folders(paths)), details)


def documents(paths: Sequence[Path], unread: list[Unread] | None = None) -> list[Document]:
    """List the readable documents under the paths, by name; a README describes a folder and is none.

    Links to folders, and folders that cannot be opened, are added to `unread`.
    """
    passed: list[Unread] = []
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise NoDocumentsError(missing, READERS)
    found = [document for path in paths for document in _under(path, passed, named=len(paths) > 1)]
    if not found:
        raise NoDocumentsError(paths, READERS)
    if unread is not None:
        unread += passed
    return found


def _under(path: Path, passed: list[Unread], *, named: bool) -> Iterator[Document]:
    if path.is_file():
        yield Document(path, shown(path.name))
    elif path.is_dir():
        for file in sorted(_files(path, passed)):
            inside = file.relative_to(path)
            if _is_document(inside) and (file.is_file() or not _passed(file, passed)):
                name = f"{path.name}/{inside.as_posix()}" if named else inside.as_posix()
                yield Document(file, shown(name))


def _files(folder: Path, passed: list[Unread]) -> Iterator[Path]:
    """Yield what is in a folder and those below it, and note the folders that are passed by."""

    def note(error: OSError) -> None:
        passed.append(Unread(Path(error.filename), "folder"))

    for place, below, names in os.walk(folder, onerror=note):
        inside = Path(place)
        linked = [
            inside / name for name in below if (inside / name).is_symlink() and not name.startswith(".")
        ]
        passed += [Unread(one, "link") for one in linked]
        yield from (inside / name for name in names)


def _passed(file: Path, passed: list[Unread]) -> bool:
    """Note a link that leads nowhere; a folder with the name of a document, or a device, is no document."""
    if file.is_symlink():
        passed.append(Unread(file, "link"))
    return True


def shown(name: str) -> str:
    """Return the name of a file as text: bytes that are no UTF-8 are read as Windows wrote them."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp1252", "replace")
    return name


def _is_document(inside: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in inside.parts)  # '~$' is a file that Word has open.
    return (inside.suffix.lower() in {*READERS, *CONVERTIBLE}) and inside.stem != "README" and not hidden


def _folders(paths: Iterable[Path]) -> list[Path]:
    """Return the folders, and those of named files that hold practices: what is there counts too."""
    folders: dict[Path, Path] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if path.is_dir() or (folder / PRACTICES_FILE).is_file():
            folders.setdefault(folder.resolve(), folder)
    return list(folders.values())


def _read(document: Document, subjects: Subjects, details: Details, unread: list[Unread]) -> list[Section]:
    """Return the sections of a document, with what document.toml says of it."""
    sections = read(document.path, document.source, subjects, details.title, unread)
    if details.language is None:
        sections = dutch_part(document.path, sections, unread)
    sections = _with_known_practices(document, sections, subjects.practices)
    own = (document.source,) if reference(details) else ()
    return [replace(one, url=details.address, sources=(*one.sources, *own)) for one in sections]


def _with_known_practices(
    document: Document, sections: list[Section], practices: Sequence[Practice]
) -> list[Section]:
    """Return the sections; where practices are known, raise UnknownPracticeError when one names another.

    Without practices, the word is one of another system, and says nothing.
    """
    if not practices:
        return [replace(section, practice=GENERAL) for section in sections]
    known = [practice.id for practice in practices] + [GENERAL]
    for section in sections:
        if section.practice not in known:
            raise UnknownPracticeError(document.path, section.practice, known)
    return sections


def _check_any_practice(left_out: Iterable[DocumentError], sections: Iterable[Section]) -> None:
    """Raise the first UnknownPracticeError when no document names a known one: practices.yaml is wrong."""
    unknown = [error for error in left_out if isinstance(error, UnknownPracticeError)]
    if unknown and all(section.practice == GENERAL for section in sections):
        raise unknown[0]


def _own_references(found: Iterable[Document], details: FolderDetails) -> dict[str, str]:
    """Return the title and licence of each document that has them, by its source."""
    named = {document.source: reference(details.of(document.path)) for document in found}
    return {source: text for source, text in named.items() if text}


def _about(practices: Practices, details: FolderDetails) -> About:
    """Return what practices.yaml says of the documents together, or else document.toml."""
    return practices.about or details.about or About()


def _with_own_ids(sections: list[Section], taken: set[str]) -> list[Section]:
    """Return the sections with ids that no earlier document has: a number is added where needed."""
    numbers = (
        number for number in count(2) if not any(f"{s.section_id}~{number}" in taken for s in sections)
    )
    if not any(section.section_id in taken for section in sections):
        return sections
    number = next(numbers)
    return [replace(section, section_id=f"{section.section_id}~{number}") for section in sections]
