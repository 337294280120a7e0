"""Use cases: load, ask the domain, persist, act. They know ports, never AWS."""
