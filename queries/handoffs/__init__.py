"""What became of the leads that marketing handed to sales, and what is decided here."""
