"""A command that remembers the words it was called with, for the manifest."""

from __future__ import annotations

import click

#: Key of the words among what the context carries.
ARGV = "sim.argv"


class Remembering(click.Command):
    """A command that remembers the words it was called with."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual, after writing down what is parsed."""
        ctx.meta[ARGV] = ("sim", str(self.name), *args)
        return super().parse_args(ctx, args)
