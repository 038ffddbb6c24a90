"""Everything that must hold before a change is done: ``python -m tests``. Extra arguments go to pytest.

Browser tests need Chromium, a Chinese font, and npm for the identity provider that they sign in with. As root (a
container, a fresh machine in CI) they are installed from the distribution's packages when missing; otherwise the line
to run is printed.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk", "nodejs", "npm"]

# By file, so that what a file sets up is set up once; in their own order, so that the few long tests do not come last.
_TWO_PROCESSES = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]

_ON_THE_CLOCK = ["tests/badfiles/test_shared.py", "tests/browser/test_health.py", "tests/browser/test_killed.py"]


def main(arguments: list[str]) -> int:
    if not _browser_is_there():
        return 1
    python = [sys.executable, "-m"]
    environment = {**os.environ, "CI": os.environ.get("CI", "true")}
    checks = {
        "ruff": [*python, "ruff", "check", "."],
        "mypy": [*python, "mypy"],
        "words": [*python, "tests.words", "--check"],
        **_tests([*python, "pytest", "-q"], arguments),
    }
    results = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        start = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        results.append((name, code, time.monotonic() - start))
    print(
        "\n"
        + "\n".join(f"{'ok    ' if code == 0 else 'FAILED'} {name} ({spent:.0f} s)" for name, code, spent in results)
    )
    return max(code != 0 for _name, code, _spent in results)


def _tests(pytest: list[str], arguments: list[str]) -> dict[str, list[str]]:
    """Two processes, also for the browser; what looks at the clock runs afterwards, with nothing else beside it.

    With arguments of the caller's own, one plain run of pytest.
    """
    if arguments:
        return {"pytest": [*pytest, *arguments]}
    later = [f"--ignore={path}" for path in _ON_THE_CLOCK]
    return {
        "pytest": [*pytest, *_TWO_PROCESSES, "--ignore", "tests/browser", *later, "tests"],
        "browser": [*pytest, *_TWO_PROCESSES, *later, "tests/browser"],
        "clock": [*pytest, *_TWO_PROCESSES, *_ON_THE_CLOCK],
    }


def _browser_is_there() -> bool:
    """Chromium, a font with Chinese and npm; installs them when this is root on a Debian-like system."""
    missing = (
        not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
        or not _speaks_chinese()
        or not shutil.which("npm")
    )
    if not missing:
        return True
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], INSTALL):
            if subprocess.run(command, env=quiet, check=False).returncode:
                break
        else:
            return True
    print(f"The browser tests need Chromium, a Chinese font and npm. Run this first:\n  sudo {' '.join(INSTALL)}")
    return False


def _speaks_chinese() -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
