"""The demo company: an invented sales and marketing year or two, the same for the same seed.

`build` writes one Parquet file per canonical relation; `is_current` says whether a folder holds
exactly the demo that was asked for. Every person, company and address is invented; addresses
end in .example, which no one can own.
"""

from queries.demo.folder import ForeignFolderError, build, is_current

__all__ = ["ForeignFolderError", "build", "is_current"]
