"""A folder of sources -> its document.toml to be corrected by hand: the command `align init`."""

from __future__ import annotations

from pathlib import Path

import click

from align.commands._jobs import PATH
from align.console import quoted


@click.command()
@click.argument("folder", type=PATH)
def init(folder: Path) -> None:
    """Write the document.toml that align would assume for FOLDER, to be corrected by hand.

    \b
    Example:
      align init input/old
    """
    from align.init import write_settings

    print(f"Written: {write_settings(folder)}")
    print(f"Next: correct it, then run: align export {quoted(folder)}")
