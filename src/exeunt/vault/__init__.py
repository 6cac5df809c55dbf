"""Who people are, sealed: a wing with its own database, its own ledger and one door."""
