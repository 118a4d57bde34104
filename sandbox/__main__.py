"""The inside of the sandbox: `python -m sandbox MODULE` prepares, closes the fence behind itself, and does its work."""

import sys
from importlib import import_module

from sandbox.fence import close_fence
from sandbox.serving import serve

module = import_module(sys.argv[1])
module.prepare()
close_fence()
serve(module.work, sys.stdin.buffer, sys.stdout.buffer)
