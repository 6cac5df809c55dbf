"""The words that are read out to narrators, and consent as others' programs read it."""
