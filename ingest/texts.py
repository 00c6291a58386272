"""Every Dutch sentence that an operator reads at the command line."""

from collections.abc import Callable, Mapping
from typing import Any

import errors

READING = "Inlezen: {paths}"
LOADING = "Taalmodel laden …"
PROGRESS = "Indexeren"
UNCHANGED = "Niets te doen: de index bevat deze documenten al ({size})."
INDEXED = "Klaar: {size}. {embedded} teksten nieuw berekend, {reused} hergebruikt."
SIZE = "{sections} secties, {chunks} tekstdelen, {variants} voorbeeldvragen"
INTERRUPTED = "Afgebroken. De vorige index blijft werken."

_MESSAGES: Mapping[type[errors.WegwijzerError], Callable[[Any], str]] = {
    errors.InvalidSettingError: lambda e: (
        f"{e.name}={e.value} is niet bruikbaar ({e.reason}). Zie .env.example."
    ),
    errors.EmptyDocumentError: lambda e: f"{e.path}: het bestand bevat geen tekst. Vul het of haal het weg.",
    errors.EncodingError: lambda e: f"{e.path}: het bestand is geen UTF-8. Sla het op als UTF-8.",
    errors.FrontMatterError: lambda e: f"{e.path}: de kop van het bestand klopt niet ({e.reason}).",
    errors.UnknownPracticeError: lambda e: (
        f"{e.path}: onbekende practice '{e.practice}'. Kies uit: {', '.join(e.known)}."
    ),
    errors.UnsupportedFormatError: lambda e: (
        f"{e.path}: dit soort bestand kan nog niet worden gelezen. Wel leesbaar: {', '.join(e.known)}."
    ),
    errors.DocumentError: lambda e: f"{e.path}: het bestand kan niet worden gelezen ({e.reason}).",
    errors.NoDocumentsError: lambda e: (
        f"Geen documenten gevonden in {', '.join(map(str, e.paths))}. Leesbaar: {', '.join(e.known)}."
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
    errors.IndexWriteError: lambda e: (
        f"De index in {e.path} kan niet worden geschreven ({e.reason}). Maak ruimte of kies een map met "
        "--index. De vorige index blijft werken."
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


def explain_to_operator(error: errors.WegwijzerError) -> str:
    """Return one line that names the file or setting and the remedy."""
    for kind in type(error).__mro__:
        if kind in _MESSAGES:
            return _MESSAGES[kind](error)
    return str(error)
