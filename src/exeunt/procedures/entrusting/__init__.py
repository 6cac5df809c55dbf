"""From what somebody entrusted to a masked working text: registered, sealed, read, masked."""
