"""The list of settings: each has its place, a default that is legal, and a purpose."""

from __future__ import annotations

import dataclasses

import pytest

from queries import settings
from queries.known_settings import SETTINGS, Setting

NAMES = [setting.name for setting in SETTINGS]


def test_each_setting_is_there_once_and_is_a_field_of_the_settings() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert sorted(NAMES) == sorted(field.name for field in dataclasses.fields(settings.Settings))


@pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)
def test_the_default_is_legal_and_the_purpose_is_said(setting: Setting) -> None:
    setting.read(setting.default)
    assert setting.purpose == setting.purpose.strip(" .") != ""
    assert setting.env == f"SMARKETING_{setting.section}_{setting.key}".upper()


def test_what_may_hold_a_password_is_a_secret() -> None:
    secret = {setting.name for setting in SETTINGS if setting.is_secret}
    assert secret == {"source_url", "records_url", "server_cookie_secret"}


def test_no_setting_is_taken_for_the_file_of_another() -> None:
    assert not any(name.endswith("_file") for name in NAMES)
