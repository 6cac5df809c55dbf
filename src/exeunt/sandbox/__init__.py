"""Foreign bytes are read in a process of their own that can reach nothing and take little."""
