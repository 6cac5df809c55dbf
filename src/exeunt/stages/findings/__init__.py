"""What the whole body of accounts says, and the reports that carry it."""
