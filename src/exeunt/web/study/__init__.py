"""A study's own pages: who works in it, what was agreed, and what was done."""
