"""What the two sides have promised each other: versions, their terms, and who signed them."""
