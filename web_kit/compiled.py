"""Templates as they were compiled before, so that a site that starts does not compile them again."""

from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """A folder beside the templates, as Python keeps its own. What was compiled from other words is not used; where
    nothing may be written, nothing is kept.
    """

    def __init__(self, templates: Path) -> None:
        self.folder = templates / "__pycache__" / f"jinja2-{jinja2.__version__}"
        super().__init__(str(self.folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before, if it is there and this process may read it."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if this process may."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
