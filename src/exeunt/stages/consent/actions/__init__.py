"""Writing consent down, event by event; intakes that are under way; and erasing."""
