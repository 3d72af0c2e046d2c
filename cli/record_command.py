"""fieldkit record"""

from __future__ import annotations

import json

import click

from .shared import json_option, open_course


@click.command("record")
@json_option
def command(as_json: bool) -> None:
    """Show the record: every entry, one a line."""
    from fieldkit.model.entry import as_dict

    with open_course() as course:
        for entry in course.record.entries:
            if as_json:
                click.echo(json.dumps(as_dict(entry), ensure_ascii=False))
            else:
                what = entry.body.get("sheet") or entry.body.get("station") or ""
                click.echo(
                    f"{entry.at}  {entry.device} {entry.seq:5}  {entry.kind:14} {what:10} {entry.by}  {entry.hash[:8]}"
                )
