"""From where somebody comes, as far as tries and messages are counted by it. The address itself is kept nowhere."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

LONGEST = 64


def origin(peer: str, forwarded: str, trusted: Iterable[str]) -> str:
    """The address that reached us, or what a trusted proxy says of it; of IPv6 the network.

    `forwarded` is X-Forwarded-For. A line has one IPv6 network and more addresses in it than anybody could count.
    """
    known = {address.strip() for address in trusted} - {""}
    if peer in known:
        # Each proxy appends to the list, so only what stands right of the last stranger is true.
        hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        peer = next((hop[:LONGEST] for hop in reversed(hops) if hop not in known), peer)
    return _network(peer)


def is_inside(address: str) -> bool:
    """Whether it is an address of the own building or network, which the internet does not reach."""
    found = _address(address.partition("/")[0])
    return found is not None and found.is_private


def _network(text: str) -> str:
    found = _address(text)
    if found is None:
        return text
    return str(IPv6Network((int(found) >> 64 << 64, 64))) if isinstance(found, IPv6Address) else str(found)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
