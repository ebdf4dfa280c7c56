"""`nox -s pictures`: draw what README shows, from the local endpoint.

The endpoint always holds the same task runs and a story that ends at a fixed time, so that the
pictures do not depend on the time. The same versions of matplotlib and Chromium, with the same
fonts, give the same files.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aidp_workbench import connect, paginate
from aidp_workbench.cli.failures.workspace import failures_in
from aidp_workbench.cli.output.times import written_time
from aidp_workbench.cli.page.failures import Scope, failures_page
from aidp_workbench.cli.page.times import Clock
from aidp_workbench.cli.timeline.draw import write_picture
from aidp_workbench.cli.timeline.timeline import timeline
from aidp_workbench.runs import failed_task_runs, has_ended
from aidp_workbench_api.api.task_runs import list_task_runs
from PIL import Image
from playwright.sync_api import sync_playwright

from tools.paths import ROOT
from tools.service import Service, sample_workspace, serve

if TYPE_CHECKING:
    from aidp_workbench.cli.failures.workspace import Unread

TIMELINE = ROOT / "docs/timeline.svg"
PAGE = ROOT / "docs/failures.png"
TASK_RUNS = 24
NOW = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
WIDTH, HEIGHT = 1000, 920  # pixels: down to the first causes
COLOURS = 64  # a quarter of the bytes, and nobody sees it


def main() -> int:
    with serve(workspace=sample_workspace(TASK_RUNS, NOW)) as service:
        print(f"{TIMELINE}: {draw_timeline(service)}")
        photograph(page(service))
    print(f"{PAGE}: {PAGE.stat().st_size:,} bytes")
    return 0


def draw_timeline(service: Service) -> str:
    """Draw the task runs of the sample job run; says what is on the picture."""
    with connect(base_url=service.base_url, config_file=service.config_file) as client:
        runs = list(
            paginate(
                list_task_runs,
                ai_data_platform_id=service.ai_data_platform_id,
                workspace_key=service.workspace_key,
                job_run_key=service.job_run_key,
                client=client,
            )
        )
    drawing = timeline(filter(has_ended, runs), now=NOW)
    title = f"Job run {service.job_run_key}"
    write_picture(drawing, TIMELINE, title=title, since=written_time(drawing.begin, utc=True))
    return drawing.summary


def page(service: Service) -> str:
    """The page about what failed since the evening before."""
    platform, workspace = service.ai_data_platform_id, service.workspace_key
    since = NOW - timedelta(hours=14, minutes=30)
    with connect(base_url=service.base_url, config_file=service.config_file) as client:
        unread: list[Unread] = []
        found = failed_task_runs(client, platform, workspace, since=since)
        failures = list(failures_in(found, unread))
    scope = Scope(platform, workspace, since)
    return failures_page(failures, unread, scope, Clock(NOW, utc=True))


def photograph(html: str) -> None:
    """Show a page in Chromium, and keep what is seen of it without scrolling."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(html, encoding="utf-8")
        # Root, whom containers run as, has no sandbox.
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"]
        )
        window = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        window.goto(file.as_uri())
        picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
        browser.close()
    picture.quantize(COLOURS).save(PAGE, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
