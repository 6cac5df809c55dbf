"""Taking accounts in, and keeping their texts."""
