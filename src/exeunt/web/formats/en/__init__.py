"""Dates on pages."""
