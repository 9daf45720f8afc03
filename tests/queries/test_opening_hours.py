"""Hours as people write them, and the sentence where they say none."""

from __future__ import annotations

import pytest

from queries import opening_hours


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("  ", ()),
        ("09:00-18:00", ((540, 1080),)),
        ("9-18", ((540, 1080),)),
        ("9:15 \u2013 18", ((555, 1080),)),
        ("13:30-18:00, 09:00-12:30", ((540, 750), (810, 1080))),
        ("0-24", ((0, 1440),)),
        ("9-12,12-18", ((540, 720), (720, 1080))),
        ("23:59-24:00", ((1439, 1440),)),
    ],
)
def test_hours_are_read(text: str, spans) -> None:
    assert opening_hours.parse(text) == spans


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9 to 5", "“9 to 5” says no hours: write them like 09:00-12:30"),
        ("09:00-12:30;13-18", "says no hours"),
        ("9-12,", "“” says no hours"),
        ("9-18:5", "says no hours"),
        ("18-9", "“18-9” ends before it begins"),
        ("9-9", "ends before it begins"),
        ("9-24:01", "“24:01” is no time of a day"),
        ("9:60-12", "“9:60” is no time of a day"),
        ("9-13, 12:59-18", "09:00-13:00 and 12:59-18:00 overlap"),
        ("٩-18:0x", "says no hours"),
    ],
)
def test_what_says_no_hours_is_told(text: str, sentence: str) -> None:
    with pytest.raises(opening_hours.NotHours, match=f".*{sentence}"):
        opening_hours.parse(text)


def test_hours_are_said_as_they_can_be_written() -> None:
    assert opening_hours.said(((540, 750), (810, 1440))) == "09:00-12:30, 13:30-24:00"
    assert opening_hours.said(()) == ""
