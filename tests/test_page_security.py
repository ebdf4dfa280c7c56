"""What the service says can never be more than text on a page."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.page_samples import (
    found,
    job_run,
    page_of,
    page_of_job_run,
    parsed,
    rows_of,
    task_run,
    text_of,
)

ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "--><svg onload=alert(1)>",
    "]]></title></pre></bdi></details><iframe srcdoc='<script>alert(1)</script>'>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}{# #}",
    "&lt;script&gt;&amp;&#0;",
    "</table><base href=//evil.example><form action=//evil.example>",
    "url(//evil.example); } * { display: none } /*",
    "\u202egnp.exe\u2066x\u2069",
    "nul\x00 bell\x07 escape\x1b[31m line\u2028separator\r\nnext\x0b\x85",
    "lone \ud800 surrogate \udfff, \ufffe, \U000e0041",
    "تقرير المبيعات 123",
    "x" * 100_000,
]
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe]"
)


def pages_with(text: str) -> tuple[str, str]:
    """Both pages, with `text` wherever the service or the caller could put it."""
    where: dict[str, Any] = {"key": text, "name": text}
    run = job_run(**where, job=text, jobKey=text, launched=text)
    task = task_run(**where, status=text, trace=text, message=text, taskKey=text, jobRunKey=text)
    failed = task_run(**where, trace=text, message=text)
    repairs = [{"key": 0}, {"type": text, "state": {"status": text}, "repairedTasks": [text]}]
    about: dict[str, Any] = {
        "createdByName": text,
        "repairHistory": repairs,
        "state": {"status": text},
    }
    return (
        page_of((run, task), (run, failed), (run, None)),
        page_of_job_run([task, failed], **where, jobName=text, jobKey=text, **about),
    )


def assert_nothing_but_text(html: str) -> None:
    html.encode()  # no surrogates
    root = parsed(html)
    (script,), (style,) = found(root, "script"), found(root, "style")
    (policy,) = found(root, "meta", **{"http-equiv": "Content-Security-Policy"})
    for element in (script, style):
        digest = b64encode(sha256((element.text or "").encode()).digest()).decode()
        assert f"{element.tag}-src 'sha256-{digest}'" in (policy.get("content") or "")
    assert "unsafe" not in (policy.get("content") or "")
    for element in root.iter():
        assert _ELEMENTS.fullmatch(str(element.tag).rpartition("}")[2])
        assert all(map(_ATTRIBUTES.fullmatch, element.attrib))
        assert (element.get("href") or "#").startswith("#") or element.get("href") == "data:,"
        for text in (element.text, element.tail, *element.attrib.values()):
            assert not _INVISIBLE.search(text or "")


# Of the templates; what carries a script, an event handler or a style is not among them.
_ELEMENTS = re.compile(
    "html|head|meta|link|title|style|script|body|header|main|footer|section|article|h[123]|p|a|ul|ol"
    "|li|dl|dt|dd|div|span|strong|bdi|br|code|time|details|summary|pre|button|figure|figcaption|svg"
    "|rect|line|text|label|input|select|option|output|table|caption|thead|tbody|tr|th|td"
)
_ATTRIBUTES = re.compile(
    "lang|charset|http-equiv|content|name|rel|href|id|class|hidden|type|role|tabindex|datetime"
    "|autocomplete|value|scope|aria-(label|labelledby|hidden)|data-(name|cause|status|label|order)"
    "|x|y|x1|x2|y1|y2|width|height"
)


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_stays_text(text: str) -> None:
    for html in pages_with(text):
        assert_nothing_but_text(html)
        assert len(html) < 400_000


@given(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=60))
def test_any_text_stays_text(text: str) -> None:
    for html in pages_with(text):
        assert_nothing_but_text(html)


def test_a_text_is_shown_as_the_service_sent_it() -> None:
    text = '<b a="1">&amp; {{ x }}</b> \\u202e'
    page = parsed(page_of((job_run(job=text), task_run(name=text, trace=f"MemoryError: {text}"))))
    ((_, _, _, job, task, cause),) = rows_of(page)
    assert (job, task) == (f"{text}run-1", f"{text}task-run-1")
    assert cause == f"MemoryError: {text}"
    assert text_of(found(page, "pre")[0]) == f"MemoryError: {text}"


def test_what_cannot_be_seen_is_shown_as_an_escape() -> None:
    html = page_of((job_run(job="a\u202eb\x00c\ud800"), task_run()))
    assert rows_of(parsed(html))[0][3] == "a\\u202eb\\x00c\\ud800run-1"
