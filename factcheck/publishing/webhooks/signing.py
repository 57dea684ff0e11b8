"""Signatures after Standard Webhooks 1.0: a symmetric key per endpoint, two of them while one runs out."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32  # the standard asks for 24 to 64


def make_secret() -> str:
    """A new secret, as receivers are given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(body: bytes, message_id: str, keys: Sequence[str], now: datetime) -> dict[str, str]:
    """The headers by which a receiver who holds one of these secrets knows the message as ours."""
    at = str(int(now.timestamp()))
    signed = f"{message_id}.{at}.".encode() + body
    signatures = " ".join(f"v1,{_signature(key, signed)}" for key in keys)
    return {"webhook-id": message_id, "webhook-timestamp": at, "webhook-signature": signatures}


def _signature(key: str, signed: bytes) -> str:
    plain = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(plain, signed, hashlib.sha256).digest()).decode()
