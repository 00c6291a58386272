"""The list of other sites is read as browsers write their origin, and a wrong entry is named."""

import pytest

from errors import InvalidSettingError
from settings import load_settings
from web.http.origins import listed_origins


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        ("https://www.gemeente.nl", ("https://www.gemeente.nl",)),
        (" HTTPS://A.nl:443/, http://b.nl:8080 ,", ("https://a.nl", "http://b.nl:8080")),
        ("http://[::1]:8000", ("http://[::1]:8000",)),
    ],
)
def test_origins_are_read_as_browsers_write_them(
    written: str, read: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEGWIJZER_EMBED_ORIGINS", written)
    load_settings.cache_clear()
    assert listed_origins() == read


@pytest.mark.parametrize(
    "wrong", ["*", "a.nl", "https://a.nl/pad", "https://a.nl; script-src *", "ftp://a.nl"]
)
def test_what_is_no_origin_is_named_and_lets_nobody_in(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_EMBED_ORIGINS", wrong)
    load_settings.cache_clear()
    with pytest.raises(InvalidSettingError, match="WEGWIJZER_EMBED_ORIGINS"):
        load_settings()
    assert listed_origins() == ()
