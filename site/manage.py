#!/usr/bin/env python
"""Django's command line for the portal: `python site/manage.py COMMAND`."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    # `site/` is a folder, never a package (the standard library owns that name): this file's own
    # folder is on sys.path already, the repository root with the other rooms is added here.
    sys.path.insert(1, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
