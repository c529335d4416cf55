"""Writes docs/happenings.md and docs/indicators.md from the code. Tests hold them to be fresh."""

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
        from leerkring.engine.document import indicators_markdown

        (ROOT / "docs/happenings.md").write_text(document(), encoding="utf-8")
        (ROOT / "docs/indicators.md").write_text(indicators_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
