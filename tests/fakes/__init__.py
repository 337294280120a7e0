"""In-memory stand-ins for the ports. Each passes the contract tests of the real adapter."""
