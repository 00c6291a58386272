"""Open the language model that WEGWIJZER_LLM names, through LangChain; nothing of it loads without that."""

import math
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from errors import (
    LanguageModelError,
    ModelKeyError,
    ModelUnreachableError,
    ProviderMissingError,
    UnknownProviderError,
)
from settings import Settings, is_set, value_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT_S = 2.0
NO_KEY = "none"  # A server of one's own mostly asks for no key, but the client wants one.
_MAY_HOLD_A_KEY = re.compile(r"(?<=//)[^/@]*@|\?.*")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: its name in LangChain, its package, the extra that installs it, and what it needs.

    Its server is at `address`, or where `address_variable` says; WEGWIJZER_LLM_BASE_URL goes before both.
    """

    langchain_name: str
    package: str
    extra: str
    variables: tuple[str, ...] = ()
    address: str = ""
    address_variable: str = ""
    address_option: str = "base_url"


PROVIDERS: Mapping[str, Provider] = {
    "ollama": Provider(
        "ollama",
        "langchain_ollama",
        "ollama",
        address="http://127.0.0.1:11434",
        address_variable="OLLAMA_HOST",
    ),
    "openai": Provider("openai", "langchain_openai", "openai", ("OPENAI_API_KEY",)),
    "mistral": Provider("mistralai", "langchain_mistralai", "mistral", ("MISTRAL_API_KEY",)),
    "anthropic": Provider("anthropic", "langchain_anthropic", "anthropic", ("ANTHROPIC_API_KEY",)),
    "azure": Provider(
        "azure_openai",
        "langchain_openai",
        "azure",
        ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION"),
        address_variable="AZURE_OPENAI_ENDPOINT",
        address_option="azure_endpoint",
    ),
}


def open_model(name: str, settings: Settings) -> "BaseChatModel":
    """Return the chat model `provider:model`.

    Raise UnknownProviderError, ProviderMissingError, ModelKeyError or LanguageModelError.
    """
    provider, model = named(name)
    if find_spec("langchain") is None or find_spec(provider.package) is None:
        raise ProviderMissingError(name, provider.extra)
    own_server = provider.langchain_name == "openai" and settings.llm_base_url is not None
    for variable in () if own_server else provider.variables:
        if not is_set(variable) and not (settings.llm_base_url and variable == provider.address_variable):
            raise ModelKeyError(name, variable)
    from langchain.chat_models import init_chat_model

    options = _options(provider, settings)
    if own_server and not is_set("OPENAI_API_KEY"):
        options["api_key"] = NO_KEY
    try:
        opened: BaseChatModel = init_chat_model(model, model_provider=provider.langchain_name, **options)
    except (ImportError, ValueError, TypeError) as error:
        # The message of a provider may hold a key, so its kind alone is told.
        raise LanguageModelError(name, type(error).__name__) from None
    return opened


def unreachable(name: str, settings: Settings) -> ModelUnreachableError | None:
    """Return the error that says that nothing listens at the model's address, or None."""
    address = _address(name, settings)
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.hostname:
            socket.create_connection((parts.hostname, port), timeout=CONNECT_S).close()
    except (OSError, ValueError):
        return ModelUnreachableError(name, address_of(name, settings))
    return None


def address_of(name: str, settings: Settings) -> str:
    """Return where a model is asked, without what may be a key; empty is the provider's own address."""
    return _MAY_HOLD_A_KEY.sub("", _address(name, settings))


def named(name: str) -> tuple[Provider, str]:
    """Return the provider, by our name or LangChain's own, and the model; raise UnknownProviderError."""
    given, _, model = name.partition(":")
    known = {**{provider.langchain_name: provider for provider in PROVIDERS.values()}, **PROVIDERS}
    if given not in known or not model:
        raise UnknownProviderError(name, PROVIDERS)
    return known[given], model


def _address(name: str, settings: Settings) -> str:
    provider = named(name)[0]
    return settings.llm_base_url or value_of(provider.address_variable) or provider.address


def _options(provider: Provider, settings: Settings) -> dict[str, Any]:
    """Return what the model is opened with; retries are ours, as they must end within the time-out."""
    options: dict[str, Any] = {"temperature": 0}
    if provider.langchain_name == "ollama":
        options |= {
            "num_predict": settings.llm_max_tokens,
            "client_kwargs": {"timeout": settings.llm_timeout_s},
        }
    else:
        options |= {
            "max_tokens": settings.llm_max_tokens,
            "timeout": math.ceil(settings.llm_timeout_s),  # Mistral's package takes whole seconds alone.
            "max_retries": 0,
        }
    if settings.llm_base_url:
        options[provider.address_option] = settings.llm_base_url
    return options
