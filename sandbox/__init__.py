"""Foreign files are opened here and nowhere else: each in a process of its own without secrets that reaches nothing.

`run(kind, data)` hands bytes in and takes bytes out; `kind_of` and `kinds.KINDS` say which kinds there are.
"""

from sandbox.kinds import kind_of
from sandbox.refusal import Reason, Refused
from sandbox.running import Broken, Busy, Made, run

__all__ = ["Broken", "Busy", "Made", "Reason", "Refused", "kind_of", "run"]
