"""One entry point a Lambda: parse, call one use case, map the result."""

import gc

# Start-up makes what stays, mostly the SDK's tables: searching that for garbage over and over, as
# Python does after every few hundred objects, is a tenth of a cold start (docs/decisions/0009).
gc.set_threshold(50_000, 10, 10)
