"""What the benchmarks and the proofs share: invented tables, an archive, a stopwatch, a page."""
