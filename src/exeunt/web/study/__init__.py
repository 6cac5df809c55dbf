"""A study's own pages: who works in it, what was agreed, what was done."""
