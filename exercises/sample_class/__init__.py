"""A made-up class, for the demonstration, the tests and the benchmarks."""
