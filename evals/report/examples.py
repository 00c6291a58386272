"""Questions with their answers as HTML: the worst ones in full, and all of them in a line each."""

from collections.abc import Sequence

from evals.report.markup import Markup, element, joined
from evals.report.results import Previous
from evals.report.tables import table
from evals.scoring.measures import KINDS_IN_WORDS
from evals.scoring.overview import MOST_WORST, worst_first
from evals.types import Scored

PASSAGES = 5


def worst(scored: Sequence[Scored]) -> Markup:
    """Return the answers that are least right, each with what was expected and the passages found."""
    wrong = worst_first(scored)
    shown = wrong[:MOST_WORST]
    told = f"{len(wrong)} of {len(scored)} answers are not wholly right; the worst {len(shown)}:"
    return joined(element("p", told), *(_full(one) for one in shown))


def all_questions(scored: Sequence[Scored]) -> Markup:
    """Return a table with a line for each question."""
    rows = [
        element(
            "tr",
            element("th", one.question.id, scope="row"),
            element("td", KINDS_IN_WORDS[one.question.kind]),
            element("td", one.question.question, lang="nl", class_="text"),
            element("td", one.answer.status),
            element("td", f"{one.scores['right']:.2f}"),
        )
        for one in scored
    ]
    summary = element("summary", f"All {len(scored)} questions")
    return element(
        "details", summary, table("All questions", ["id", "kind", "question", "status", "right"], rows)
    )


def changes(scored: Sequence[Scored], previous: Previous) -> Markup:
    """Return the questions whose answer became better or worse since earlier results."""
    earlier = {row.id: row.scores.get("right", 0.0) for row in previous.questions}
    moved = [(one, earlier[one.question.id]) for one in scored if one.question.id in earlier]
    rows = [
        element(
            "tr",
            element("th", one.question.id, scope="row"),
            element("td", one.question.question, lang="nl", class_="text"),
            element("td", f"{before:.2f}"),
            element("td", f"{one.scores['right']:.2f}"),
            element("td", "better" if one.scores["right"] > before else "worse"),
        )
        for one, before in sorted(moved, key=lambda pair: pair[0].scores["right"] - pair[1])
        if abs(one.scores["right"] - before) > 1e-6
    ]
    if not rows:
        return element("p", "No answer became better or worse.")
    return table("Answers that changed", ["id", "question", "earlier", "now", ""], rows)


def _full(one: Scored) -> Markup:
    question, answer = one.question, one.answer
    title = element("span", question.question, lang="nl")
    label = f"{question.id}, {KINDS_IN_WORDS[question.kind]}, right {one.scores['right']:.2f}: "
    return element(
        "details",
        element("summary", element("span", label, class_="muted"), title),
        element("p", element("b", "Earlier turns: "), " · ".join(question.history))
        if question.history
        else None,
        element("p", element("b", "Expected: "), _expected(one)),
        element("p", element("b", f"Answer ({answer.status}):")),
        element("blockquote", answer.text, lang="nl"),
        element("p", element("b", "Passages found:")) if answer.passages else None,
        element("ol", *_passages(one), lang="nl") if answer.passages else None,
    )


def _expected(one: Scored) -> str:
    question = one.question
    if question.task == "refusal":
        return f"a refusal · nearest: {' or '.join(question.nearest)}" if question.nearest else "a refusal"
    parts = {
        "practice": ", ".join([*question.practices, *question.acceptable]),
        "sections": ", ".join(question.sections),
        "verdict": question.verdict or "",
        "facts": "; ".join(" or ".join(group) for group in (*question.facts, *question.expect)),
        "not": " or ".join(question.forbid),
    }
    return " · ".join(f"{name}: {text}" for name, text in parts.items() if text)


def _passages(one: Scored) -> list[Markup]:
    answering = one.question.sections
    return [
        element(
            "li",
            element("b", passage.section.title),
            f" ({passage.section.section_id}, {passage.score:.2f}) ",
            element("mark", "answers") if passage.section.section_id.startswith(answering) else None,
            element("br"),
            passage.chunk.text,
        )
        for passage in one.answer.passages[:PASSAGES]
    ]
