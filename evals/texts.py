"""Dutch that answers are read for, and that a played visitor types."""

import re
from collections.abc import Mapping

from ingest.types import Verdict

WHICH_FITS = "Welke vorm past bij ons?"
# How an answer opens when it says yes, no, or that it depends.
VERDICTS: Mapping[Verdict, re.Pattern[str]] = {
    "ja": re.compile(r"ja\b", re.IGNORECASE),
    "nee": re.compile(r"nee\b", re.IGNORECASE),
    "hangt": re.compile(r"(dat|het) hangt\b", re.IGNORECASE),
}
BARE_VERDICT = re.compile(
    r"(ja|nee|(dat|het) hangt (ervan|er van|er vanaf|daarvan|ervan) af)[.!,:]*", re.IGNORECASE
)
