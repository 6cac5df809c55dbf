"""Registering narrators, their spells and their exits, from a table or by hand."""
