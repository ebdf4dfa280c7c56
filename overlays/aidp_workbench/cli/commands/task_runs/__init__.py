"""`task-runs`: what the tasks of a job run did."""

from __future__ import annotations

from typer import Typer

from . import failures, output, show, timeline, watch
from . import list as list_

app = Typer(rich_markup_mode=None)
app.command("list", epilog=list_.EXAMPLES)(list_.list_task_runs)
app.command("show", epilog=show.EXAMPLES)(show.show_task_run)
app.command("output", epilog=output.EXAMPLES)(output.show_output)
app.command("failures", epilog=failures.EXAMPLES)(failures.show_failures)
app.command("watch", epilog=watch.EXAMPLES)(watch.watch)
app.command("timeline", epilog=timeline.EXAMPLES)(timeline.draw_timeline)
