"""One entry point a Lambda: parse, call one use case, map the result."""
