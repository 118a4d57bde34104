"""The rules of the house that no ready-made linter knows: each looks at one file and names the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("config", "sandbox", "workflows", "web_kit", "webapp", "partner_portal", "tasks", "ops")
FILE_CEILING = 300
FUNCTION_CEILING = 40
VIEW_CEILING = 15
Check = Callable[[str], Iterator[int]]


@dataclass(frozen=True)
class Rule:
    """One convention: where it holds, how a breach is found, and why it is there."""

    name: str
    why: str
    where: tuple[str, ...]
    check: Check
    passes: str
    fails: str
    except_in: tuple[str, ...] = ()

    def files(self) -> list[Path]:
        """The files it looks at."""
        found = {file for pattern in self.where for file in ROOT.glob(pattern)}
        return sorted(file for file in found if str(file.relative_to(ROOT)) not in self.except_in)

    def breaches(self, text: str) -> list[int]:
        """The lines of a text that break it."""
        return sorted(set(self.check(text)))


def python(*folders: str) -> tuple[str, ...]:
    return tuple(f"{folder}/**/*.py" for folder in folders)


def matching(pattern: str) -> Check:
    """Every line that the pattern is found in."""
    compiled = re.compile(pattern)

    def check(text: str) -> Iterator[int]:
        yield from (number for number, line in enumerate(text.splitlines(), 1) if compiled.search(line))

    return check


def moves_a_state(text: str) -> Iterator[int]:
    """`row.state = …`, `row.old_state = …`, `setattr(row, "state", …)` and `update().values(state=…)`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_state(node.attr):
            yield node.lineno
        if isinstance(node, ast.Call):
            yield from _call_that_moves(node)


def _call_that_moves(call: ast.Call) -> Iterator[int]:
    if isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1:
        name = call.args[1]
        if isinstance(name, ast.Constant) and _is_state(str(name.value)):
            yield call.lineno
    updates = isinstance(call.func, ast.Attribute) and call.func.attr == "values"
    if updates and any(keyword.arg and _is_state(keyword.arg) for keyword in call.keywords):
        yield call.lineno


def _is_state(name: str) -> bool:
    return name == "state" or name.endswith("_state")


def calls(*names: str) -> Check:
    """A call of one of these names, dotted or bare, as `commit` finds `session.commit()`."""

    def check(text: str) -> Iterator[int]:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _dotted(node.func).endswith(tuple(names)) and _whole(node.func, names):
                yield node.lineno

    return check


def _whole(func: ast.expr, names: tuple[str, ...]) -> bool:
    dotted = f".{_dotted(func)}"
    return any(dotted.endswith(f".{name}") for name in names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_long_a_file(text: str) -> Iterator[int]:
    if len(text.splitlines()) > FILE_CEILING:
        yield FILE_CEILING + 1


def too_long_a_function(text: str) -> Iterator[int]:
    for function in _functions(text):
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_CEILING:
            yield function.lineno


def too_long_a_view(text: str) -> Iterator[int]:
    """A view's statements, without its docstring."""
    for function in _functions(text):
        if any(_is_route(decorator) for decorator in function.decorator_list):
            first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
            if (function.end_lineno or 0) - first.lineno >= VIEW_CEILING:
                yield function.lineno


def _is_route(decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Call):
        return _whole(decorator.func, ("bp.get", "bp.post", "bp.route"))
    return _whole(decorator, ("reads", "writes"))


def no_module_docstring(text: str) -> Iterator[int]:
    if text.strip() and not ast.get_docstring(ast.parse(text)):
        yield 1


def listens_for_others(text: str) -> Iterator[int]:
    """A decorator that makes a function run when something happens elsewhere."""
    for function in _functions(text):
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and _whole(decorator.func, ("listens_for", "connect", "receiver")):
                yield decorator.lineno


def inline_code(text: str) -> Iterator[int]:
    """Styles, scripts and handlers written into the page; what a template's own words say is left aside.

    A block of data for search engines is no script: browsers do not run it, and the policy lets it be.
    """
    bare = re.sub(r"\{[{%#].*?[}%#]\}", lambda words: "\n" * words[0].count("\n"), text, flags=re.DOTALL)
    inline = (
        r"""\sstyle\s*=|<script(?![^>]*\s(?:src=|type="application/ld\+json"))|<style\b|\son[a-z]{3,}\s*=|javascript:"""
    )
    yield from matching(inline)(bare)
