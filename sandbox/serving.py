"""One file in, one answer out. Whatever a library throws at a foreign file is the file's fault."""

import json
from collections.abc import Callable
from typing import BinaryIO

from config import policy
from sandbox.refusal import Reason, Refused
from sandbox.running import Made


def serve(work: Callable[[bytes], Made], source: BinaryIO, sink: BinaryIO) -> None:
    """Read everything, work, answer."""
    data = source.read()
    try:
        made = work(data)
        if len(made.data) > policy.CLEAN_COPY_MAX_BYTES:
            raise Refused(Reason.TOO_LARGE)  # noqa: TRY301 -- answered like those of the work
        header, body = {"media": made.media}, made.data
    except MemoryError:
        header, body = {"refused": str(Reason.TOO_HARD)}, b""
    except Refused as refused:
        header, body = {"refused": str(refused.reason)}, b""
    except Exception:
        header, body = {"refused": str(Reason.DAMAGED)}, b""
    sink.write(json.dumps(header).encode() + b"\n" + body)
    sink.flush()
