"""The scorecards: what each side promised, and how far it was kept in a period."""
