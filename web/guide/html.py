"""The guided conversation as plain HTML without a script: every answer is a button of a form."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from web import texts as page_texts
from web.guide import texts
from web.guide.answers import address
from web.guide.ending import Ending, ShownReason, Steps
from web.guide.view import AskedQuestion, Choice, GivenAnswer, GuideView, TypeShare
from web.http.html import marker, sources_part, tag

PAGE, NOTE_PAGE = "keuzehulp", "adviesnotitie"
CHANGED, SITUATION, FORM = "wijzig", "situatie", "als"  # Names in an address beside those of criteria.
WORDS = texts.WORDS
MOST_SITUATION = 1_000


def way_to_guide() -> str:
    """Return the button that leads to the guided conversation."""
    button = f'<button type="submit">{escape(texts.OPEN)}</button>'
    return f'<form action="{PAGE}" method="get">\n{tag("p", texts.TO_GUIDE)}{button}\n</form>\n'


def question_part(asked: AskedQuestion, answers: Mapping[str, str]) -> str:
    """Return the question that comes now, with its answers as buttons."""
    label = tag("p", texts.NUMBER.format(number=asked.number, most=asked.most), "where")
    return label + _form(asked.criterion, asked.text, asked.choices, answers, "")


def changed_part(given: GivenAnswer, answers: Mapping[str, str]) -> str:
    """Return an answered question with its answers as buttons; the other answers stay in their order."""
    label = tag("p", texts.ASKED_AGAIN, "where")
    return label + _form(given.criterion, given.question, given.choices, answers, given.value)


def given_part(given: Sequence[GivenAnswer], answers: Mapping[str, str]) -> str:
    """Return the answers that were given, each with the way to change it."""
    if not given:
        return ""
    rows = "".join(
        f"<li>{escape(one.question)} <strong>{escape(one.text)}</strong> "
        f'<a href="{escape(address(PAGE, answers, **{CHANGED: one.criterion}))}" '
        f'aria-label="{escape(WORDS["change_long"].format(question=one.question))}">{escape(WORDS["change"])}</a>'
        "</li>\n"
        for one in given
    )
    again = f'<p><a href="{PAGE}">{escape(WORDS["again"])}</a></p>\n'
    return f'{tag("h2", WORDS["given"])}<ol class="given">\n{rows}</ol>\n{again}'


def types_part(types: Iterable[TypeShare]) -> str:
    """Return the types with how likely each fits so far."""
    rows = "".join(
        f'<li><span>{escape(one.label)}</span> <span class="bar" aria-hidden="true">'
        f'<span style="width:{one.percent}%"></span></span> <span>{escape(one.share)}</span></li>\n'
        for one in types
    )
    return f'{tag("h2", WORDS["standing"])}<ul class="bars">\n{rows}</ul>\n'


def end_part(end: Ending, shown: GuideView, answers: Mapping[str, str]) -> str:
    """Return the end: the advice with its reasons, the runner-up, how to begin, and the note."""
    titles = {source.n: source.title for source in shown.sources}
    parts = [f'<h2 id="antwoord">{escape(WORDS["advice"])}</h2>\n', tag("p", end.lead, "lead")]
    parts.append(_reasons(end.reasons, titles))
    if end.runner_up:
        second = end.runner_up
        parts.append(tag("h3", texts.NOTE_SECOND.format(label=second.label, share=second.share)))
        parts.append(_reasons(second.reasons, titles))
    if end.steps:
        parts.append(_steps(end.steps, titles))
    if end.checks:
        rows = "".join(
            f'<li>{escape(one.text)} <a href="{escape(address(PAGE, {**answers, one.criterion: "yes"}))}" '
            f'aria-label="{escape(WORDS["check"])}: {escape(one.text)}">{escape(WORDS["check"])}</a></li>\n'
            for one in end.checks
        )
        parts.append(f"{tag('h3', WORDS['checks'])}<ul>\n{rows}</ul>\n")
    parts.append(_note_form(answers))
    return "".join(parts)


def sources_of_end(shown: GuideView) -> str:
    """Return the cited sections with their quotes marked."""
    listed = sources_part(shown.sources)
    return tag("h2", page_texts.WORDS["sources"]) + listed if listed else ""


def _form(
    criterion: str, question: str, choices: Sequence[Choice], answers: Mapping[str, str], chosen: str
) -> str:
    """Return a form whose buttons stand among the other answers where this criterion has its place."""
    buttons = "".join(_button(criterion, choice, chosen) for choice in choices)
    fields = {name: _hidden(name, value) for name, value in answers.items()}
    fields[criterion] = f'<div class="answers">\n{buttons}</div>\n'
    return (
        f'<h2 id="vraag">{escape(question)}</h2>\n'
        f'<form action="{PAGE}" method="get" aria-labelledby="vraag">\n{"".join(fields.values())}</form>\n'
    )


def _button(criterion: str, choice: Choice, chosen: str) -> str:
    current = ' aria-current="true"' if choice.value == chosen else ""
    return (
        f'<button name="{escape(criterion)}" value="{choice.value}"{current}>{escape(choice.text)}</button>\n'
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'


def _reasons(reasons: Iterable[ShownReason], titles: Mapping[int, str]) -> str:
    rows = "".join(f"<li>{_reason(reason, titles)}</li>\n" for reason in reasons)
    return f"<ul>\n{rows}</ul>\n" if rows else ""


def _reason(reason: ShownReason, titles: Mapping[int, str]) -> str:
    frame = f"<strong>{escape(reason.about)}</strong> {escape(reason.frame)}"
    if reason.citation is None:
        return frame
    quote = escape(texts.QUOTED.format(quote=reason.quote))
    return f"{frame} {quote} {marker(reason.citation, dict(titles))}"


def _steps(steps: Steps, titles: Mapping[int, str]) -> str:
    source = f" {marker(steps.citation, dict(titles))}" if steps.citation else ""
    items = "".join(tag("li", item) for item in steps.items)
    return f"{tag('h3', WORDS['steps'])}<p>{escape(steps.lead)}{source}</p>\n<ol>\n{items}</ol>\n"


def _note_form(answers: Mapping[str, str]) -> str:
    hidden = "".join(_hidden(name, value) for name, value in answers.items())
    return (
        f"{tag('h3', WORDS['note'])}{tag('p', WORDS['note_lead'])}"
        f'<form action="{NOTE_PAGE}" method="get">\n{hidden}'
        f'<label for="situatie">{escape(WORDS["situation"])}</label>\n'
        f'<textarea id="situatie" name="{SITUATION}" rows="3" maxlength="{MOST_SITUATION}"></textarea>\n'
        f"{tag('p', WORDS['in_address'], 'where')}"
        f'<button name="{FORM}" value="pagina">{escape(WORDS["print"])}</button>\n'
        f'<button name="{FORM}" value="word">{escape(WORDS["word"])}</button>\n</form>\n'
    )
