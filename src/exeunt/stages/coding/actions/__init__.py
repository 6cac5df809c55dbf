"""Writing codebooks and judgements."""
