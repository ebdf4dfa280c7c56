"""What happened in the sample workspace: jobs that run each night, and what went wrong."""

from tools.service.story.story import ListedRun, Story, tell

__all__ = ["ListedRun", "Story", "tell"]
