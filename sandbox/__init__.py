"""Foreign files are opened here and nowhere else: each in a process of its own without secrets that reaches nothing.

`run(kind, data)` hands bytes in and takes bytes out; `kind_of` and `kinds.KINDS` say which kinds there are. A process
that runs for long calls `share_turns` as it starts, so that all of them together open a few files at once.
"""

from sandbox.kinds import kind_of
from sandbox.refusal import Reason, Refused
from sandbox.running import TURNS, Broken, Busy, Made, run

share_turns = TURNS.share

__all__ = ["Broken", "Busy", "Made", "Reason", "Refused", "kind_of", "run", "share_turns"]
