"""The benchmarks, run by `make bench`; every ratio is measured against its floor in one run."""
