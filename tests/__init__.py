"""The tests, a folder a layer; `local` and `browser` run against the whole stack."""
