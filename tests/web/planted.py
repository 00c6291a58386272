"""Markers in every setting and every provider's variable, so that a search shows where one comes out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from providers import PROVIDERS
from settings import Settings

# What a visitor is told: whom to ask and when, which sites may frame the chat, how long a question may be.
PUBLIC = frozenset({"feedback_contact", "contact_hours", "embed_origins", "max_question_chars"})

PRICE = {"llm_euro_per_million": 1.0}  # Without one no limit in euros can be set.


def planted(folder: Path) -> dict[str, str]:
    """Return a value for each setting there is, by its name, with a marker as far as its kind can hold one.

    Of the numbers only a long one can be found; files lie in the folder.
    """
    return {name: _planted(name, folder) for name in Settings.model_fields}


def provider_variables() -> dict[str, str]:
    """Return a marker for each variable of a provider that the project reads, by its name."""
    needed = (name for one in PROVIDERS.values() for name in (*one.variables, one.address_variable) if name)
    return {name: _marker(name) for name in needed}


def hidden_markers(values: Mapping[str, str]) -> set[str]:
    """Return what no visitor may see: the markers of these settings and of the providers' variables."""
    hidden = {name: value for name, value in values.items() if name not in PUBLIC}
    numbers = {value for value in hidden.values() if len(value.strip("0123456789.")) == 0 and len(value) > 4}
    return {_marker(name) for name in hidden} | numbers | set(provider_variables().values())


def secret_markers(values: Mapping[str, str]) -> set[str]:
    """Return what no log may hold: the markers of tokens, of addresses with a password, and of keys."""
    fields = Settings.model_fields
    secret = {name for name in values if "@" in values[name] or "SecretStr" in str(fields[name].annotation)}
    keys = {marked for name, marked in provider_variables().items() if name.endswith("_KEY")}
    return {_marker(name) for name in secret} | keys


def _marker(name: str) -> str:
    """Return what the value of a setting or variable is found by: `chroma_url` → `merk-chroma-url.eind`."""
    return f"merk-{name.lower().replace('_', '-')}.eind"


def _planted(name: str, folder: Path) -> str:
    for value in _candidates(name, folder):
        try:
            Settings.model_validate({**PRICE, name: value})
        except ValidationError:
            continue
        return value
    raise AssertionError(f"nothing fits WEGWIJZER_{name.upper()}: add a value of its kind")


def _candidates(name: str, folder: Path) -> Iterator[str]:
    """Yield values of every kind: a name, addresses, a site, a file that is there, numbers, yes."""
    mine, number = _marker(name), list(Settings.model_fields).index(name)
    yield mine
    yield f"http://naam-{mine}:geheim-{mine}@127.0.0.1:9/v1?sleutel={mine}"
    yield f"http://naam-{mine}:geheim-{mine}@127.0.0.1:9"
    yield f"https://{mine}"
    (folder / mine).write_text("Bel 113.", encoding="utf-8")
    yield str(folder / mine)
    (folder / mine).unlink()
    yield from (f"98765{number:02}", f"298.765{number:02}", "7919", "397", "61", "true")
