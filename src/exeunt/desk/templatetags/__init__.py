"""Tags that every template of the house may use."""
