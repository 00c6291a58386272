"""Train the classifiers of a build from what is beside the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.learning.classifier import TextClassifier, load_classifier
from ingest.learning.network import Network, load_network
from ingest.learning.verdicts import AGREES, SETTLES
from ingest.source_code import code_digest
from ingest.text.mentions import mentions
from ingest.text.sentences import is_item, leads_list
from ingest.types import Corpus, Practice, Section

if TYPE_CHECKING:
    from ingest.learning.training import Examples

ADVICE, KNOCKED, INTENT, COVERED, FEATURES, WHOLE = (
    "advice",
    "knocked",
    "intent",
    "covered",
    "features",
    "whole",
)  # The classifiers that a build may hold,
NETWORKS = frozenset({SETTLES, AGREES})  # and the networks.
ASKS_ADVICE, ASKS_KNOWLEDGE, ASKS_ASSISTANT = "advice", "knowledge", "assistant"  # The labels of INTENT.
INTENTS = {
    "advice": ASKS_ADVICE,
    "assistant": ASKS_ASSISTANT,
    "smalltalk": ASKS_ASSISTANT,
}  # Others: knowledge.
ANSWERABLE, UNANSWERABLE = "answerable", "unanswerable"  # The labels of COVERED.
ASKS_WHOLE, ASKS_PART = "whole", "part"  # The labels of WHOLE.
NOTHING = "-"  # The label of KNOCKED for a situation that no criterion knocks a practice out of.
CLASSIFIERS = "classifiers"  # The folder of a build that holds them.
DIGEST_SUFFIX = ".examples"  # Beside a classifier: what names its examples and the code that learnt.
ROOMS = ("text", "learning")  # Their code decides what is learnt from examples.
WHOLE_WEIGHT = 6.0  # Many more questions ask for an item than for a list.
SECOND = 0.3  # Weight of the second practice that a sentence names, as an example beside the first.


@dataclass(frozen=True, slots=True)
class Lesson:
    """A corpus with the vectors of its variants, situations, labelled and unanswerable questions: (n, d).

    `sentences` are the vectors of its sentences, `variant_sentences` the number of each variant's.
    """

    corpus: Corpus
    variants: Vectors
    situations: Vectors
    labelled: Vectors
    unanswerable: Vectors
    sentences: Vectors
    variant_sentences: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Task:
    """What names the examples of a classifier, and how it learns from them."""

    digest: str
    learn: Callable[[], TextClassifier | Network]


def _task(examples: Examples, learn: Callable[[Examples], TextClassifier | Network]) -> _Task:
    return _Task(examples.digest(), lambda: learn(examples))


@dataclass(frozen=True, slots=True)
class _Argued:
    """A question variant whose sentence argues for a practice, and how much that counts."""

    row: int
    practice: str
    weight: float


def teach(lesson: Lesson, folder: Path, earlier: Path | None = None) -> None:
    """Write the classifiers that the corpus gives examples for into a folder, each under its name.

    ADVICE tells which practice fits a situation; question variants of sentences that argue for a practice are
    examples too. FEATURES tells what a situation states, KNOCKED with which criterion a practice or none fits
    no longer, INTENT a request for advice and words
    to the assistant itself from a question for knowledge, COVERED what the text answers from what it does
    not, WHOLE who asks for a list from who asks for one item, SETTLES what settles a yes/no question and
    AGREES whether two such questions have the same verdict.
    What the same code learnt from the same examples is taken from an earlier folder.
    """
    folder.mkdir()
    if not (lesson.corpus.situations or lesson.corpus.unanswerable):
        return
    for name, task in _tasks(lesson).items():
        digest = f"{task.digest}-{code_digest(*ROOMS)}"
        if earlier is not None and _learnt(earlier, name) == digest:
            shutil.copyfile(_file(earlier, name), _file(folder, name))
        else:
            task.learn().save(_file(folder, name))
        (folder / f"{name}{DIGEST_SUFFIX}").write_text(digest, encoding="ascii")


def load_taught(folder: Path) -> dict[str, TextClassifier]:
    """Return the text classifiers of a folder by name."""
    files = sorted(folder.glob("*.npz"))
    return {file.stem: load_classifier(file) for file in files if file.stem not in NETWORKS}


def load_networks(folder: Path) -> dict[str, Network]:
    """Return the networks of a folder by name."""
    return {name: load_network(_file(folder, name)) for name in NETWORKS if _file(folder, name).exists()}


def _learnt(folder: Path, name: str) -> str:
    """Return the digest of the examples of a classifier that can be read, or an empty text."""
    try:
        (load_network if name in NETWORKS else load_classifier)(_file(folder, name))
        return (folder / f"{name}{DIGEST_SUFFIX}").read_text(encoding="ascii")
    except (OSError, ValueError, KeyError, BadZipFile):
        return ""


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npz"


def _tasks(lesson: Lesson) -> dict[str, _Task]:
    """Return what there is to learn, by name."""
    from ingest.learning.features import feature_examples, learn_features  # scikit-learn is needed only here
    from ingest.learning.training import fit, train
    from ingest.learning.verdict_examples import learn_pairs, learn_verdicts, pair_examples, verdict_examples

    corpus = lesson.corpus
    tasks: dict[str, _Task] = {}
    described = _situations(lesson)
    asking, knowing = described + _arguing(lesson), _knowing(lesson)
    if len(set(described.labels)) > 1:
        tasks[ADVICE] = _task(asking, train)
        if len(knowing.texts):
            wanted = asking.labelled(ASKS_ADVICE) + knowing + _wanted(lesson)
            tasks[INTENT] = _task(wanted, fit)
    knocked = _knocked(lesson)
    if len(set(knocked.labels)) > 1:
        tasks[KNOCKED] = _task(knocked, fit)
    if corpus.unanswerable and corpus.variants:
        answerable = (asking + knowing).labelled(ANSWERABLE)
        tasks[COVERED] = _task(answerable + _refused(lesson), fit)
    listed = _listed(lesson)
    if len(set(listed.labels)) > 1:
        tasks[WHOLE] = _task(listed, fit)
    settled = verdict_examples(corpus, lesson.variants, lesson.sentences, lesson.variant_sentences)
    if len(set(settled.labels)) > 1:
        tasks[SETTLES] = _task(settled, learn_verdicts)
    paired = pair_examples(corpus, lesson.variants, lesson.variant_sentences)
    if len(set(paired.labels)) > 1:
        tasks[AGREES] = _task(paired, learn_pairs)
    features = feature_examples(corpus.situations, [criterion.id for criterion in corpus.criteria])
    if features.stated.any():
        tasks[FEATURES] = _Task(features.digest(), lambda: learn_features(features))
    return tasks


def _situations(lesson: Lesson) -> Examples:
    """Return the situations that one practice fits best."""
    chosen = [row for row, one in enumerate(lesson.corpus.situations) if one.practice]
    return _examples(
        [(one.told, one.practice, one.subject) for one in lesson.corpus.situations if one.practice],
        lesson.situations[chosen],
    )


def _knocked(lesson: Lesson) -> Examples:
    """Return the situations by the criterion that knocks a practice out, or all of them."""
    criteria = {criterion.id for criterion in lesson.corpus.criteria if criterion.none_fits}
    rows = [
        (
            one.told,
            next(
                (f.criterion for f in one.features if f.criterion in criteria and f.value == "yes"), NOTHING
            ),
            one.subject,
        )
        for one in lesson.corpus.situations
    ]
    return _examples(rows, lesson.situations)


def _arguing(lesson: Lesson) -> Examples:
    """Return the question variants whose sentence argues for a practice."""
    argued, variants = _argued(lesson.corpus), lesson.corpus.variants
    rows = [(variants[one.row].text, one.practice, variants[one.row].section_id) for one in argued]
    examples = _examples(rows, lesson.variants[[one.row for one in argued]])
    return replace(examples, weights=np.asarray([one.weight for one in argued]))


def _knowing(lesson: Lesson) -> Examples:
    """Return the question variants that ask for knowledge."""
    rows, variants = _knowledge(lesson.corpus), lesson.corpus.variants
    named = [(variants[row].text, ASKS_KNOWLEDGE, variants[row].section_id) for row in rows]
    return _examples(named, lesson.variants[rows])


def _wanted(lesson: Lesson) -> Examples:
    """Return questions of many writers, and situations without one best practice, by what they ask for."""
    corpus = lesson.corpus
    others = [row for row, one in enumerate(corpus.situations) if not one.practice]
    rows = [(one.text, one.intent, one.writer) for one in corpus.labelled]
    rows += [(one.told, one.asks, one.writer) for one in corpus.situations if not one.practice]
    parts = [part for part in (lesson.labelled, lesson.situations[others]) if len(part)]
    vectors = np.concatenate(parts) if parts else lesson.labelled
    return _examples([(text, _asks(intent), writer) for text, intent, writer in rows], vectors)


def _asks(intent: str) -> str:
    return INTENTS.get(intent, ASKS_KNOWLEDGE)


def _refused(lesson: Lesson) -> Examples:
    """Return the questions that the text does not answer."""
    questions = lesson.corpus.unanswerable
    rows = [(one.text, UNANSWERABLE, f"unanswerable {number}") for number, one in enumerate(questions)]
    return _examples(rows, lesson.unanswerable)


def _examples(rows: Sequence[tuple[str, str, str]], vectors: Vectors) -> Examples:
    """Return examples of texts with their label and group, all of the same weight."""
    from ingest.learning.training import Examples

    texts, labels, groups = zip(*rows, strict=True) if rows else ((), (), ())
    return Examples(list(texts), vectors, list(labels), list(groups), np.ones(len(rows)))


def _listed(lesson: Lesson) -> Examples:
    """Return the question variants about lists, by whether they ask for the whole or for an item."""
    texts = {section.section_id: section.text for section in lesson.corpus.sections}
    found = {}
    for row, variant in enumerate(lesson.corpus.variants):
        text = texts[variant.section_id]
        if is_item(text[variant.start : variant.end]):
            if variant.verdict is None:  # What is answered by ja or nee asks for neither.
                found[row] = ASKS_PART
        elif leads_list(text, variant.end):
            found[row] = ASKS_WHOLE
    variants = lesson.corpus.variants
    rows = [(variants[row].text, label, variants[row].section_id) for row, label in found.items()]
    weights = [WHOLE_WEIGHT if label == ASKS_WHOLE else 1.0 for label in found.values()]
    return replace(_examples(rows, lesson.variants[list(found)]), weights=np.asarray(weights))


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
        told = variant.verdict in {None, "ja"}  # What is answered by no describes the opposite.
        if told and role in {"for", "about"} and not mentions(variant.text, corpus.practices, ()).practices:
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
