"""The command line: arguments in, exit status out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from align import __version__
from align.commands.export import build, export, formats
from align.commands.init import init
from align.commands.merge import merge
from align.commands.pair import pair
from align.commands.review import review
from align.commands.terms import terms
from align.commands.validate import validate
from align.console import as_align_error, drop_output, prepare, say


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="align")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn English–Chinese documents into a parallel corpus, translation memories and briefs.

    \b
    Example:
      align export old.en.txt old.zh.txt
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


for _command in (build, export, formats, init, merge, pair, review, terms, validate):
    cli.add_command(_command)


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Look for circular garbage less often: documents are large trees that live long, and going over them is a tenth
    of the time of a command."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; what goes wrong is one sentence and an exit status."""
    prepare()
    try:
        try:
            with _rare_collection():
                cli.main(args=arguments, prog_name="align", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.ClickException as error:
        return _usage(error)
    except (KeyboardInterrupt, click.Abort):
        say("stopped; files that were not finished are as they were before.")
        return 3
    except BrokenPipeError:
        drop_output()
        return 3
    except SystemExit as error:
        return int(error.code or 0)
    except Exception as error:
        drop_output()
        known = as_align_error(error)
        say(str(known))
        return known.status
    return 0


def _usage(error: click.ClickException) -> int:
    """A fault of the command line, and where to read how it is meant."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "align"
    say(f"{error.format_message()} See `{command} --help`.")
    return 2


if __name__ == "__main__":
    sys.exit(main())
