"""Make sure of what the whole test-suite needs beside Python: Chromium, a Chinese font, PostgreSQL, LibreOffice.

As root it installs what is missing from Debian's packages; otherwise it stops with one sentence that says
what to install. Standard library only: it runs before the environment exists.
"""

import glob
import os
import shutil
import subprocess
import sys


def has_venv():
    """Debian packs ensurepip, without which no environment can be made, separately."""
    try:
        import ensurepip  # noqa: F401  (only asks whether it is there)
    except ImportError:
        return False
    return True


def has_chromium():
    """The browser tests start Debian's own Chromium; Playwright's download is not used."""
    return shutil.which("chromium") is not None


def has_chinese_font():
    """Without it every Chinese character on a screenshot or a poster is an empty box."""
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.local/share/fonts"))
    return any(glob.glob(os.path.join(folder, "**", "NotoSansCJK*"), recursive=True) for folder in folders)


def has_postgresql():
    """The suite starts a throwaway server of its own; a running one is neither needed nor touched."""
    return bool(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or shutil.which("initdb") is not None


def has_office(module):
    """A second word processor and spreadsheet read what the app writes; a module lies beside `soffice` itself."""
    soffice = shutil.which("soffice")
    return soffice is not None and os.path.exists(os.path.join(os.path.dirname(os.path.realpath(soffice)), module))


def has_writer():
    """Writer opens the Word forms."""
    return has_office("libswlo.so")


def has_calc():
    """Calc opens the workbooks."""
    return has_office("libsclo.so")


def has_proxy():
    """The proxy of a district; it lies where only root looks."""
    return shutil.which("nginx", path="%s:/usr/sbin" % os.environ.get("PATH", "")) is not None


def has_units():
    """The reader of systemd's units; a container has none."""
    return shutil.which("systemd-analyze") is not None


def has_promtool():
    """The reader of the alerts."""
    return shutil.which("promtool") is not None


def has_logrotate():
    """The reader of the rule for logs."""
    return shutil.which("logrotate", path="%s:/usr/sbin" % os.environ.get("PATH", "")) is not None


NEEDS = (
    ("python3-venv", has_venv),
    ("chromium", has_chromium),
    ("fonts-noto-cjk", has_chinese_font),
    ("postgresql", has_postgresql),
    ("libreoffice-writer-nogui", has_writer),
    ("libreoffice-calc-nogui", has_calc),
    ("nginx-light", has_proxy),
    ("systemd", has_units),
    ("logrotate", has_logrotate),
    ("prometheus", has_promtool),
)


def missing_packages():
    """Names of the Debian packages that are still to be installed."""
    return [package for package, is_there in NEEDS if not is_there()]


def install(packages):
    """Update the package lists once, then install. The packages' own start-up of services is left off."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1")
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        print("+", " ".join(command), flush=True)
        status = subprocess.call(command, env=environment, stdin=subprocess.DEVNULL)
        if status:
            sys.exit("Stopped: %s failed (exit status %d)." % (" ".join(command), status))


def main():
    """Install or say what to install; silent when nothing is missing."""
    packages = missing_packages()
    if not packages:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            "The whole test-suite needs more than Python; install it with: sudo apt-get install %s" % " ".join(packages)
        )
    install(packages)
    still = missing_packages()
    if still:
        sys.exit("Stopped: still missing after installation: %s." % ", ".join(still))


if __name__ == "__main__":
    main()
