"""Reading the company's data and publishing it as one immutable snapshot."""

from queries.refresh.files import SourceError
from queries.refresh.mapping import MappingError
from queries.refresh.run import RefreshRunning, check, refresh

__all__ = ["MappingError", "RefreshRunning", "SourceError", "check", "refresh"]
