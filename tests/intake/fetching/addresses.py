"""Addresses that nobody may be led to, in every spelling that some resolver or library reads."""

from collections.abc import Iterator

IPV4 = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.0.0.2"),
    *("127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.254"),
    *("192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.254", "198.18.0.1"),
    *("198.19.255.254", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    "168.63.129.16",
)
IPV6 = (
    *("::", "::1", "::7f00:1", "::a9fe:a9fe", "::ffff:0:127.0.0.1", "::ffff:0:a00:1", "64:ff9b::7f00:1"),
    *(
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::a00:1",
        "64:ff9b:1::7f00:1",
        "64:ff9b:1:ffff::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
    ),
    *("2002:a00:1::1", "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:10::1", "2001:20::1", "2001:db8::1"),
    *(
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd12:3456:789a::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
    ),
    *("ff05::2", "100::1", "2620:4f:8000::1"),
)


def spellings(address: str) -> Iterator[str]:
    """One IPv4 address as people hide it."""
    parts = [int(part) for part in address.split(".")]
    number = int.from_bytes(bytes(parts), "big")
    yield address
    yield f"{address}."
    yield str(number)
    yield f"0x{number:08x}"
    yield f"0{number:o}"
    yield ".".join(f"0x{part:x}" for part in parts)
    yield ".".join(f"0{part:03o}" for part in parts)
    yield f"{parts[0]}.{int.from_bytes(bytes(parts[1:]), 'big')}"
    yield f"{parts[0]}.{parts[1]}.{int.from_bytes(bytes(parts[2:]), 'big')}"
    yield "".join(chr(ord(sign) - 0x30 + 0xFF10) if sign.isdecimal() else "。" for sign in address)
    yield f"[::ffff:{address}]"
    yield f"[0:0:0:0:0:ffff:{number >> 16:x}:{number & 0xFFFF:x}]"
    yield f"[64:ff9b::{address}]"
    yield f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]"
    yield f"[::{address}]"


def hosts() -> list[str]:
    """All of them, as the host of an address."""
    return [spelling for address in IPV4 for spelling in spellings(address)] + [f"[{address}]" for address in IPV6]


def names() -> dict[str, list[str]]:
    """Names that a hostile zone gives: each forbidden address alone, after a public one, and before one."""
    zone: dict[str, list[str]] = {}
    for number, address in enumerate((*IPV4, *IPV6)):
        zone[f"alone{number}.example.com"] = [address]
        zone[f"after{number}.example.com"] = ["1.1.1.1", address]
        zone[f"before{number}.example.com"] = [address, "2606:4700::1111"]
    return zone
