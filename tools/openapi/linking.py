"""Make every reference of a document one that can be followed: `#/place` or `file#/place`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from attrs import define, field

from .document import Document, pointer_to, reference_of, sequence
from .errors import SpecError
from .lines import Lines
from .reader import read
from .references import Reference, Steps, Walk

if TYPE_CHECKING:
    from collections.abc import Callable


def link(document: Document, path: str, fetch: Callable[[str], str] | None) -> None:
    """Rewrite the references of `document`, reading the files that they lead to.

    Args:
        path: Where the document is, such as `openapi/api.yaml`; files are relative to it.
        fetch: Gives the text of the file at such a path or raises SpecError; None if a document
            must not refer to files.
    """
    linker = _Linker(document, path.lstrip("/"), fetch)
    linker.add("", document.name, document.text, document.content, linker.url)
    linker.run()


@define
class _Linker:
    document: Document
    path: str
    fetch: Callable[[str], str] | None
    # The file of each URL by its name in references, and the place in there.
    resources: dict[str, tuple[str, Steps]] = field(factory=dict)
    urls: dict[str, str] = field(factory=dict)
    sources: dict[str, tuple[str, str]] = field(factory=dict)  # name and text of each file
    waiting: list[tuple[str, Reference]] = field(factory=list)
    maps: list[tuple[str, Reference]] = field(factory=list)
    walks: dict[str, Walk] = field(factory=dict)

    @property
    def url(self) -> str:
        return f"file:///{quote(self.path)}"

    def add(self, file: str, name: str, text: str, content: Any, url: str) -> None:
        """Take in a file, which messages call `name` and references `file`."""
        self.sources[file], self.urls[file] = (name, text), url
        self.resources[url] = (file, ())
        self.walks[file] = Walk()
        self._visit(file, content, url, ())

    def run(self) -> None:
        checked = []
        while self.waiting:
            file, reference = self.waiting.pop()
            if reference.kind == "value" and not self._is_url(reference.text):
                continue
            checked.append((file, reference))
            self._resolve(file, reference)
        for file, reference in self.maps:
            self._inline(file, reference)
        for file, reference in checked:
            if reference.kind == "object":
                self._check_end(file, reference)
        self._check_all_of()

    def _visit(self, file: str, value: Any, url: str, place: Steps) -> None:
        walk = self.walks[file]
        before = len(walk.references)
        walk.visit(value, url, place)
        for base, at in walk.resources.items():
            self.resources.setdefault(base, (file, at))
        for reference in walk.references[before:]:
            self.waiting.append((file, reference))
            if reference.kind == "map":
                self.maps.append((file, reference))

    def _is_url(self, text: str) -> bool:
        """Whether a discriminator leads to a place rather than to a schema by its name."""
        return "#" in text or text.endswith((".json", ".yaml", ".yml"))

    def _resolve(self, file: str, reference: Reference) -> None:
        url, fragment = urldefrag(urljoin(reference.base, reference.text))
        target_file, place = self._find(file, reference, url, unquote(fragment))
        pointer = target_file + pointer_to(*place)
        try:
            value = self.document.target(pointer)
        except LookupError:
            raise self._error(file, reference, "leads nowhere") from None
        reference.holder[reference.key] = pointer
        # It may lead to where references were not looked for, such as an extension.
        self._visit(target_file, value, self.urls[target_file], place)

    def _find(self, file: str, reference: Reference, url: str, fragment: str) -> tuple[str, Steps]:
        if url not in self.resources:
            self._load(file, reference, url)
        target_file, start = self.resources[url]
        if fragment and not fragment.startswith("/"):
            if (anchor := self.resources.get(f"{url}#{fragment}")) is None:
                raise self._error(file, reference, "leads nowhere")
            return anchor
        steps = [step.replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:]]
        place: Steps = (*start, *steps)
        # Inside of a schema with an `$id`, many mean the whole document all the same.
        if start and not self.document.has(target_file + pointer_to(*place)):
            place = tuple(steps)
        return target_file, place

    def _load(self, file: str, reference: Reference, url: str) -> None:
        parts = urlsplit(url)
        if self.fetch is None or parts.scheme != "file" or parts.netloc or parts.query:
            raise self._error(file, reference, "is outside of this document")
        path = unquote(parts.path).lstrip("/")
        other = posixpath.relpath("/" + path, "/" + posixpath.dirname(self.path))
        try:
            text = self.fetch(path)
            content = read(text, path)
        except SpecError as error:
            raise self._error(file, reference, f"cannot be used: {error}") from error
        self.document.files[other] = content
        self.add(other, f"{other} of {self.document.name}", text, content, url)

    def _inline(self, file: str, reference: Reference) -> None:
        """Put the entries of a whole mapping of names where the reference to it is."""
        text = reference.holder.pop("$ref", None)
        if text is None:
            return
        target = self.document.target(text)
        if not isinstance(target, dict):
            raise self._error(file, reference, f"{text} is no mapping", named=False)
        for other_file, other in self.maps:
            if other.holder is target:
                self._inline(other_file, other)
        for key, value in target.items():
            reference.holder.setdefault(key, value)

    def _check_end(self, file: str, reference: Reference) -> None:
        """Refuse references that lead to each other and to nothing else."""
        seen: set[str] = set()
        text = reference_of(reference.holder)
        while text:
            if text in seen:
                raise self._error(file, reference, "refers to itself")
            seen.add(text)
            text = reference_of(self.document.target(text))

    def _check_all_of(self) -> None:
        """Refuse a schema that is a part of itself."""
        done: set[str] = set()

        def visit(reference: str, trail: tuple[str, ...]) -> None:
            if reference in trail:
                message = f"{self.document.name}: {reference} is a part of itself, by allOf"
                raise SpecError(message)
            if reference in done:
                return
            schema, _ = self.document.resolve(self.document.target(reference))
            parts = sequence(schema.get("allOf")) if isinstance(schema, dict) else []
            for inner in filter(None, map(reference_of, parts)):
                visit(inner, (*trail, reference))
            done.add(reference)

        for walk in self.walks.values():
            for reference in walk.references:
                if reference.kind == "object":
                    visit(reference.text, ())

    def _error(
        self, file: str, reference: Reference, problem: str, named: bool = True
    ) -> SpecError:
        name, text = self.sources[file]
        line = Lines(text).line((*reference.place, reference.key))
        place = " > ".join(map(str, reference.place)) or "the document"
        said = f"{reference.text} {problem}" if named else problem
        return SpecError(f"{name}:{line}: {place}: {said}")
