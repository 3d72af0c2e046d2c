"""`python -m fieldkit`, for a machine whose PATH does not know the command."""

from __future__ import annotations

from fieldkit.cli.main import main

main()
