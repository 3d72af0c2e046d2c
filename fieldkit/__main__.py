"""Where the program begins: the command `fieldkit`, and `python -m fieldkit` where the PATH does not know it.

Processes that read pictures load this module too, so it imports nothing by itself.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit."""
    from fieldkit.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
