"""Foreign files read into plain values, with every fault named by its place."""
