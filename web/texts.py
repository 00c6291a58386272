"""Every Dutch text of the page: what it is, what is being done, and the names of its controls."""

from collections.abc import Mapping
from datetime import date

from assistant.texts import APP_NAME, MODE_EXTRACTIVE, told
from errors import WegwijzerError
from ingest.types import About

TITLE = APP_NAME  # Where the documents have no name, or it is not known yet.
LEAD_ADVICE = "Vertel wat er bij jullie speelt, en lees {choice} past en waarom."
LEAD_PLAIN = "Stel een vraag over {subject}. Bij elk antwoord zie je in welke tekst het staat."
CAN_ANSWER = "Je kunt ook vragen wat een type inhoudt, hoe je begint of hoe typen van elkaar verschillen."
DISCLOSURE_SHORT = "Je praat met een computerprogramma. Het kan zich vergissen."
DISCLOSURE = "Je praat met een computerprogramma, niet met een mens. Het kan zich vergissen: lees de bron na."
DISCLOSURE_OWNER = (
    "Je praat met een computerprogramma van {owner}, niet met een mens. "
    "Het kan zich vergissen: lees de bron na."
)
MODE_WORD_FOR_WORD = "De antwoorden bestaan uit zinnen die letterlijk uit de tekst komen."
MODE_MODEL = "De antwoorden zijn opgesteld door taalmodel {model}, op basis van passages uit de tekst."
NOT_IN_TAB = "Deze browser bewaart hier niets: als je de pagina opnieuw laadt, is je gesprek weg."
TAB_KEPT = "Je gesprek blijft in dit tabblad van je browser staan tot je het sluit of opnieuw begint."
OWN_TEXT = (
    "De tekst is door ons geschreven over het onderwerp van de Movisie-brochure; "
    "het is niet de brochure zelf."
)
OWNERS_TEXT = "De tekst komt uit documenten van {owner}."
OTHER_TEXT = "De tekst komt uit de documenten die de beheerder heeft ingelezen."
PRINTED_PAGE = "{label} (in het bestand {page})"
PRIVACY = "Je vragen gaan nergens anders heen dan naar deze server."
PRIVACY_MODEL = "Je vragen gaan ook naar dat taalmodel."
NOT_KEPT = "Ze worden op deze server niet bewaard."
THUMB_KEPT = "Geef je een oordeel over een antwoord, dan bewaart deze server dat, zonder je vraag."
QUESTION_KEPT = "Geef je een oordeel over een antwoord, dan bewaart deze server dat, samen met je vraag."
CONTACT = "Vragen of opmerkingen? {contact}"
HANDOVER = "Liever overleggen met een medewerker? {contact}"
CONTACT_AND_HOURS = "{contact} ({hours})"
NOTE_WORDS = ("Noot:", "Let op:", "NB:")  # Lines that begin so are notes beside the text.
MORE_SOURCES = "{named} en {more} andere"
ASKED_BACK = "Er is een vraag aan jullie: {question}"

