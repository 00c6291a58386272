"""The answer as plain HTML: no script, and everything that a document, visitor or model wrote is escaped."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from web import texts
from web.chat.blocks import ShownBlock
from web.chat.markers import Paragraph, Piece
from web.chat.view import AnswerView, Candidate, Card, ShownReason, ShownSource

WORDS = texts.WORDS


def links(up: str = "") -> str:
    """Return the icon and the style sheet of a page that lies this far below the start: `../`."""
    return (
        f'<link rel="icon" href="{up}wegwijzer/icon.svg">\n'
        f'<link rel="stylesheet" href="{up}wegwijzer/tokens.css">\n'
        f'<link rel="stylesheet" href="{up}wegwijzer/plain.css">\n'
    )


LINKS = links()


def document(title: str, *parts: str, head: str = LINKS) -> str:
    """Return a whole page; the parts and what is added to its head are HTML, the title is text."""
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n"
        f"{head}</head>\n<body>\n<main>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def tag(name: str, text: str, css: str = "") -> str:
    """Return an element that holds nothing but text."""
    marked = f' class="{css}"' if css else ""
    return f"<{name}{marked}>{escape(text)}</{name}>\n"


def form(question: str, earlier: Sequence[str], most_chars: int) -> str:
    """Return the form, with the questions before this one in hidden fields."""
    hidden = "".join(f'<input type="hidden" name="eerder" value="{escape(turn)}">\n' for turn in earlier)
    return (
        f'<form action="vraag" method="get">\n<label for="q">{escape(texts.INPUT)}</label>\n'
        f'<textarea id="q" name="q" rows="3" maxlength="{most_chars}" required>\n'
        f"{escape(question)}</textarea>\n"
        f'{hidden}<button type="submit">{escape(texts.SEND)}</button>\n</form>\n'
    )


def questions(asked: Sequence[str], earlier: Sequence[str] = ()) -> str:
    """Return links that each ask one question, after these earlier ones."""
    links = (
        f'<li><a href="vraag?{escape(urlencode({"q": text, "eerder": list(earlier)}, doseq=True))}">'
        f"{escape(text)}</a></li>\n"
        for text in asked
    )
    return f'<ul class="choices">\n{"".join(links)}</ul>\n'


def answer_parts(shown: AnswerView, history: Sequence[str]) -> str:
    """Return the answer with its advice, choices and sources."""
    titles = {source.n: source.title for source in shown.sources}
    body = "".join(_block(block, titles) for block in shown.blocks)
    card = _card(shown.card, titles, history) if shown.card else ""
    suggested = tag("p", WORDS["try"]) + questions(shown.suggestions) if shown.suggestions else ""
    sources = sources_part(shown.sources)
    listed = tag("h2", WORDS["sources"]) + sources if sources else ""
    notice = tag("p", shown.notice, "notice") if shown.notice else ""
    return card + body + notice + suggested + listed


def _block(block: ShownBlock, titles: dict[int, str]) -> str:
    lines = [_pieces(line, titles) for line in block.lines]
    if block.kind == "text":
        return f"<p>{lines[0]}</p>\n"
    if block.kind == "note":
        return f'<p class="where"><strong>{escape(WORDS["our_note"])}</strong> {lines[0]}</p>\n'
    items = "".join(f"<li>{line}</li>\n" for line in lines)
    if block.kind == "bullets":
        return f"<ul>\n{items}</ul>\n"
    return f'<ol start="{block.first}">\n{items}</ol>\n'


def _card(card: Card, titles: dict[int, str], history: Sequence[str]) -> str:
    parts = [tag("h3", card.lead, "asked")]
    if card.question:
        parts += [tag("h4", card.question), tag("p", WORDS["choose"]), questions(card.options, history)]
    for place, candidate in enumerate(card.best):
        parts.append(_candidate(candidate, titles, second=bool(place) and card.question is None))
    if card.change:
        parts += [tag("h4", WORDS["change"]), *(tag("p", line) for line in card.change)]
    if card.others:
        lines = "".join(tag("li", f"{one.label}: {_chance(one)}") for one in (*card.best, *card.others))
        parts.append(f'{tag("h4", WORDS["others"])}<ul class="types">\n{lines}</ul>\n')
    return "".join(parts)


def _chance(one: Candidate) -> str:
    return f"{WORDS['percent'].format(share=one.share)} {WORDS['chance']}"


def _candidate(candidate: Candidate, titles: dict[int, str], *, second: bool) -> str:
    name = f"{WORDS['second']}: {candidate.label}" if second else candidate.label
    heading = tag("h4", f"{name} ({WORDS['sure'].format(share=candidate.share, sure=candidate.sure)})")
    reasons = "".join(f"<li>{_reason(reason, titles)}</li>\n" for reason in candidate.reasons)
    return heading + (f"<ul>\n{reasons}</ul>\n" if reasons else "")


def _reason(reason: ShownReason, titles: dict[int, str]) -> str:
    lead = tag("p", reason.lead, "where") if reason.lead else ""
    return f"{lead}{escape(reason.text)} {marker(reason.citation, titles)}"


def _pieces(paragraph: Paragraph, titles: dict[int, str]) -> str:
    return "".join(_piece(piece, titles) for piece in paragraph)


def _piece(piece: Piece, titles: dict[int, str]) -> str:
    if piece.cite is not None:
        return f" {marker(piece.cite, titles)}"
    return f"<strong>{escape(piece.text)}</strong>" if piece.strong else escape(piece.text)


def marker(n: int, titles: dict[int, str]) -> str:
    """Return the link to a source, by its number."""
    name = WORDS["open_source"].format(n=n, title=titles.get(n, ""))
    return f'<a class="marker" href="#bron-{n}" aria-label="{escape(name)}">[{n}]</a>'


def sources_part(sources: Sequence[ShownSource]) -> str:
    """Return each cited section once, with all its quotes marked."""
    sections: dict[tuple[str, str, str], list[ShownSource]] = {}
    for source in sources:
        text = source.before + source.quote + source.after
        sections.setdefault((source.title, source.origin, text), []).append(source)
    return "".join(_section(text, cited) for (_title, _origin, text), cited in sections.items())


def _section(text: str, cited: Sequence[ShownSource]) -> str:
    first = cited[0]
    title = WORDS["open_source"].format(n=", ".join(str(source.n) for source in cited), title=first.title)
    place = [escape(first.origin)] if first.origin else []
    if first.page is not None:
        place.append(escape(WORDS["page"].format(page=first.page)))
    if first.url is not None:
        link = f'<a href="{escape(first.url)}" rel="noopener noreferrer">{escape(WORDS["open_document"])}</a>'
        place.append(link)
    where = f'<p class="where">{" · ".join(place)}</p>\n' if place else ""
    rests_on = "".join(tag("li", reference) for reference in first.references)
    background = f"<details>\n{tag('summary', WORDS['background'])}<ul>\n{rests_on}</ul>\n</details>\n"
    return (
        f'<section class="source" aria-label="{escape(title)}">\n{tag("h3", title)}'
        f'<p class="section-text">{_marked(text, cited)}</p>\n{where}'
        f'{background if rests_on else ""}<p><a href="#antwoord">{escape(WORDS["back"])}</a></p>\n'
        "</section>\n"
    )


def _marked(text: str, cited: Sequence[ShownSource]) -> str:
    """Return the text of a section with its quotes marked; of overlapping ones, each letter once."""
    parts: list[str] = []
    end = 0
    for source in sorted(cited, key=lambda one: len(one.before)):
        start, stop = len(source.before), len(source.before) + len(source.quote)
        parts.append(escape(text[end:start]))
        parts.append(f'<mark id="bron-{source.n}">{escape(text[max(start, end) : stop])}</mark>')
        end = max(end, stop)
    return "".join(parts) + escape(text[end:])
