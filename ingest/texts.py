"""Every Dutch sentence that an operator reads at the command line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import errors
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
NOTHING_USABLE = "Er is niets ingelezen. Was er al een index, dan blijft die werken."
WITHOUT_ADVICE = "Er is geen practices.yaml bij deze documenten: de chat antwoordt, maar geeft geen advies."
LANGUAGES = {"en": "Engels", "de": "Duits", "fr": "Frans", "es": "Spaans"}
MOST_PATHS = 3  # Named in one line; the number tells of the rest.
UNREAD = {
    "scans": (
        "{path}: bladzijde {pages}: dat zijn plaatjes (een scan), die tekst is niet gelezen. Maak er eerst "
        "tekst van met: ocrmypdf --skip-text -l nld '{name}' '{stem}-tekst.pdf'"
    ),
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

_MESSAGES: Mapping[type[errors.WegwijzerError], Callable[[Any], str]] = {
    errors.InvalidSettingError: lambda e: (
        f"{e.name}={e.value} is niet bruikbaar ({e.reason}). Zie .env.example."
    ),
    errors.EmptyDocumentError: lambda e: f"{e.path}: het bestand bevat geen tekst. Vul het of haal het weg.",
    errors.EncodingError: lambda e: f"{e.path}: het bestand is geen UTF-8. Sla het op als UTF-8.",
    errors.DamagedDocumentError: lambda e: (
        f"{e.path}: het bestand is beschadigd (geen geldig {e.kind}-bestand). Sla het opnieuw op, of "
        "download het nog eens."
    ),
    errors.EncryptedDocumentError: lambda e: (
        f"{e.path}: het bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord."
    ),
    errors.ForeignLanguageError: lambda e: (
        f"{e.path}: de tekst is {LANGUAGES.get(e.language, e.language)}, en de chat spreekt Nederlands. "
        f'Moet het bestand toch mee? Zet er in document.toml bij: language = "{e.language}".'
    ),
    errors.MisnamedDocumentError: lambda e: (
        f"{e.path}: de inhoud is geen {e.path.suffix}-bestand. Sla het op als een van deze soorten: "
        f"{', '.join(e.known)}."
    ),
    errors.OversizedDocumentError: lambda e: (
        f"{e.path}: het bestand is uitgepakt groter dan {e.most_mb} MB. Splits het of verklein de plaatjes."
    ),
    errors.ScannedDocumentError: lambda e: (
        f"{e.path}: de pagina's zijn plaatjes (een scan), zonder tekst. Maak er eerst tekst van met: "
        f"ocrmypdf -l nld '{e.path.name}' '{e.path.stem}-tekst.pdf'"
    ),
    errors.UnreadableTextError: lambda e: (
        f"{e.path}: de letters in dit bestand zijn niet te herkennen. Laat de tekst opnieuw lezen met: "
        f"ocrmypdf --force-ocr -l nld '{e.path.name}' '{e.path.stem}-tekst.pdf'"
    ),
    errors.FramesError: lambda e: (
        f"{e.path}: de pagina toont alleen andere pagina's (frames). Sla die pagina's zelf op."
    ),
    errors.UnknownPracticeError: lambda e: (
        f"{e.path}: onbekende practice '{e.practice}'. Kies uit: {', '.join(e.known)}."
    ),
    errors.UnsupportedFormatError: lambda e: (
        f"{e.path}: dit soort bestand kan niet worden gelezen. Sla het op als een van deze soorten: "
        f"{', '.join(e.known)}."
    ),
    errors.DocumentError: lambda e: f"{e.path}: het bestand kan niet worden gelezen ({e.reason}).",
    errors.NoDocumentsError: lambda e: (
        f"Geen documenten gevonden in {', '.join(map(str, e.paths))}. Leesbaar: {', '.join(e.known)}."
    ),
    errors.NoUsableDocumentsError: lambda e: "\n".join(
        [*map(explain_to_operator, e.left_out), NOTHING_USABLE]
    ),
    errors.DetailsError: lambda e: (
        f"{e.path}: het bestand klopt niet ({e.reason}). Verbeter het en probeer opnieuw."
    ),
    errors.PracticesError: lambda e: (
        f"{e.path}: het bestand klopt niet ({e.reason}). Verbeter het en probeer opnieuw."
    ),
    errors.TrainingDataError: lambda e: (
        f"{e.path}: het bestand klopt niet ({e.reason}). Verbeter het en probeer opnieuw."
    ),
    errors.IndexNotFoundError: lambda e: f"Er is geen index in {e.path}. Bouw die met: python -m ingest",
    errors.IndexDamagedError: lambda e: (
        f"De index in {e.path} is beschadigd ({e.reason}). Bouw hem opnieuw met: python -m ingest"
    ),
    errors.IndexBusyError: lambda e: (
        f"Een andere ingest schrijft al in {e.path}. Wacht daarop en probeer het opnieuw."
    ),
    errors.IndexLockedError: lambda e: (
        f"Op de Chroma-server {e.path} schrijft al een ingest ({e.holder}). Wacht daarop. Is die ingest "
        "afgebroken, geef dan hetzelfde commando met --force."
    ),
    errors.IndexWriteError: lambda e: (
        f"De index in {e.path} kan niet worden geschreven ({e.reason}). Maak ruimte of kies een map met "
        "--index. De vorige index blijft werken."
    ),
    errors.ChromaServerError: lambda e: (
        f"De Chroma-server op {e.url} is niet te gebruiken ({e.reason}). Start de server, of verbeter "
        "WEGWIJZER_CHROMA_URL. De vorige index blijft staan."
    ),
    errors.EmbeddingModelError: lambda e: (
        f"Het embeddingmodel '{e.name}' kan niet worden geladen ({e.reason}). "
        "Zet WEGWIJZER_EMBEDDING_MODEL op een sentence-transformers-model, of laat de variabele leeg."
    ),
    errors.ModelMismatchError: lambda e: (
        f"De index is gemaakt met model '{e.built_with}', nu is '{e.asked_with}' ingesteld. "
        "Bouw de index opnieuw met: python -m ingest, of herstel WEGWIJZER_EMBEDDING_MODEL."
    ),
    errors.UnknownProviderError: lambda e: (
        f"WEGWIJZER_LLM={e.name} is niet bruikbaar. Schrijf aanbieder:model; bekende aanbieders: "
        f"{', '.join(e.known)}."
    ),
    errors.ProviderMissingError: lambda e: (
        f"Voor taalmodel '{e.name}' ontbreekt een pakket. Installeer het met: pip install '.[{e.extra}]'"
    ),
    errors.ModelKeyError: lambda e: (
        f"Taalmodel '{e.name}' heeft de variabele {e.variable} nodig. Zet die in de omgeving, "
        "of laat WEGWIJZER_LLM leeg."
    ),
    errors.ModelUnreachableError: lambda e: (
        f"Taalmodel '{e.name}' is niet bereikbaar op {e.address}. Start de server of verbeter "
        "WEGWIJZER_LLM_BASE_URL. Tot dan bestaan de antwoorden uit zinnen uit de tekst."
    ),
    errors.ExamMissingError: lambda e: (
        f"Taalmodel '{e.name}' schrijft nog niet mee: het heeft de proef niet gehaald. Laat het die "
        f"afleggen met: python -m evals exam --llm {e.name}. Tot dan bestaan de antwoorden uit zinnen uit "
        "de tekst."
    ),
    errors.LanguageModelError: lambda e: (
        f"Taalmodel '{e.name}' is niet bruikbaar ({e.reason}). Zie docs/language-models.md."
    ),
    errors.EmptyQuestionError: lambda _: "De vraag is leeg. Stel een vraag in een zin of een paar woorden.",
    errors.QuestionTooLongError: lambda e: (
        f"De vraag telt {e.chars} tekens; er worden er hoogstens {e.most} gelezen. "
        "Maak de vraag korter of verhoog WEGWIJZER_MAX_QUESTION_CHARS."
    ),
    errors.BatchFileError: lambda e: (
        f"{e.path} kan niet worden gelezen ({e.reason}). Geef een bestand met JSON-regels."
    ),
    errors.BatchLineError: lambda e: (
        f'{e.path}, regel {e.line}: {e.reason}. Verwacht {{"id", "question", "history"}}.'
    ),
}


def left_out(documents: Sequence[errors.DocumentError]) -> str:
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


def explain_to_operator(error: errors.WegwijzerError) -> str:
    """Return one line that names the file or setting and the remedy."""
    for kind in type(error).__mro__:
        if kind in _MESSAGES:
            return _MESSAGES[kind](error)
    return str(error)
