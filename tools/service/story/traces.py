"""Stack traces and outputs such as those of real tasks."""

TABLESPACE = """\
org.apache.spark.SparkException: Job aborted due to stage failure: Task 31 in stage 6.0 failed 4 times, most recent failure: Lost task 31.3 in stage 6.0 (TID 412) (10.0.2.17 executor 3)
\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2856)
\tat org.apache.spark.scheduler.DAGScheduler.handleTaskSetFailed(DAGScheduler.scala:1206)
\tat org.apache.spark.sql.execution.datasources.jdbc.JdbcUtils$.saveTable(JdbcUtils.scala:893)
\tat com.example.load.Main.main(Main.java:64)
Caused by: java.sql.BatchUpdateException: ORA-01653: unable to extend table SALES.ORDERS by 8192 in tablespace SALES_DATA
\tat oracle.jdbc.driver.OraclePreparedStatement.executeLargeBatch(OraclePreparedStatement.java:9723)
\tat com.example.load.Writer.flush(Writer.java:112)
\t... 12 more"""  # noqa: E501

NO_TABLE = """\
org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 2.0 failed 4 times, most recent failure: Lost task 0.3 in stage 2.0 (TID 57) (10.0.2.9 executor 1)
\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2856)
\tat com.example.load.Main.main(Main.java:64)
Caused by: java.sql.SQLSyntaxErrorException: ORA-00942: table or view "SALES"."ORDERS_NEW" does not exist
\tat oracle.jdbc.driver.T4CTTIoer11.processError(T4CTTIoer11.java:629)
\t... 9 more"""  # noqa: E501

KEY_ERROR = """\
Traceback (most recent call last):
  File "/Workspace/Shared/jobs/dedupe_customers.py", line 71, in <module>
    main()
  File "/Workspace/Shared/jobs/dedupe_customers.py", line 58, in main
    merged = merge(groups, rules[shop])
KeyError: 'shop_köln'"""

UNAVAILABLE = """\
Traceback (most recent call last):
  File "/Workspace/Shared/jobs/sync_inventory.py", line 33, in <module>
    stock = fetch(warehouse)
  File "/Workspace/Shared/jobs/sync_inventory.py", line 19, in fetch
    response.raise_for_status()
  File "/opt/python/lib/python3.11/site-packages/requests/models.py", line 1026, in raise_for_status
    raise HTTPError(http_error_msg, response=self)
requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: https://stock.example.com/v2/stock"""

NO_CLICKS = """\
Traceback (most recent call last):
  File "/Workspace/Shared/jobs/ingest_clicks.py", line 52, in <module>
    for batch in consumer.poll_forever():
  File "/Workspace/Shared/jobs/ingest_clicks.py", line 27, in poll_forever
    raise ConnectionResetError(f"broker {self.broker} closed the connection")
ConnectionResetError: broker stream-3.example.com:9092 closed the connection"""

TIMEOUT = """\
java.util.concurrent.TimeoutException: job run canceled after 3600 seconds
\tat com.example.run.Watchdog.expire(Watchdog.java:77)
\tat java.base/java.lang.Thread.run(Thread.java:1583)"""

NO_RATE = """\
Traceback (most recent call last):
  File "/Workspace/Shared/jobs/convert_currencies.py", line 40, in <module>
    convert(figures, rates)
  File "/Workspace/Shared/jobs/convert_currencies.py", line 22, in convert
    raise ValueError(f"no exchange rate for {currency} on {day}")
ValueError: no exchange rate for SGD on a public holiday"""

NO_CAPACITY = """\
com.example.compute.OutOfHostCapacityException: no host of the shape VM.Standard.E5.Flex is available
\tat com.example.compute.Launcher.launch(Launcher.java:208)"""  # noqa: E501

LOADED_UNTIL_FULL = """\
Reading raw.orders: 48,213 rows
Writing sales.orders in 64 batches
batch 30 of 64: ok
batch 31 of 64: ORA-01653, trying again
"""
