"""Reading what was agreed to, changing it, and the intake."""
