"""Finding again what was said, by words and by what was judged of it."""
