"""Whole coded projects, and their excerpts, in the formats that other programs read."""
