"""The way in of `make run`, `python -m ops.run`: a signal ends it from its first moment on."""

import importlib
import signal
import sys

if __name__ == "__main__":
    # A KeyboardInterrupt raised while modules load can be swallowed by what loads them; until there is something to
    # end in order, a signal simply ends us. What `main` runs has handlers of its own.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(importlib.import_module("ops.whole").main(sys.argv[1:]))
