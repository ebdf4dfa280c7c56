"""Pages in Chromium. Whatever is on them, they load nothing and report no error."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = os.environ["CHROMIUM"]  # tests have an environment of their own


class Windows:
    """Opens pages, each in a window of its own.

    Attributes:
        problems: What the pages wanted to load, the errors and messages, the dialogs.
    """

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.problems: list[str] = []
        self._browser = browser
        self._folder = folder
        self._contexts: list[BrowserContext] = []

    def show(self, html: str, width: int = 1280, **settings: Any) -> Page:
        file = self._folder / f"page-{len(self._contexts)}.html"
        file.write_text(html, encoding="utf-8")
        context = self._browser.new_context(viewport={"width": width, "height": 900}, **settings)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._loads(request.url))
        page.goto(file.as_uri())
        return page

    def _loads(self, url: str) -> None:
        if not url.startswith(("file:", "data:,")):
            self.problems.append(f"request: {url}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    with sync_playwright() as playwright:
        # Root, whom containers run as, has no sandbox.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def windows(browser: Browser, tmp_path: Path) -> Generator[Windows]:
    """At the end of the test there must be no problems."""
    windows = Windows(browser, tmp_path)
    yield windows
    windows.close()
    assert windows.problems == []
