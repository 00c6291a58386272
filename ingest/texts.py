"""Every Dutch sentence that an operator reads at the command line."""

from collections.abc import Sequence

from errors import DocumentError, WegwijzerError
from ingest.types import Unread

READING = "Inlezen: {paths}"
LOADING = "Taalmodel laden …"
PROGRESS = "Indexeren"
UNCHANGED = "Niets te doen: de index bevat deze documenten al ({size})."
INDEXED = (
    "Klaar: {size}. Secties: {added} nieuw, {changed} gewijzigd, {removed} verdwenen, {same} hergebruikt. "
    "Teksten: {embedded} nieuw berekend, {reused} hergebruikt."
)
STATUS_PLACE = "Index:    {place}"
STATUS_MADE = "Gemaakt:  {made}"
STATUS_FROM = "Uit:      {paths} ({files} bestanden)"
STATUS_HOLDS = "Inhoud:   {size}"
STATUS_MODEL = "Model:    {model}"
STATUS_SIZE = "Grootte:  {mb} MB"
STATUS_WHOLE = "Toestand: heel"
STATUS_DAMAGED = "Toestand: beschadigd. Bouw de index opnieuw met: python -m ingest"
STATUS_SAME = "Sindsdien is in de bestanden niets gewijzigd."
STATUS_ADDED = "Sindsdien nieuw ({count}): {names}"
STATUS_CHANGED = "Sindsdien gewijzigd ({count}): {names}"
STATUS_REMOVED = "Sindsdien verdwenen ({count}): {names}"
STATUS_MISSING = "Niet te vergelijken: {path} is er op deze machine niet."
STATUS_RENEW = "Werk de index bij met: python -m ingest {paths}"
SIZE = "{sections} secties, {chunks} tekstdelen, {variants} voorbeeldvragen"
LEFT_OUT = "Overgeslagen: {count} ({names}). De andere documenten staan wel in de index."
WITHOUT_ADVICE = "Er is geen practices.yaml bij deze documenten: de chat antwoordt, maar geeft geen advies."
LANGUAGES = {"en": "Engels", "de": "Duits", "fr": "Frans", "es": "Spaans"}
MOST_PATHS = 3  # Named in one line; the number tells of the rest.
UNREAD = {
    "scans": (
        "{path}: bladzijde {pages}: dat zijn plaatjes (een scan), die tekst is niet gelezen. Maak er eerst "
        "tekst van met: ocrmypdf --skip-text -l nld '{name}' '{stem}-tekst.pdf'"
    ),
    "damaged": "{path}: bladzijde {pages}: beschadigd, die tekst is niet gelezen.",
    "frames": "{path}: wat in de frames van de pagina staat, is niet gelezen. Sla die pagina's zelf op.",
    "field": "{path}: het veld '{field}' boven de tekst is niet gebruikt, want het heeft een andere vorm.",
    "language": "{path}: alleen het Nederlandse deel is gelezen, niet het deel in het {language}.",
    "link": "{path}: deze verwijzing is niet gevolgd. Geef de map of het bestand zelf op.",
    "folder": "{path}: deze map kan niet worden geopend. Kijk of je er rechten voor hebt.",
}
QUESTIONS_PLAN = (
    "Voorbeeldvragen schrijven bij {blocks} tekstdelen: naar schatting {tokens} tokens (hoogstens {most})."
)
QUESTIONS_WRITTEN = (
    "Geschreven: {questions} voorbeeldvragen en {unanswerable} vragen zonder antwoord; {dropped} afgekeurd, "
    "{tokens} tokens. Lees ze na: ze staan naast de documenten."
)
QUESTIONS_LEFT = (
    "De grens is bereikt: {left} tekstdelen zijn nog niet gedaan. Geef hetzelfde commando opnieuw."
)
SITUATIONS_WRITTEN = (
    "Geschreven: {written} voorbeeldsituaties; {dropped} afgekeurd, {left} reeksen nog niet gedaan. "
    "Lees ze na: ze staan in situations/."
)
MOST_TITLES = 3  # Documents that are named; of more, their number tells.
DOCUMENTS = "deze {count} documenten"
PAGE_NAME = "Wegwijzer"
ABOUT_HEADING = "Wat staat er over ‘{heading}’?"
USUAL_HEADINGS = frozenset(
    "achtergrond, afkortingen, algemeen, bijlage, bijlagen, bronnen, colofon, contact, doel, index, inhoud, "
    "inhoudsopgave, inleiding, introductie, literatuur, nawoord, noten, overig, samenvatting, slot, "
    "slotbepalingen, tot slot, voorwoord".split(", ")
)
INTERRUPTED = "Afgebroken. De vorige index blijft werken."


def left_out(documents: Sequence[DocumentError]) -> str:
    """Return a line for each document that was left out, and one that sums them up."""
    names = ", ".join(error.path.name for error in documents)
    lines = [explain_to_operator(error) for error in documents]
    return "\n".join([*lines, LEFT_OUT.format(count=len(documents), names=names)])


def unread(found: Sequence[Unread]) -> list[str]:
    """Return a line for each thing in the documents that was not read; the same in many files is one line."""
    together: dict[tuple[str, str], list[Unread]] = {}
    lines: list[str] = []
    for one in found:
        if one.kind == "field":
            together.setdefault((one.kind, one.name), []).append(one)
        else:
            language = LANGUAGES.get(one.name, one.name)
            names = {"path": one.path, "name": one.path.name, "stem": one.path.stem}
            lines.append(UNREAD[one.kind].format(**names, pages=_enumerated(one.pages), language=language))
    for (kind, name), files in together.items():
        paths = ", ".join(str(one.path) for one in files[:MOST_PATHS])
        more = f" (en {len(files) - MOST_PATHS} andere)" if len(files) > MOST_PATHS else ""
        lines.append(UNREAD[kind].format(path=f"{paths}{more}", field=name))
    return lines


def subject(titles: Sequence[str]) -> str:
    """Return what documents with these titles are about, as a sentence says it."""
    if len(titles) > MOST_TITLES:
        return DOCUMENTS.format(count=len(titles))
    quoted = [f"‘{title}’" for title in titles]
    return " en ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))


def page_name(titles: Sequence[str]) -> str:
    """Return the title of the page on documents with these titles: that of the only one, or a general one."""
    return titles[0] if len(titles) == 1 else PAGE_NAME


def about_heading(heading: str) -> str:
    """Return a question for what is below a heading."""
    return ABOUT_HEADING.format(heading=heading)


def _enumerated(pages: Sequence[int]) -> str:
    """Return page numbers as people write them, runs of three or more shortened: '2–4 en 7'."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
    return " en ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def explain_to_operator(error: WegwijzerError) -> str:
    """Return what names the file or setting and the remedy, after a line for each document left out."""
    left, language = getattr(error, "left_out", ()), getattr(error, "language", "")
    lines = "\n".join(map(explain_to_operator, left))
    named = LANGUAGES.get(language, language)
    return error.said_to("operator", lines=lines, language_name=named) or str(error)
