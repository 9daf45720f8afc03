"""Which part of the Agreement page is shown, which version of it, and beside which other one."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import streamlit as st

from components import inert
from queries import people
from queries.agreements import answers, content

SECTIONS = {
    "agreement": "Agreement",
    "targets": "Targets",
    "definitions": "Definitions",
    "reasons": "Reasons",
    "personas": "Personas",
    "stages": "Stages",
}
_FIRST = "agreement"
_SHOW, _VERSION, _BESIDE = "show", "version", "beside"
_KEYS = {name: f"agreement_choice.{name}" for name in (_SHOW, _VERSION, _BESIDE)}


def reader(user: people.User, *, is_present: bool) -> people.User:
    """Who reads: before a projector everybody only looks, as its own role does."""
    return replace(user, role="viewer", scope=people.FIGURES) if is_present else user


def asked() -> str:
    """The part to show, by the address."""
    wanted = st.query_params.get(_SHOW, _FIRST)
    return wanted if wanted in SECTIONS else _FIRST


def choose(section: str, *, is_present: bool) -> None:
    """Draws the choice, which stands at `section`. On a projector it is the address's alone."""
    if is_present:
        return
    st.session_state[_KEYS[_SHOW]] = section
    st.segmented_control(
        "Part of the page",
        list(SECTIONS),
        key=_KEYS[_SHOW],
        required=True,
        format_func=SECTIONS.__getitem__,
        on_change=_remember,
        args=(_SHOW, _FIRST),
        label_visibility="collapsed",
    )


def version(shown: answers.Answers) -> content.Version:
    """The version to show: that of the address, else the one in force."""
    return _of_address(shown, _VERSION) or shown.versions[_place(shown, shown.in_force)]


def choose_version(shown: answers.Answers, chosen: content.Version, zone: str) -> None:
    """Draws the choice of the version, the newest first; says so if the address names none."""
    wanted = st.query_params.get(_VERSION)
    if wanted is not None and _of_address(shown, _VERSION) is None:
        st.warning(f"There is no version “{inert.markdown(wanted)}”: this is the one in force.")
    _choose(shown, _VERSION, "Version", chosen.number, zone)


def beside(shown: answers.Answers, chosen: content.Version) -> content.Version | None:
    """What a version is compared with: the version of the address; else of a draft the one in
    force, of others the one that they took the place of. None of the first one."""
    usual = shown.in_force if chosen.status == "draft" else chosen.supersedes
    other = _of_address(shown, _BESIDE) or shown.version(usual)
    return None if other is None or other.number == chosen.number else other


def choose_beside(
    shown: answers.Answers, chosen: content.Version, other: content.Version | None, zone: str
) -> None:
    """Draws the choice of the version to compare with."""
    number = None if other is None else other.number
    _choose(shown, _BESIDE, "Compared with", number, zone, but=chosen.number)


def open_version(number: int) -> NoReturn:
    """Begins the page anew with a version."""
    go_to(number)
    st.rerun()


def go_to(number: int) -> None:
    """Puts a version into the address."""
    st.query_params[_VERSION] = str(number)
    st.query_params.pop(_BESIDE, None)


def _of_address(shown: answers.Answers, name: str) -> content.Version | None:
    wanted = st.query_params.get(name, "")
    return shown.version(int(wanted)) if wanted.isascii() and wanted.isdecimal() else None


def _place(shown: answers.Answers, number: int) -> int:
    return [each.number for each in shown.versions].index(number)


def _choose(
    shown: answers.Answers, name: str, label: str, number: int | None, zone: str, but: int = 0
) -> None:
    said = {
        each.number: f"{each.number} · {inert.plain(each.title)} · {shown.said(each, zone)}"
        for each in reversed(shown.versions)
        if each.number != but
    }
    if len(said) + (1 if but else 0) < 2:
        return
    st.session_state[_KEYS[name]] = number
    st.selectbox(
        label,
        list(said),
        key=_KEYS[name],
        index=None if number is None else 0,
        format_func=said.__getitem__,
        placeholder="Choose a version",
        on_change=_remember,
        args=(name, None),
    )


def _remember(name: str, otherwise: str | None) -> None:
    chosen = st.session_state[_KEYS[name]] or otherwise
    if chosen is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(chosen)
    if name == _VERSION:
        st.query_params.pop(_BESIDE, None)
