"""The rules: pure functions on the standard library alone, with no clock, randomness or I/O."""
