"""The real server refuses to start where strangers could look, and says why in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HALF = """[auth]
redirect_uri = "https://sqm.operator.example/oauth2callback"
cookie_secret = "too short"
client_id = "sqm"
client_secret = "x"
server_metadata_url = "https://id.operator.example/"
"""


@pytest.mark.parametrize(
    ("address", "secrets", "told"),
    [
        ("0.0.0.0", "", "SQM does not listen on 0.0.0.0: no sign-in is set up"),  # noqa: S104 - what must be refused
        ("127.0.0.1", "[auth\n", "secrets.toml cannot be read"),
        ("127.0.0.1", HALF, "cookie_secret needs 32 random characters"),
    ],
)
def test_it_does_not_start(tmp_path: Path, address: str, secrets: str, told: str) -> None:
    path = tmp_path / "secrets.toml"
    if secrets:
        path.write_text(secrets, encoding="utf-8")
    command = ["streamlit", "run", "app.py", "--server.address", address, "--server.port", "0"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SQM_", "STREAMLIT_"))}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**clean, "STREAMLIT_SECRETS_FILES": str(path), "SQM_DATABASE": str(tmp_path / "none.duckdb")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1 and told in ended.stderr
    assert "Traceback" not in ended.stderr and not (tmp_path / "none.duckdb").exists()
