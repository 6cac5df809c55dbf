"""What a custodian fills in."""
