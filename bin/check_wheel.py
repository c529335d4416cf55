"""Builds the sdist and from it the wheel, installs that in an empty environment and serves from it once.

Usage: check_wheel.py FOLDER. No Node, no PATH, no source tree: only what the wheel ships.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = str(ROOT / ".tools" / "bin" / "uv")
PATIENCE = 90  # seconds until the demo is made


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def install(folder: Path) -> Path:
    """A new environment with nothing but the locked dependencies and the wheel; returns its `bin`."""
    run(UV, "build", "--quiet", "--build-constraints", "requirements-build.lock", "--out-dir", str(folder))
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    print(f"{wheel.name}: {wheel.stat().st_size // 1024} kB, {sdist.name}: {sdist.stat().st_size // 1024} kB")  # noqa: T201
    python = str(folder / "venv" / "bin" / "python")
    run(UV, "venv", "--quiet", "--python", sys.executable, str(folder / "venv"))
    run(UV, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", "requirements.lock")
    run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", str(wheel))
    return folder / "venv" / "bin"


def serves(bin_: Path, folder: Path) -> bool:
    """Whether it gets well, shows the landing page and stops when told."""
    port = free_port()
    server = subprocess.Popen(  # noqa: S603
        [str(bin_ / "leerkring"), "serve", "--demo", "--port", str(port)],
        cwd=folder,
        env={"PATH": "", "HOME": str(folder), "LEERKRING_DATA": str(folder / "data")},
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while (health := status(port, "/healthz")) != 200 and time.monotonic() < deadline:
            if server.poll() is not None:
                break
            time.sleep(0.5)
        landing = status(port, "/")
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(timeout=20)
    print(f"healthz {health}, landing page {landing}, exit code {ended}")  # noqa: T201
    return (health, landing, ended) == (200, 200, 0)


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    os.makedirs(folder, exist_ok=True)
    return 0 if serves(install(folder), folder) else 1


if __name__ == "__main__":
    sys.exit(main())
