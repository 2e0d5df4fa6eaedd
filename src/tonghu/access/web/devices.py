"""What to call a browser in the list of devices."""

import re

_SYSTEMS = (
    ("HarmonyOS|OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome|Chromium", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(agent: str) -> str:
    """Return a short name like ``Chrome · Android`` from what the browser says of itself."""
    found = [_first(_BROWSERS, agent), _first(_SYSTEMS, agent)]
    return " · ".join(name for name in found if name) or "–"


def is_phone(name: str) -> bool:
    """Tell whether a device of this name is held in the hand."""
    return name.endswith(("HarmonyOS", "Android", "iPhone", "iPad"))


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, agent)), "")
