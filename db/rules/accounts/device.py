"""What a browser calls itself, as far as its owner knows it again: system and program, never a version or a serial."""

_SYSTEMS = ("iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux")
_PROGRAMS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("QQBrowser", "QQBrowser"),
    ("UCBrowser", "UC"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def system_of(agent: str) -> str:
    """The system that a User-Agent names; empty for none that is known."""
    return next((name.replace("Macintosh", "Mac") for name in _SYSTEMS if name in agent), "")


def device_of(agent: str) -> str:
    """System and program, such as `Windows · Edge`; empty when neither is known."""
    program = next((name for word, name in _PROGRAMS if word in agent), "")
    return " · ".join(part for part in (system_of(agent), program) if part)
