"""Pages of accounts, of their narrators and of their import."""
