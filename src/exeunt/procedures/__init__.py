"""The few acts that cross stages."""
