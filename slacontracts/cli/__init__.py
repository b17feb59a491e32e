"""Command-line arguments in; printed answers and an exit code out.

Exit codes: 0 fine, 1 findings of severity error, 2 wrong usage, 3 anything else
that the product refuses or the world does not give, or its own fault. This is the
only place that catches `SlaContractsError`.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from slacontracts import __version__
from slacontracts.cli.session import Session
from slacontracts.errors import ChecksFailedError, SlaContractsError, SourceError

FINDINGS: Final = 1
REFUSED: Final = 3

# Commands by name, in the order of their use: the module of each.
_COMMANDS: Final = {
    "init": "starting",
    "new": "drafting",
    "form": "drafting",
    "set": "editing",
    "use": "editing",
    "list": "looking",
    "clauses": "looking",
    "templates": "looking",
    "schema": "looking",
    "check": "checking",
    "deviations": "approving",
    "approve": "approving",
    "outline": "looking",
    "render": "rendering",
    "compare": "comparing",
    "redline": "redlining",
    "revisions": "redlining",
    "accept": "redlining",
    "reject": "redlining",
    "save": "keeping",
    "restore": "keeping",
    "versions": "versions",
    "send": "negotiating",
    "receive": "negotiating",
    "proposals": "deciding",
    "decide": "deciding",
    "issues-list": "deciding",
    "turns": "negotiating",
    "register": "registering",
    "condition": "recording",
    "amend": "versions",
    "repaper": "repapering",
    "terminate": "recording",
    "registry": "registry",
    "push": "exchanging",
    "pull": "exchanging",
    "verify": "verifying",
    "library": "keeping",
}


class _Root(click.Group):
    """The command `slacontracts`: imports a command when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands in the order of their use."""
        return list(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Return a command by name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"slacontracts.cli.{_COMMANDS[cmd_name]}")
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the named command; suggest the nearest when there is none."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from slacontracts.text import nearest

            hint = nearest(args[0], list(_COMMANDS))
            remedy = f'did you mean "{hint}"?' if hint else "see slacontracts --help"
            ctx.fail(f'there is no command "{args[0]}"; {remedy}')
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the named command and turn what it refuses into one line."""
        try:
            return super().invoke(ctx)
        except (SourceError, ChecksFailedError) as error:
            for finding in error.findings:
                click.echo(str(finding), err=True)
            click.echo(f"error: {error}", err=True)
            ctx.exit(FINDINGS if error.findings else REFUSED)
        except SlaContractsError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(REFUSED)
        except BrokenPipeError:
            raise  # a reader who stops reading; click ends quietly
        except OSError as error:
            click.echo(_world_fault(error), err=True)
            ctx.exit(REFUSED)


def _world_fault(error: OSError) -> str:
    """Return what the world did not give, as a line."""
    reason = error.strerror or type(error).__name__
    place = f"{error.filename}: " if error.filename else ""
    return f"error: {place}{reason}"


def _own_fault(error: Exception) -> str:
    """Return what a report of a fault of the product needs, as a line."""
    from slacontracts.workflow.internal_fault import in_one_line

    command = next((word for word in sys.argv[1:] if word in _COMMANDS), "")
    return (
        f"error: {in_one_line(error)}; please report this line, and what you gave "
        f'"{f"slacontracts {command}".rstrip()}" (SLACONTRACTS_DEBUG=1 shows more)'
    )


@click.command(cls=_Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="slacontracts %(version)s")
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The workspace to work in; without it, the one around the current folder.",
)
@click.pass_context
def cli(ctx: click.Context, folder: Path) -> None:
    """Draft, check and render service level agreements.

    An agreement is drafted from templates and a library of clauses, and kept in a
    workspace. Begin with one of your own:

    \b
      slacontracts init contracts --sample
      slacontracts -C contracts list
      slacontracts -C contracts new service/managed-hosting
    """
    ctx.obj = Session(folder)


def _open_what_is_closed() -> None:
    """Let a command run that was started without a place to print to (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))


def main() -> None:
    """Run the command line; the console script and `python -m` call this."""
    # Nearly all that a command makes lives until it ends: looking for what could be
    # collected took a tenth of the time.
    gc.set_threshold(100_000, 50, 50)
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Arabic must come out also where a terminal or pipe is set to less.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="replace")
    try:
        cli(prog_name="slacontracts")
    except OSError as error:  # while its help was printed, before any command ran
        click.echo(_world_fault(error), err=True)
        sys.exit(REFUSED)
    except Exception as error:
        if os.environ.get("SLACONTRACTS_DEBUG"):
            raise
        click.echo(_own_fault(error), err=True)
        sys.exit(REFUSED)
    finally:
        # The end of the process frees everything; without this, Python would first
        # search all of it for what could be collected.
        gc.freeze()
