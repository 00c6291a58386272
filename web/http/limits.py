"""How much one address may ask: a bucket that fills evenly, so a short burst passes and a flood does not."""

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address, ip_network
from threading import Lock

from web.http.origins import operator_settings
from web.http.visitor import plain_address

MOST_ADDRESSES = 10_000  # The one that was quiet longest is forgotten first.
HOME_PREFIX = 64  # One household or office has at least a whole /64 of IPv6.
MINUTE_S = 60.0


class Limiter:
    """Counts per address; nothing of it is stored."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow this many a minute for each address, at once or spread; 0 is no limit."""
        self._per_minute = per_minute
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, address: str) -> float:
        """Count one and return 0, or return in how many seconds there is room for it."""
        if not self._per_minute:
            return 0.0
        name, rate = _counted_as(address), self._per_minute / MINUTE_S
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop(name, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - since) * rate)
            wait = 0.0 if left >= 1 else (1 - left) / rate
            self._buckets[name] = (left if wait else left - 1, now)
            if len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return wait


@lru_cache(maxsize=1)
def question_limit() -> Limiter:
    """Return this process's limit on questions, in the chat, on the plain page and over the API together."""
    return Limiter(operator_settings().questions_per_minute)


def _counted_as(address: str) -> str:
    """Return the network that an address is counted under; an unreadable one stands for itself."""
    plain = plain_address(address)
    try:
        known = ip_address(plain)
    except ValueError:
        return plain
    return str(ip_network((known, HOME_PREFIX), strict=False)) if known.version == 6 else plain
