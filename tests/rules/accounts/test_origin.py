"""By what somebody without an account is counted: the address, never what a stranger claims."""

import pytest

from db.rules.accounts.origin import is_inside, origin

PROXY = ("10.0.0.5",)


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "198.51.100.7, 10.0.0.5", "198.51.100.7"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "10.0.0.5", "10.0.0.5"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("10.0.0.5", "2001:db8:1:2::77", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("unix", "", "unix"),
        ("", "", ""),
    ],
)
def test_a_line_is_counted_as_one_whatever_it_says_of_itself(peer: str, forwarded: str, counted: str) -> None:
    assert origin(peer, forwarded, PROXY) == counted


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("10.1.2.3", True), ("192.168.0.7", True), ("127.0.0.1", True), ("fd00:1:2:3::/64", True),
        ("8.8.8.8", False), ("2400:3200::/64", False), ("", False), ("unix", False),
    ],
)  # fmt: skip
def test_the_own_network_is_told_from_the_internet(address: str, inside: bool) -> None:
    assert is_inside(address) is inside
