"""Pages of the vault itself, of its custodians, of narrators, and of texts."""