NO_SCRIPT = "Deze chat heeft JavaScript nodig. Zet JavaScript aan, of ga naar de pagina zonder JavaScript."
CHAT_COMES = "De chat wordt geladen."
PLAIN_PAGE = "Naar een eenvoudige pagina om je vraag te stellen"
ASK_HERE = "Niet wachten? Stel je vraag alvast hier."
INPUT = "Typ je vraag of situatie"
SEND = "Stel de vraag"
ASK_ON = "Vraag verder"
OWN = "Stel je vraag"
FAILED_TITLE = "Geen antwoord – {name}"
ADDRESS_LINE = "Op deze pagina staat je vraag in het adres. Je browser bewaart dat in je geschiedenis."
DEMO_TITLE = "De wegwijzer op je eigen website"
DEMO_LEAD = (
    "Rechtsonder op deze pagina staat de knop zoals bezoekers hem zien. De chat wordt pas geladen als iemand "
    "erop klikt. De knop plaatst geen cookies."
)
DEMO_BUTTON = "Een knop op elke pagina"
DEMO_INLINE = "De chat op een vaste plek"
DEMO_LIST = (
    "Je website werkt pas als haar adres in de instelling WEGWIJZER_EMBED_ORIGINS van deze server staat."
)
DEMO_PLAIN = "Liever zonder JavaScript? Stel je vraag op een gewone pagina."
DEMO_OPEN = "Vraag het de wegwijzer"
COMPARE = "Vergelijk de {types} typen"
COMPARISON = "De {types} typen naast elkaar"
HIDE_COMPARISON = "Verberg de vergelijking"
COUNTS = {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien"}
STOP = "Stoppen"
STOPPED = "Gestopt. Stel je vraag opnieuw als je het antwoord toch wilt zien."
START_OVER = "Opnieuw beginnen"
PRINT = "Afdrukken"
BACK_TO_GUIDE = "Terug naar de keuzehulp"
HOW_TO_PRINT = "Afdrukken doe je met Ctrl+P, op een telefoon met ‘Delen’."
WORD = "Opslaan voor Word"
WORD_NAME = "gesprek-wegwijzer.docx"
PAGE = "Opslaan als pagina"
PAGE_NAME = "gesprek-wegwijzer.html"
SAVED_ON = "Gesprek van {date}, {address}"
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

WARM_UP = "Wat is het doel, en hoe begin je?"  # Asked once at the start, shown to nobody.
STARTING = "De wegwijzer start op."
INDEXING = "De wegwijzer leest de teksten in. Dat gebeurt alleen de eerste keer en duurt een paar minuten."
LOADING = "De wegwijzer laadt het zoekmodel. Dat duurt ongeveer tien seconden."
WAITING = "Deze pagina gaat vanzelf verder."
SEEKING = "Ik zoek de passages die je vraag beantwoorden."
QUEUED = "Er zijn meer mensen met een vraag. Je bent zo aan de beurt."

DRAFTING = "Het taalmodel schrijft de eerste zin …"
CHECKING = "Het taalmodel controleert of de eerste zinnen in de tekst te vinden zijn …"
WRITING = "Het taalmodel schrijft; elke zin wordt eerst met de tekst vergeleken."
STAGES = {"seeking": SEEKING, "drafting": DRAFTING, "checking": CHECKING}  # Before a sentence is shown.

TOO_MANY = "Er komen te veel vragen tegelijk vanaf jouw adres. Wacht een minuut en probeer het opnieuw."
TOO_MANY_REQUESTS = "Er komt te veel verkeer vanaf jouw adres. Wacht even en laad de pagina opnieuw."
BUSY = "Er stellen nu te veel mensen een vraag. Wacht even en stel je vraag opnieuw."
NOT_LISTED = "Deze website mag de wegwijzer niet gebruiken. De beheerder kan haar toevoegen."
NOT_FOUND = "Deze pagina bestaat niet."
NOT_ALLOWED = "Dat kan niet op dit adres."
OTHER_HOST = "De wegwijzer is niet te bereiken onder dit adres."
TO_START = "Naar de wegwijzer"
JSON_WANTED = "Stuur de vraag als JSON, met Content-Type: application/json."
BODY_UNREADABLE = 'Deze vraag is niet te lezen. Stuur {"question": "…", "history": ["…"]}.'
BODY_TOO_LONG = "De vraag is te lang, samen met de eerdere vragen. Stuur minder tekst."

START_FAILED = "De wegwijzer kan niet starten. De beheerder vindt de reden in het logboek."

# The names of what the component shows; the keys are those of component/*.js.
WORDS: Mapping[str, str] = {
    "privacy": "Meer hierover",
    "you": "Jouw vraag",
    "turn": "Vraag {number}: {question}",
    "answer": "Antwoord",
    "advice": "Advies",
    "asks_first": "Eerst een vraag",
    "why": "Waarom",
    "second": "Tweede mogelijkheid",
    "change": "Is jullie situatie anders?",
    "others": "Alle typen op een rij",
    "sources": "Bronnen bij dit antwoord",
    "source": "Bron",
    "open_source": "Bron {n}: {title}",
    "quoted": "Het citaat is gemarkeerd.",
    "back": "Terug naar het antwoord",
    "back_short": "Terug",
    "more": "meer",
    "background": "Waar deze passage op steunt",
    "page": "Bladzijde {page}",
    "open_document": "Open het document",
    "sure": "{share} kans dat dit past – {sure}",
    "percent": "{share}",
    "chance": "kans dat dit type past",
    "more_reasons": "Meer redenen",
    "more_reasons_and_types": "Meer redenen en vergelijking",
    "compare_types": "Alle typen vergelijken",
    "keep": "Bewaren of opnieuw",
    "our_note": "Noot bij de tekst",
    "whole": "Lees de hele passage",
    "compare_two": "Leg deze twee typen naast elkaar",
    "two_types": "Twee typen naast elkaar",
    "compare_with": "Vergelijk met {label}",
    "tell_more": "Vertel wat er anders is",
    "first_type": "Eerste type",
    "second_type": "Tweede type",
    "too_long": "Deze tekst is te lang: {length} van hoogstens {most} tekens. Vat hem samen.",
    "printed": "Afgedrukt op {date} van {address}",
    "announce_cleared": "Het gesprek is gewist.",
    "not_in_tab": NOT_IN_TAB,
    "choose": "Kies wat het meest op jullie lijkt:",
    "chosen": "Jouw keuze",
    "try": "Probeer bijvoorbeeld:",
    "suggestions": "Begin bijvoorbeeld hiermee",
    "close": "Sluit",
    "hide_comparison": HIDE_COMPARISON,
    "not_told": "Staat niet in de tekst.",
    "announce_comparison": "De vergelijking staat onder de knop.",
    "thumbs": "Wat vind je van dit antwoord?",
    "thumb_up": "Nuttig",
    "thumb_down": "Niet nuttig",
    "why_thumb": "Wil je zeggen waarom? Noem geen namen van mensen.",
    "send_reason": "Toelichting versturen",
    "thanks": "Bedankt voor je oordeel.",
    "thumb_failed": "Je oordeel is niet bewaard. Probeer het later nog eens.",
    "thanks_reason": "Bedankt voor je toelichting.",
    "copy": "Kopieer",
    "copied": "Gekopieerd",
    "copy_failed": "Kopiëren lukt niet in deze browser",
    "not_reached": "De wegwijzer is niet bereikt. Je vraag wordt gesteld zodra de chat er is.",
    "announce_start": "Ik zoek een antwoord.",
    "announce_done": "Het antwoord staat klaar. {said}",
}


def lead(about: About, *, advises: bool) -> str:
    """Return what can be done here."""
    return told(LEAD_ADVICE if advises else LEAD_PLAIN, about)


def disclosure(about: About) -> str:
    """Return that no person answers, and whose program does."""
    return DISCLOSURE_OWNER.format(owner=about.owner) if about.owner else DISCLOSURE


def author(about: About) -> str:
    """Return whose file it is that the visitor keeps: the owner's of the documents, or theirs."""
    return about.owner or about.name


def text_origin(about: About, *, own_text: bool) -> str:
    """Return where the text comes from."""
    if own_text:
        return OWN_TEXT
    return OWNERS_TEXT.format(owner=about.owner) if about.owner else OTHER_TEXT


def compare_label(types: int, *, shown: bool) -> str:
    """Return the label of the button that shows or hides the comparison of this many types."""
    return HIDE_COMPARISON if shown else COMPARE.format(types=COUNTS.get(types, str(types)))


def comparison_title(types: int) -> str:
    """Return what is above the comparison of this many types."""
    return COMPARISON.format(types=COUNTS.get(types, str(types)))


def explain_start(error: WegwijzerError) -> str:
    """Return what the page shows when this error keeps the assistant from starting."""
    return error.said_to("start", "visitor") or START_FAILED


def mode_line(mode: str) -> str:
    """Return who wrote the answers."""
    if mode == MODE_EXTRACTIVE:
        return MODE_WORD_FOR_WORD
    return MODE_MODEL.format(model=mode.removeprefix("llm:"))


def privacy_line(mode: str, *, thumbs: bool = False, with_question: bool = False) -> str:
    """Return where questions go, and what is kept."""
    goes = PRIVACY if mode == MODE_EXTRACTIVE else PRIVACY_MODEL
    if not thumbs:
        return f"{goes} {NOT_KEPT}"
    return f"{goes} {QUESTION_KEPT}" if with_question else f"{goes} {NOT_KEPT} {THUMB_KEPT}"


def contact_line(contact: str | None, hours: str | None) -> str:
    """Return where a person can be reached, or nothing when nobody is named."""
    if not contact:
        return ""
    named = CONTACT_AND_HOURS.format(contact=contact, hours=hours) if hours else contact
    return HANDOVER.format(contact=named)


def on_date(day: date) -> str:
    """Return a date in words: '26 november 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
