"""What every answer tells the browser, beside Django's own headers; one policy, without exceptions for pages."""

from csp.constants import NONE, SELF

DIRECTIVES = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")


def headers() -> dict[str, str]:
    """The headers that no layer may leave out: errors of the outermost layers and static files carry them too."""
    return {
        "Content-Security-Policy": "; ".join(
            f"{name} {' '.join(map(str, where))}" for name, where in DIRECTIVES.items()
        ),
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
