"""Writes docs/happenings.md from the code. tests/architecture holds it to be fresh."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LEERKRING_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
        import django

        django.setup()
        from leerkring.communities.happenings import document

        (ROOT / "docs/happenings.md").write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
