"""Results → one self-contained HTML page: no script, no request, light and dark."""

from collections.abc import Iterable, Mapping, Sequence

from evals.compare.baselines import CUTOFFS, PRODUCT
from evals.compare.writers import FIGURES
from evals.report import charts, examples, tables
from evals.report.markup import Markup, element, joined, page
from evals.report.results import Previous
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, KINDS_IN_WORDS
from evals.types import Group, Results
from ingest.types import Practice

HEADLINES = (
    "advice_first",
    "advice_first_two",
    "advice_calibration_error",
    "asked",
    "first_answers",
    "shown_answers",
    "list_complete",
    "outside_words",
    "polarity_error",
    "verdict_right",
    "near_refused",
    "near_nearest",
    "premise_corrected",
    "far_refused",
    "false_refusal",
    "followup_asked",
    "citation_validity",
    "ambiguous_handled",
)
RETRIEVAL_COLUMNS = {
    "facts_at_1": "facts in 1",
    "facts_at_5": "facts in 5",
    "section_at_5": "found in 5",
    "recall_at_5": "R@5",
    "recall_at_10": "R@10",
    "ndcg_at_5": "nDCG@5",
    "reciprocal_rank": "RR",
}
ANSWER_COLUMNS = {
    "asked": "asked facts",
    "first_answers": "first answers",
    "shown_answers": "shown that answer",
    "list_complete": "lists complete",
    "outside_words": "words outside lists",
}
WRITER_COLUMNS = {name: BY_ID[name].label for name in FIGURES}
ADVICE_COLUMNS = {"advice_first": "right first", "advice_first_two": "right in two"}
_READING = (
    "A figure is the mean over its questions, or the median where that is said, with a 95% bootstrap "
    "interval over them (1,000 resamples). An answer holds the asked facts when every group of words or "
    "expressions is matched in its text or quotes and nothing that only a wrong answer holds; a refusal "
    "holds none. What is shown is split into sentences and list items; a verdict, a frame of ours or a line "
    "that leads to a list belongs to what follows it. One that matches a group answers, and so does every "
    "item of a list that was asked for. An answer is opposite when its yes or no is, or when a question with "
    "'not' "
    "gets what only a wrong answer holds, or, asked when something does not fit, a first quote on when it "
    "does. Relevant items are section prefixes: 'a section that answers' means any of the labelled ones. "
    "Words a sentence and common words are a proxy for readability. No language model judges anything. Where "
    "every answer is right or every one wrong, a bootstrap shows no width; that says nothing about questions "
    "that were not asked."
)


def report(
    results: Results,
    bars: Iterable[Bar],
    practices: Iterable[Practice],
    previous: Previous | None = None,
    speed: Markup | None = None,
) -> str:
    """Return the report as an HTML page; `previous` adds what changed since then, `speed` its section."""
    labels = {practice.id: practice.label for practice in practices}
    by_measure = {bar.measure: bar for bar in bars}
    parts = [
        _section("Headline figures", _headlines(results, by_measure)),
        _section("Changes since the earlier results", _changes(results, previous)) if previous else None,
        _section("Answers beside the first block found", tables.systems_table(
            "The product, and the first block of a ranking shown whole", results.answers, ANSWER_COLUMNS
        )) if results.answers else None,
        _section("Finding the section that answers", _retrieval(results)) if results.retrieval else None,
        _section("Advice", _advice(results, labels)) if results.advice else None,
        _section("Writers", tables.systems_table("Quoted, and as a language model wrote it", results.writers,
                                                 WRITER_COLUMNS)) if results.writers else None,
        _section("Where it goes well and where not", _groups(results, labels)),
        speed,
        _section("The worst answers", examples.worst(results.scored), examples.all_questions(results.scored)),
        _section("All figures", tables.measures_table(results.measures, by_measure, previous),
                 tables.timings_table(results.timings_ms)),
        _section("How to read this", element("p", _READING), _unmatched(results.unmatched)),
    ]  # fmt: skip
    about = results.about
    measured = (
        f"{about.n} questions ({about.questions}, {about.split}), code at {about.commit}, "
        f"model {about.model}, index {about.index}, mode {about.mode}. Made by: python -m evals"
    )
    return page("Evaluation", joined(*parts), "How good are the answers?", measured)


def _section(title: str, *content: Markup | None) -> Markup:
    return element("section", element("h2", title), *content)


def _headlines(results: Results, bars: Mapping[str, Bar]) -> Markup:
    rows = [
        (
            f"{BY_ID[name].topic}: {BY_ID[name].label}",
            *(results.measures[name].value, results.measures[name].low, results.measures[name].high),
            bars[name].value if name in bars else None,
        )
        for name in HEADLINES
        if name in results.measures and BY_ID[name].higher_is_better
    ]
    chart = charts.intervals("Headline figures with their intervals; a tick is the bar to reach", rows)
    return joined(
        tables.cards(results.measures, bars, HEADLINES), _figure(chart, "95% intervals; the tick is the bar")
    )


def _changes(results: Results, previous: Previous) -> Markup:
    earlier = previous.about
    told = f"Earlier: {earlier.n} questions ({earlier.split}), commit {earlier.commit}, {earlier.model}."
    return joined(element("p", told), examples.changes(results.scored, previous))


def _retrieval(results: Results) -> Markup:
    legs = [s for s in results.retrieval if s.figures and (s.name == PRODUCT or "alone" in s.name)]
    series = {system.name: [system.figures[f"facts_at_{k}"] for k in CUTOFFS] for system in legs}
    chart = charts.curves("Share of questions of which the first k sections hold all asked facts", series)
    return joined(
        _figure(chart, "All asked facts in the first k sections"),
        tables.systems_table(
            "Baselines, and the product without each part", results.retrieval, RETRIEVAL_COLUMNS
        ),
    )


def _advice(results: Results, labels: Mapping[str, str]) -> Markup:
    chart = charts.calibration("Calibration of the advice", results.calibration)
    return joined(
        _figure(chart, "Upwards the share that is right: on the line, the advice is as sure as it should be"),
        tables.confusion_table(results.confusion, labels),
        tables.systems_table("The adviser beside the nearest passages", results.advice, ADVICE_COLUMNS),
    )


def _groups(results: Results, labels: Mapping[str, str]) -> Markup:
    kinds = {KINDS_IN_WORDS[kind]: group for kind, group in results.by_kind.items()}
    practices = {labels[practice]: group for practice, group in results.by_practice.items()}
    return joined(
        _figure(_shares("Right, by kind of question", kinds), "Right by kind, with the number of questions"),
        _figure(_shares("Right, by practice", practices), "Right by practice") if practices else None,
    )


def _shares(title: str, groups: Mapping[str, Group]) -> Markup:
    return charts.bars(
        title,
        {name: group.right for name, group in groups.items()},
        {name: group.n for name, group in groups.items()},
    )


def _figure(chart: Markup, caption: str) -> Markup:
    return element("figure", chart, element("figcaption", caption), tabindex=0)


def _unmatched(prefixes: Sequence[str]) -> Markup | None:
    if not prefixes:
        return None
    return element("p", f"Labels under which the index holds no section: {', '.join(prefixes)}.")
