"""Who did what, when: an append-only hash tree of references, never of names or words."""
