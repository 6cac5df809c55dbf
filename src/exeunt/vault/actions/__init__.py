"""Writing the vault: every act in one transaction, written down in its own ledger."""
