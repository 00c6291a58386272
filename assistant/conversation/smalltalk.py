"""A greeting, thanks, farewell or call for help gets a short friendly line."""

import re

from assistant import texts
from ingest.text.tokens import folded

_GREETING = (
    r"(hoi|hallo|hey|hee|hi|dag|goede ?(morgen|middag|navond|avond|dag)|goeie\w*|moin|yo)"
    r"( daar| allemaal| iedereen)?"
)
_THANKS = (
    r"(oke |ok |top |super |fijn )?(heel erg |erg |hartelijk )?"
    r"(dank(jewel|uwel| je( wel)?| u( wel)?)?|bedankt|merci|thanks|thx)( voor .{0,40}| alvast| hoor)?"
)
_FAREWELL = r"(oke |ok )?(doei|tot ziens|dag hoor|fijne dag( verder| nog)?|later|houdoe)"
_HELP = (
    r"help|hulp|info|uitleg|wie (ben je|ben jij|bent u)|hoe werkt (dit|deze chat)"
    r"|wat kan (je|jij|u|deze chat|dit)( allemaal)?( voor mij)?( doen)?"
    r"|wat kan ik (je |jou |u |hier )?vragen"
)
_LINES = (
    (re.compile(_GREETING), texts.GREETING),
    (re.compile(_THANKS), texts.THANKS),
    (re.compile(_FAREWELL), texts.FAREWELL),
    (re.compile(_HELP), texts.HELP),
)


def small_talk(question: str) -> str | None:
    """Return the line that answers small talk, or None when a question is asked."""
    plain = " ".join(re.findall(r"[a-z0-9']+", folded(question)))
    return next((line for pattern, line in _LINES if pattern.fullmatch(plain)), None)
