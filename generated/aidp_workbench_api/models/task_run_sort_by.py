from enum import StrEnum


class TaskRunSortBy(StrEnum):
    DISPLAY_NAME = "displayName"
    STATUS = "status"
    TIME_CREATED = "timeCreated"

    def __str__(self) -> str:
        return str(self.value)
