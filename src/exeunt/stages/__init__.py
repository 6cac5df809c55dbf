"""The stages through which a testimony moves, one way."""
