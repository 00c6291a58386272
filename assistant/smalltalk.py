"""A greeting, thanks, farewell or call for help gets a short friendly line."""

import re

from assistant import texts
from ingest.lexical import folded

_LINES = (
    (
        re.compile(
            r"(hoi|hallo|hey|hee|hi|dag|goede(morgen|middag|navond|dag)|goeie\w*|moin|yo)( daar| allemaal| iedereen)?"
        ),
        texts.GREETING,
    ),
    (
        re.compile(
            r"(oke |ok |top |super |fijn )?(heel erg |erg |hartelijk )?"
            r"(dank(jewel| je( wel)?| u( wel)?)?|bedankt|merci|thanks|thx|dankuwel)( voor .{0,40}| alvast| hoor)?"
        ),
        texts.THANKS,
    ),
    (
        re.compile(r"(oke |ok )?(doei|tot ziens|dag hoor|fijne dag( verder| nog)?|later|houdoe)"),
        texts.FAREWELL,
    ),
    (
        re.compile(
            r"(help|hulp|info|uitleg|wat kan (je|jij|u|deze chat|dit)( allemaal)?( voor mij)?( doen)?"
            r"|wie (ben je|ben jij|bent u)|hoe werkt (dit|deze chat)|wat kan ik (je |jou |u |hier )?vragen)"
        ),
        texts.HELP,
    ),
)


def small_talk(question: str) -> str | None:
    """Return the line that answers small talk, or None when a question is asked."""
    plain = " ".join(re.findall(r"[a-z0-9']+", folded(question)))
    return next((line for pattern, line in _LINES if pattern.fullmatch(plain)), None)
