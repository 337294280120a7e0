"""One module a subcommand of `sayso`."""
