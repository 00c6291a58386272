"""A visitor who writes to be in acute distress gets the line of the operator."""

import re

from ingest.text.tokens import folded

_DISTRESS = re.compile(
    r"\b(ik|k) (wil|wou|zou) (\w+ ){0,3}(dood( zijn)?|sterven|niet (meer|langer) leven|er niet meer zijn)\b"
    r"|\b(ik|k) (\w+ ){0,3}(pleeg|overweeg|denk aan|ga) (\w+ ){0,3}(zelfmoord|zelfdoding|suicide)\b"
    r"|\b(ik|k) (\w+ ){0,4}(zelfmoord|zelfdoding|suicide) (\w+ )?(plegen|doen)\b"
    r"|\b(ik|k) (maak|ga|wil) (\w+ ){0,4}een (eind|einde) (\w+ )?(aan|maken)\b"
    r"|\b(een )?(eind|einde) aan mijn leven\b"
    r"|\b(mezelf|mijzelf|me zelf|mij zelf) (\w+ ){0,2}(iets aan ?doen|van kant|pijn doen|doden)\b"
    r"|\b(ik|k) (zie|heb) (\w+ ){0,2}(het leven )?(niet meer zitten|geen uitweg meer|geen reden meer)\b"
    r"|\b(ik|k) (wil|kan) niet (meer|langer) (leven|verder leven)\b|\b(ik|k) ben suicidaal\b"
    r"|\bi want to (die|kill myself)\b|\bkill myself\b"
)


def in_distress(text: str) -> bool:
    """Return whether someone writes not to want to live on: `Ik wil niet meer leven` → True."""
    return bool(_DISTRESS.search(" ".join(re.findall(r"[a-z]+", folded(text)))))
