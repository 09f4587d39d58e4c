"""Create .venv and install exactly what requirements.lock names, or with `run` what requirements.run.lock names.

The second one leaves out what only tests and checks need: 700 MB instead of 1.1 GB.

Runs on the machine's own Python, so it uses the standard library only and a syntax that an old Python can
still parse: the reader is to see a sentence, not a SyntaxError. `make` calls it when the lock is newer than
the stamp.
"""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.stamp")
RUN_STAMP = os.path.join(VENV, "run.stamp")


def run(*command):
    """Run a command and stop with its exit status when it fails; the command itself has printed why."""
    status = subprocess.call(command, cwd=ROOT)
    if status:
        sys.exit("Stopped: %s failed (exit status %d)." % (" ".join(command[:4]), status))


def is_usable():
    """True for an environment that runs and can install; a move or an update of Python may have broken it."""
    if not os.path.exists(PYTHON):
        return False
    return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def create():
    """Make a new environment, or say in one sentence what is missing for it."""
    try:
        import ensurepip  # noqa: F401  (Debian packs it separately from Python)
        import venv
    except ImportError:
        sys.exit("Python's venv module is incomplete here; install it with: sudo apt-get install python3-venv")
    print("Creating .venv …", flush=True)
    venv.create(VENV, clear=True, with_pip=True)


def main():
    """Check the interpreter, create the environment if there is none, install, stamp."""
    run_only = sys.argv[1:] == ["run"]
    lock = "requirements.run.lock" if run_only else "requirements.lock"
    if sys.version_info < (3, 11):  # noqa: UP036  (it is an older Python that has to be told)
        version = sys.version.split()[0]
        sys.exit("Python 3.11 or newer is needed, this is %s; name another: make PYTHON=python3.12" % version)
    if not is_usable():
        create()
    print("Installing the pinned dependencies (a few minutes the first time) …", flush=True)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    # The lock is complete; what pyproject.toml leaves out on purpose (override-dependencies) pip would ask for again.
    run(*pip, "--require-hashes", "--no-deps", "-r", os.path.join(ROOT, lock))
    if not run_only and os.path.exists(RUN_STAMP):
        os.remove(RUN_STAMP)  # from now on there is more than running needs
    with open(RUN_STAMP if run_only else STAMP, "w") as stamp:
        stamp.write("made from %s\n" % lock)


if __name__ == "__main__":
    main()
