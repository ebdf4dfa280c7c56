"""Texts for the sample data: names, messages and stack traces such as a real workspace may hold."""

NAMES = (
    "load_orders",
    "Umsätze prüfen",
    "数据清洗",
    "publish 🚀 dashboards 👩‍💻",
    "Cafe\u0301 re\u0301sume\u0301",  # combining accents, not the same text as their composed forms
    "تحميل البيانات",
    "R&D: 100% + tax = total?",
    "склад/остатки #1",
    "売上集計",
    "merge 'quoted' \"names\"",
)

MESSAGES = {
    "PENDING": "Waiting for a cluster.",
    "QUEUED": "Queued behind 3 other task runs.",
    "RUNNING": "Läuft seit einiger Zeit.",
    "SKIPPED": "The condition of the task was false.",
    "INTERNAL_ERROR": "The service could not start the task.",
    "BLOCKED": "Blocked by a concurrency limit.",
    "SUCCESS": "All files were loaded: 1 204 ✓",
    "FAILED": "The task failed.",
    "CANCELING": "Canceling.",
    "CANCELED": "Canceled by 山田太郎.",
    "UPSTREAM_CANCELED": "A task before this one was canceled.",
    "UPSTREAM_FAILED": "A task before this one failed.",
    "EXCLUDED": "Not selected for this run.",
    "TIMED_OUT": "The task took longer than allowed.",
    "PAUSED_MAINTENANCE": "Paused while the cluster is maintained.",
}

_PYTHON_TRACE = """\
Traceback (most recent call last):
  File "/workspace/jobs/load_orders.py", line 48, in <module>
    main()
  File "/workspace/jobs/load_orders.py", line 41, in main
    write(validate(read(source)), "sales.orders")
  File "/workspace/jobs/checks.py", line 17, in validate
    raise ValueError(f"{len(bad)} rows have no customer, first: {bad[0]!r}")
ValueError: 3 rows have no customer, first: {'id': 4711, 'city': 'Köln', 'name': '\\u2028'}"""

_JAVA_TRACE = """\
org.apache.spark.SparkException: Job aborted: Task 7 in stage 3.0 failed 4 times
\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2856)
\tat org.apache.spark.scheduler.DAGScheduler.handleTaskSetFailed(DAGScheduler.scala:1206)
\tat org.apache.spark.rdd.RDD.collect(RDD.scala:1048)
Caused by: java.sql.SQLException: ORA-01653: unable to extend table "SALES"."ORDERS" by 8192
\tat com.example.load.Writer.flush(Writer.java:112)
\tat com.example.load.Writer.close(Writer.java:131)
\t... 12 more"""

_TIMEOUT_TRACE = """\
java.util.concurrent.TimeoutException: no result after 3600 seconds
\tat com.example.run.Watchdog.expire(Watchdog.java:77)
\tat java.base/java.lang.Thread.run(Thread.java:1583)"""

ERROR_TRACES = {
    "FAILED": _PYTHON_TRACE,
    "INTERNAL_ERROR": _JAVA_TRACE,
    "TIMED_OUT": _TIMEOUT_TRACE,
}
