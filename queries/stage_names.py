"""The names that stages have in the source, and which stage of ours each is.

Read only: the names stand in the mapping's stage_map.csv, which the operator keeps.
"""

from __future__ import annotations

from queries import definitions
from queries.refresh import mapping
from queries.settings import ROOT, Settings

_BESIDE_THE_WAY = {
    "recycled": "Recycled",
    "rejected": "Rejected",
    "disqualified": "Disqualified",
    "lost": "Closed-lost",
}


def known(configured: Settings) -> tuple[tuple[str, str], ...] | None:
    """(name in the source, in small letters; our stage in words), in the order of the file.

    None where the mapping cannot be read any more; the refresh says why.
    """
    try:
        found = mapping.load(configured.source_mapping, ROOT)
    except mapping.MappingError:
        return None
    return tuple((name, label(stage)) for name, stage in found.stages.items())


def label(stage: str) -> str:
    """A stage of ours, or a way out beside it, in words."""
    return (definitions.STAGE_LABELS | _BESIDE_THE_WAY)[stage]
