"""The one browser of the suite: Debian's Chromium, headless, with nothing that calls home."""

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESKTOP, PHONE, ROOM = (1440, 900), (390, 844), (1920, 1080)
