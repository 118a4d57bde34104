"""Ports for started processes differ from each other."""

from tests.ports import free_ports


def test_ports_found_together_are_all_different() -> None:
    assert len(set(free_ports(200))) == 200
