"""A greeting, thanks, farewell or call for help gets a short friendly line."""

import re

from assistant import texts
from ingest.text.tokens import folded
from ingest.types import About

_GREETING = (
    r"(hoi|hallo|hey|hee|hi|dag|goede ?(morgen|middag|navond|avond|dag)|goeie\w*|moin|yo)"
    r"( daar| allemaal| iedereen)?"
)
_THANKS = (
    r"(oke |ok |top |super |fijn )?(heel erg |erg |hartelijk )?"
    r"(dank(jewel|uwel| je( wel)?| u( wel)?)?|bedankt|merci|thanks|thx)( voor .{0,40}| alvast| hoor)?"
)
_FAREWELL = (
    r"(oke |ok )?(doei|tot ziens|dag hoor|fijne dag( verder| nog)?|later|houdoe"
    r"|(dat|dit|da) (was|is) ((het|'?t|'?m|hem|alles|genoeg)( weer)?)( voor (vandaag|nu))?)"
)
_AGREES = re.compile(
    r"(oke|ok|top|super|fijn|mooi|prima|duidelijk|helder|goed|ja|nee|nou)( (top|hoor|dan|zo|super|joh))*"
)
_HELP = (
    r"help|hulp|info|uitleg|wie (ben je|ben jij|bent u)|hoe werkt (dit|deze chat)"
    r"|wat kan (je|jij|u|deze chat|dit)( allemaal)?( voor mij)?( doen)?"
    r"|wat kan ik (je |jou |u |hier )?vragen"
)
_ITSELF = (
    r"(ben|bent) (je|jij|u) (wel |nou |eigenlijk |soms |nu )*(een )?(echte? )?"
    r"(mens|persoon|iemand|robot|computer|machine|bot|chatbot|ai|computerprogramma)( of .{1,40})?"
    r"|(praat|spreek|chat|zit) ik (nu |hier |wel )*(te praten )?(met|tegen) een (echte? )?"
    r"(mens|persoon|robot|computer|machine|bot|chatbot|ai|computerprogramma)( of .{1,40})?"
)
# What was said, the line that answers it, and the line where advice is given too.
_LINES = (
    (re.compile(_GREETING), texts.GREETING, texts.GREETING_ADVICE),
    (re.compile(_THANKS), texts.THANKS, texts.THANKS),
    (re.compile(_FAREWELL), texts.FAREWELL, texts.FAREWELL),
    (re.compile(_HELP), texts.HELP, texts.HELP_ADVICE),
)


def small_talk(question: str, about: About, *, advises: bool) -> str | None:
    """Return the line that answers small talk, or None when a question is asked."""
    plain = _plain(question)
    if re.fullmatch(_ITSELF, plain):
        return about_itself(about, advises=advises)
    phrases = [phrase for part in re.split(r"[,.;!?]", question) if (phrase := _plain(part))]
    said = [_line(phrase, advises=advises) for phrase in phrases if not _AGREES.fullmatch(phrase)]
    line = _line(plain, advises=advises) or (said[-1] if said and all(said) else None)
    return texts.told(line, about) if line else None


def _line(phrase: str, *, advises: bool) -> str | None:
    found = (advising if advises else line for pattern, line, advising in _LINES if pattern.fullmatch(phrase))
    return next(found, None)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", folded(text)))


def about_itself(about: About, *, advises: bool) -> str:
    """Return what the assistant says of itself."""
    return f"{texts.ASSISTANT} {texts.told(texts.HELP_ADVICE if advises else texts.HELP, about)}"
