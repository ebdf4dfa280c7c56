"""`job-runs`: how jobs ran."""

from __future__ import annotations

from typer import Typer

from . import list as list_
from . import show, watch

app = Typer(rich_markup_mode=None)
app.command("list", epilog=list_.EXAMPLES)(list_.list_job_runs)
app.command("show", epilog=show.EXAMPLES)(show.show_job_run)
app.command("watch", epilog=watch.EXAMPLES)(watch.watch)
