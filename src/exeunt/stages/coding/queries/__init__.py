"""Reading codebooks and judgements, always on behalf of somebody."""
