"""What is done with keys and bytes: sealed, wrapped, padded, never without its context."""
