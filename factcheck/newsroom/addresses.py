"""Where a request comes from."""

from ipaddress import ip_address

from django.http import HttpRequest


def address_of(request: HttpRequest, proxies: int) -> str:
    """The address that a request comes from.

    Behind `proxies` trusted proxies it is what the outermost of them saw; what stands before that in the header is
    whatever the sender wrote.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not proxies or len(passed) < proxies:
        return direct
    try:
        return str(ip_address(passed[-proxies]))
    except ValueError:
        return direct
