"""A bundle: one tar that ``age`` encrypts and opens, written and read as a stream."""
