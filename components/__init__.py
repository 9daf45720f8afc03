"""Everything that draws; knows no SQL."""
