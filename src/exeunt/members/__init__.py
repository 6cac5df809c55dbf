"""The people, and the machines, who work in an archive."""
