"""The local stack: an emulated AWS, the deployed template, the simulated carrier, a seeded shop."""
