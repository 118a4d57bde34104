"""Draws a lifecycle as a Mermaid diagram and a table, for `docs/lifecycles/`."""

from workflows.core.lifecycle import Lifecycle, Move


def draw(lifecycle: Lifecycle) -> str:
    """The Markdown page of one lifecycle, written from its declaration."""
    lines = [f"# The lifecycle of the {lifecycle.name.replace('_', ' ')}", ""]
    lines += ["Written by `make diagrams` from the declaration; edit that, not this.", ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    for move in lifecycle.moves:
        lines += [f"    {source} --> {move.target}: {move.name}" for source in move.sources]
    lines += ["```", "", "| Move | From | To | By | Asks | Tells | Clock |", "|---|---|---|---|---|---|---|"]
    return "\n".join(lines + [_row(move) for move in lifecycle.moves]) + "\n"


def _row(move: Move) -> str:
    cells = (
        move.name,
        ", ".join(move.sources),
        str(move.target),
        ", ".join(party.name for party in move.parties),
        ", ".join(move.asks),
        ", ".join(f"{notice.name} → {notice.to.name}" for notice in move.tells),
        move.due or "",
    )
    return "| " + " | ".join(cells) + " |"
