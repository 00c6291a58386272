"""MAIN PATH: `python -m evals [--questions FILE] [--out DIR] [--check] [--split dev|test] [--brief]`.

1. load     the reference questions and the assistant
2. ask      every question, once
3. score    each answer against the labels of its question
4. compare  with baselines and ablations
5. report   results.json, report.html and a table; with --check, the bars that are missed

`python -m evals advice` cross-validates the adviser; `python -m evals documents` asks about short documents
without example questions (`evals/documents/measure.py`); `python -m evals exam` lets a language model sit the
exam without which it may not write (`evals/exam/sit.py`); `python -m evals support` measures the vetoes on
its sentences; `python -m evals speed` measures time and memory
(`evals/speed/run.py`), and later reports show what it found; `python -m evals readers FILE...` sums up the
grades that people gave (`evals/readers.py`); `python -m evals reading` measures how well criteria are read on
writers that nothing was learnt from (`evals/compare/reading.py`).
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from tqdm import tqdm

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.texts import MODE_EXTRACTIVE
from assistant.types import Question
from errors import ExamMissingError, WegwijzerError
from evals.arguments import parse
from evals.compare.baselines import compare_answers, compare_retrieval
from evals.compare.crossvalidation import measure_advisers
from evals.compare.fit import fit_decisions
from evals.compare.guided import measure_guide
from evals.compare.reading import measure_reading
from evals.compare.support import measure_support
from evals.documents import measure_documents
from evals.questions import ReferenceQuestion, load_questions
from evals.readers import report_readers
from evals.report.page import report, told
from evals.report.results import REPORT_FILE, RESULTS_FILE, revision, to_json
from evals.scoring.bars import load_bars, missed
from evals.scoring.measures import by_kind, summarise
from evals.scoring.score import Stored, score_all
from evals.speed.run import load_speed, measure_speed
from evals.types import Answered, Measured, Results
from ingest.index.open import open_store, stored_corpus
from settings import Settings, load_settings

Outcome = tuple[str, int]  # What a part of the command tells, and its exit code.
Job = Callable[[Settings, argparse.Namespace], Outcome]


def evaluate(
    assistant: Assistant, asked: Sequence[Answered], about: Measured, *, brief: bool = False
) -> Results:
    """Score the answers and, unless in brief, set baselines beside them."""
    corpus = stored_corpus(open_store(assistant.settings))
    sections = {section.section_id: section for section in corpus.sections}
    stored = Stored(sections, assistant.index.practices, assistant.index.aspects)
    scored = score_all(asked, stored)
    return Results(
        about=about,
        measures={**summarise(scored), **measure_guide(assistant, corpus.situations)},
        by_kind=by_kind(scored),
        retrieval={} if brief else compare_retrieval(assistant, asked),
        answers={} if brief else compare_answers(assistant, scored),
        scored=tuple(scored),
    )


def ask_all(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> list[Answered]:
    """Return each question with its answer; the first is asked twice, so that loading counts in no timing."""
    assistant.ask(Question(questions[0].question))
    return [
        Answered(one, assistant.ask(Question(one.question, one.history, one.id)))
        for one in tqdm(questions, desc="asking", unit="question", disable=None)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = parse(arguments)
    try:
        given = {name: value for name in ("index", "llm") if (value := getattr(options, name))}
        settings = load_settings().model_copy(update=given)
        told, code = _PARTS[options.part](settings, options)
        print(told, file=sys.stderr if code == 2 else sys.stdout)
        return code
    except (WegwijzerError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; nothing was written", file=sys.stderr)
        return 1


def _exam(settings: Settings, _options: argparse.Namespace) -> Outcome:
    """Have the named model sit the exam; fail when it does not pass."""
    if settings.llm is None:
        return "No model is named. Name one with --llm PROVIDER:MODEL or WEGWIJZER_LLM", 2
    from evals.exam.sit import sit  # The evaluation itself needs nothing of a language model.

    passed, told = sit(settings.llm, settings)
    return told, int(not passed)


def _speed(settings: Settings, options: argparse.Namespace) -> Outcome:
    """Measure speed; fail when a stage could not run."""
    figures, failed = measure_speed(settings, options.out, options.only, options.minutes)
    for line in failed:
        print(f"Could not be measured: {line}", file=sys.stderr)
    return figures, int(bool(failed))


def _run(settings: Settings, options: argparse.Namespace) -> Outcome:
    """Evaluate and write the results; fail when a bar that must hold is missed."""
    bars = load_bars(options.split)
    questions = load_questions(options.questions, options.split)
    assistant = load_assistant(settings.model_copy(update={"kept_answers": 0}))
    if settings.llm and assistant.mode == MODE_EXTRACTIVE:
        raise ExamMissingError(settings.llm)
    asked = ask_all(assistant, questions)
    results = evaluate(assistant, asked, _about(assistant, asked, options), brief=options.brief)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / RESULTS_FILE).write_text(to_json(results), encoding="utf-8")
    (options.out / REPORT_FILE).write_text(report(results, bars, load_speed(options.out)), encoding="utf-8")
    failures = missed(bars, results.measures) if options.check else []
    for line in failures:
        print(f"Bar missed: {line}", file=sys.stderr)
    return f"{told(results, bars)}\n\nReport: {options.out / REPORT_FILE}", int(bool(failures))


def _about(assistant: Assistant, asked: Sequence[Answered], options: argparse.Namespace) -> Measured:
    manifest = assistant.index.manifest
    return Measured(
        commit=revision(),
        model=manifest.model_id,
        mode=assistant.mode,
        index=manifest.fingerprint,
        questions=options.questions.name,
        split=options.split,
        n=len(asked),
    )


def _quoting(settings: Settings) -> Assistant:
    """Return the assistant without a language model."""
    return load_assistant(settings.model_copy(update={"llm": None}))


_PARTS: Mapping[str | None, Job] = {
    None: _run,
    "advice": lambda settings, _: (measure_advisers(_quoting(settings)), 0),
    "documents": lambda settings, _: (measure_documents(settings), 0),
    "exam": _exam,
    "fit": lambda settings, _: (fit_decisions(_quoting(settings)), 0),
    "readers": lambda _, options: (report_readers(options.files), 0),
    "reading": lambda settings, _: (measure_reading(_quoting(settings)), 0),
    "speed": _speed,
    "support": lambda settings, _: (measure_support(_quoting(settings)), 0),
}


if __name__ == "__main__":
    sys.exit(main())
