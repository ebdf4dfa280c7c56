from typing import Literal

TaskType = Literal[
    "AGENT_TASK",
    "IF_ELSE_TASK",
    "JAR_TASK",
    "JOB_TASK",
    "NOTEBOOK_TASK",
    "PYTHON_TASK",
    "SPARK_SUBMIT_TASK",
]
"""What a task runs."""
