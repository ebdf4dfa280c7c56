"""The jobs of the sample workspace."""

from tools.service.story.plan import Job, Task

_SHARED = "/Workspace/Shared"


def _notebook(
    key: str, seconds: int, *after: str, run_if: str = "ALL_SUCCESS", max_retries: int = 0
) -> Task:
    path = {"notebookPath": f"{_SHARED}/notebooks/{key}.ipynb"}
    return Task(key, "NOTEBOOK_TASK", seconds, after, run_if, max_retries, more=path)


def _python(key: str, seconds: int, *after: str, max_retries: int = 0) -> Task:
    path = {"filePath": f"{_SHARED}/jobs/{key}.py"}
    return Task(key, "PYTHON_TASK", seconds, after, max_retries=max_retries, more=path)


def _jar(key: str, seconds: int, *after: str) -> Task:
    more = {"mainClass": "com.example.load.Main", "dependentLibraries": [f"{_SHARED}/load.jar"]}
    return Task(key, "JAR_TASK", seconds, after, more=more)


def _report(region: str) -> Task:
    more = {"parameters": [{"name": "region", "value": region}]}
    return Task(f"report_{region}", "JOB_TASK", 0, job="regional_report", more=more)


JOBS = {
    job.name: job
    for job in (
        Job(
            "nightly_load",
            "Loads the orders of the day into the warehouse.",
            (
                _notebook("extract_orders", 240),
                _python("validate_orders", 90, "extract_orders"),
                _jar("load_orders", 420, "validate_orders"),
                _notebook("publish_dashboards", 75, "load_orders"),
                _notebook("notify_team", 12, "publish_dashboards", run_if="ALL_DONE"),
            ),
            hour=2,
            parameters={"source": "raw.orders", "target": "sales.orders"},
        ),
        Job(
            "nightly_customers",
            "Merges the customers of all shops.",
            (
                _notebook("extract_customers", 130),
                _python("dedupe_customers", 300, "extract_customers"),
                _notebook("load_customers", 150, "dedupe_customers"),
            ),
            hour=2,
            minute=20,
        ),
        Job(
            "nightly_inventory",
            "Fetches the stock of the warehouses from their supplier.",
            (
                _python("sync_inventory", 180, max_retries=3),
                _notebook("check_stock", 60, "sync_inventory"),
            ),
            hour=2,
            minute=30,
        ),
        Job(
            "train_forecast",
            "Trains the sales forecast again.",
            (_notebook("build_features", 300), _python("train_model", 1500, "build_features")),
            hour=2,
            minute=40,
            timeout_seconds=3600,
        ),
        Job(
            "nightly_reports",
            "Makes the reports of all regions.",
            (
                *map(_report, ("emea", "amer", "apac")),
                _notebook("send_summary", 40, "report_emea", "report_amer", "report_apac"),
            ),
            hour=3,
        ),
        Job(
            "regional_report",
            "Makes the report of one region; other jobs run it.",
            (
                _notebook("collect_figures", 110),
                _python("convert_currencies", 20, "collect_figures"),
                _notebook("render_report", 45, "convert_currencies"),
            ),
            parameters={"region": "emea"},
        ),
        Job(
            "hourly_clickstream",
            "Takes in the clicks of the last hour.",
            (
                _python("ingest_clicks", 260, max_retries=2),
                _notebook("sessionize", 190, "ingest_clicks"),
            ),
            cron="0 5 * * * ?",
        ),
        Job(
            "export_to_finance",
            "Hands the closed month over to finance.",
            (_python("export_ledger", 900), _notebook("reconcile", 120, "export_ledger")),
        ),
        Job(
            "archive_events",
            "Moves events older than a year to cheaper storage.",
            (_jar("archive_partitions", 2400),),
        ),
        Job(
            "backfill_history",
            "Loads ten years of orders, once.",
            (_notebook("load_orders", 600),),
        ),
    )
}
