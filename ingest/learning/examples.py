"""Train the classifiers of a build from what stands beside the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from ingest.embedding.cache import Vectors
from ingest.learning.classifier import TextClassifier, load_classifier
from ingest.source_code import code_digest
from ingest.text.mentions import mentions
from ingest.text.sentences import is_item, leads_list
from ingest.types import Corpus, Practice, Section

if TYPE_CHECKING:
    from ingest.learning.training import Examples

ADVICE, INTENT, COVERED, WHOLE = (
    "advice",
    "intent",
    "covered",
    "whole",
)  # The classifiers that a build may hold.
ASKS_ADVICE, ASKS_KNOWLEDGE = "advice", "knowledge"  # The labels of INTENT.
ANSWERABLE, UNANSWERABLE = "answerable", "unanswerable"  # The labels of COVERED.
ASKS_WHOLE, ASKS_PART = "whole", "part"  # The labels of WHOLE.
CLASSIFIERS = "classifiers"  # The folder of a build that holds them.
WHOLE_WEIGHT = 6.0  # There are some six questions for an item to each one for a list.
DIGEST_SUFFIX = ".examples"  # Beside a classifier: what names its examples and the code that learnt.
ROOMS = ("text", "learning")  # Their code decides what is learnt from examples.
SECOND = 0.3  # Weight of the second practice that a sentence names, as an example beside the first.


@dataclass(frozen=True, slots=True)
class Lesson:
    """A corpus with the vectors of its variants, situations and unanswerable questions, each (n, d)."""

    corpus: Corpus
    variants: Vectors
    situations: Vectors
    unanswerable: Vectors


@dataclass(frozen=True, slots=True)
class _Task:
    """Examples, and how a classifier learns from them."""

    examples: Examples
    learn: Callable[[Examples], TextClassifier]


@dataclass(frozen=True, slots=True)
class _Argued:
    """A question variant whose sentence argues for a practice, and how much that counts."""

    row: int
    practice: str
    weight: float


def teach(lesson: Lesson, folder: Path, earlier: Path | None = None) -> None:
    """Write the classifiers that the corpus gives examples for into a folder, each under its name.

    ADVICE tells which practice fits a situation; question variants of sentences that argue for a practice are
    examples too. INTENT tells a request for advice from a question for knowledge. COVERED tells what the text
    answers from what it does not. What the same code learnt from the same examples is taken from an earlier
    folder.
    """
    folder.mkdir()
    if not (lesson.corpus.situations or lesson.corpus.unanswerable):
        return
    for name, task in _tasks(lesson).items():
        digest = f"{task.examples.digest()}-{code_digest(*ROOMS)}"
        if earlier is not None and _learnt(earlier, name) == digest:
            shutil.copyfile(_file(earlier, name), _file(folder, name))
        else:
            task.learn(task.examples).save(_file(folder, name))
        (folder / f"{name}{DIGEST_SUFFIX}").write_text(digest, encoding="ascii")


def load_taught(folder: Path) -> dict[str, TextClassifier]:
    """Return the classifiers of a folder by name."""
    return {file.stem: load_classifier(file) for file in sorted(folder.glob("*.npz"))}


def _learnt(folder: Path, name: str) -> str:
    """Return the digest of the examples of a classifier that can be read, or an empty text."""
    try:
        load_classifier(_file(folder, name))
        return (folder / f"{name}{DIGEST_SUFFIX}").read_text(encoding="ascii")
    except (OSError, ValueError, KeyError, BadZipFile):
        return ""


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npz"


def _tasks(lesson: Lesson) -> dict[str, _Task]:
    """Return what there is to learn, by name."""
    from ingest.learning.training import Examples, fit, train  # scikit-learn is needed only here

    corpus = lesson.corpus
    tasks: dict[str, _Task] = {}
    argued, knowledge = _argued(corpus), _knowledge(corpus)
    described = Examples(
        texts=[situation.text for situation in corpus.situations],
        embeddings=lesson.situations,
        labels=[situation.practice for situation in corpus.situations],
        groups=[situation.subject for situation in corpus.situations],
        weights=np.ones(len(corpus.situations)),
    )
    arguing = Examples(
        texts=[corpus.variants[example.row].text for example in argued],
        embeddings=lesson.variants[[example.row for example in argued]],
        labels=[example.practice for example in argued],
        groups=[corpus.variants[example.row].section_id for example in argued],
        weights=np.asarray([example.weight for example in argued]),
    )
    asking = described + arguing
    knowing = Examples(
        texts=[corpus.variants[row].text for row in knowledge],
        embeddings=lesson.variants[knowledge],
        labels=[ASKS_KNOWLEDGE] * len(knowledge),
        groups=[corpus.variants[row].section_id for row in knowledge],
        weights=np.ones(len(knowledge)),
    )
    refused = Examples(
        texts=corpus.unanswerable,
        embeddings=lesson.unanswerable,
        labels=[UNANSWERABLE] * len(corpus.unanswerable),
        groups=[f"unanswerable {number}" for number in range(len(corpus.unanswerable))],
        weights=np.ones(len(corpus.unanswerable)),
    )
    if len({situation.practice for situation in corpus.situations}) > 1:
        tasks[ADVICE] = _Task(asking, train)
        if knowledge:
            tasks[INTENT] = _Task(asking.labelled(ASKS_ADVICE) + knowing, fit)
    if corpus.unanswerable and corpus.variants:
        tasks[COVERED] = _Task((asking + knowing).labelled(ANSWERABLE) + refused, fit)
    listed = _listed(corpus)
    if len(set(listed.values())) > 1:
        rows = list(listed)
        tasks[WHOLE] = _Task(
            Examples(
                texts=[corpus.variants[row].text for row in rows],
                embeddings=lesson.variants[rows],
                labels=[listed[row] for row in rows],
                groups=[corpus.variants[row].section_id for row in rows],
                weights=np.asarray([WHOLE_WEIGHT if listed[row] == ASKS_WHOLE else 1.0 for row in rows]),
            ),
            fit,
        )
    return tasks


def _listed(corpus: Corpus) -> dict[int, str]:
    """Return for each question variant about a list, by its row, whether it asks for the whole or an item."""
    texts = {section.section_id: section.text for section in corpus.sections}
    found = {}
    for row, variant in enumerate(corpus.variants):
        text = texts[variant.section_id]
        if is_item(text[variant.start : variant.end]):
            found[row] = ASKS_PART
        elif leads_list(text, variant.end):
            found[row] = ASKS_WHOLE
    return found


def argues_for(
    section: Section, sentence: str, role: str | None, practices: Iterable[Practice]
) -> tuple[str, ...]:
    """Return the practices that a sentence argues for, best first: its section's, or those that it names."""
    if role == "for":
        return (section.practice,)
    return mentions(sentence, practices, ()).practices if role == "about" else ()


def _argued(corpus: Corpus) -> list[_Argued]:
    """Return the question variants that argue for a practice without naming one."""
    roles, sections = _roles(corpus), {section.section_id: section for section in corpus.sections}
    found = []
    for row, variant in enumerate(corpus.variants):
        section = sections[variant.section_id]
        role = roles.get(section.aspect)
        if role in {"for", "about"} and not mentions(variant.text, corpus.practices, ()).practices:
            practices = argues_for(section, section.text[variant.start : variant.end], role, corpus.practices)
            weights = (1.0, SECOND)
            found += [
                _Argued(row, practice, weight) for practice, weight in zip(practices, weights, strict=False)
            ]
    return found


def _knowledge(corpus: Corpus) -> list[int]:
    """Return the rows of the question variants of sections that are not about choosing."""
    roles, aspects = _roles(corpus), {section.section_id: section.aspect for section in corpus.sections}
    return [row for row, variant in enumerate(corpus.variants) if not roles.get(aspects[variant.section_id])]


def _roles(corpus: Corpus) -> Mapping[str | None, str | None]:
    return {aspect.id: aspect.advice for aspect in corpus.aspects}
