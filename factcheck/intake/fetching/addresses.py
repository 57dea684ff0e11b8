"""Which addresses may be connected to: public ones, none that embeds another (reliability rule 14)."""

import ipaddress
import re
import socket
from typing import Final

from factcheck.intake.fetching.errors import ForbiddenAddress, UnfitAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# `is_global` of Python 3.11 passes several of these, and lists of special addresses grow: named here, whatever it says.
_SPECIAL: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # a cloud's own wire server, at a public address
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96"),  # IPv4 inside: compatible, mapped, translated
        *("64:ff9b::/96", "64:ff9b:1::/48"),  # NAT64
        *("2001::/23", "2002::/16"),  # Teredo, ORCHID and the like; 6to4
        *("100::/64", "100:0:0:1::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "2620:4f:8000::/48"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)
_ENDS_IN_NUMBER: Final = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)$", re.ASCII)


def is_public(address: Address) -> bool:
    """Whether the whole world may reach this address, and it stands for no other."""
    if getattr(address, "scope_id", None) or not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _SPECIAL if network.version == address.version)


def require_public(address: Address) -> None:
    """Refuse an address that is not public.

    Raises:
        ForbiddenAddress: always in the same words, which do not say what was found there.
    """
    if not is_public(address):
        raise ForbiddenAddress


def read_literal(host: str) -> Address | None:
    """The address that a host spells out, as every resolver would read it; None where it is a name.

    Raises:
        UnfitAddress: it ends in a number, so it is no name, but is no address either.
    """
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host)
        except ValueError as error:
            raise UnfitAddress from error
    if not _ENDS_IN_NUMBER.search(host):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))  # decimal, octal, hex, and fewer than four parts
    except (OSError, ValueError) as error:
        raise UnfitAddress from error
