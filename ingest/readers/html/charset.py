"""Bytes → text, as browsers read them: what a page says of its encoding is often wrong."""

import codecs
import re

MOST_BYTES = 4_096  # In which a page names its encoding.
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NAMED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# What the WHATWG Encoding Standard reads for these names.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_WESTERN = "cp1252"
_OF_NO_PAGE = frozenset("idna punycode undefined utf-7 raw-unicode-escape unicode-escape".split())
_ZEROS = 0.3  # Of the first bytes, at every second place: UTF-16 without its mark.


def decoded(content: bytes) -> str:
    """Return the text of a page: by its mark, as UTF-8 where that fits, else by the encoding it names."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if wide := _wide(content[:MOST_BYTES]):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_named(content[:MOST_BYTES]), "replace")


def _named(head: bytes) -> str:
    """Return the encoding that a page names, or the Western one where nobody knows that name."""
    found = _NAMED.search(head)
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name if found else _WESTERN
        "".encode(name)
    except (LookupError, UnicodeError):
        return _WESTERN
    return _WESTERN if name in _OF_NO_PAGE else _READ_AS.get(name, name)


def _wide(head: bytes) -> str | None:
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 4 and zeros.count(0) > _ZEROS * len(zeros) and zeros.count(0) < len(head):
            other = head[::2] if encoding == "utf-16-le" else head[1::2]
            if other.count(0) < _ZEROS * len(other):
                return encoding
    return None
