"""What openapi-python-client's own functional tests look at, with the templates of this project.

The cases are this project's own. Where it decides differently than upstream, a test has
the mark `differs` with the reason.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import httpx
import pytest
import yaml

from tests.every_kind import generated
from tools.generate import generate
from tools.openapi.errors import SpecError

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
REFUSALS = yaml.safe_load((HERE / "generator_refusals.yaml").read_text())
TIME, ID = "2026-04-30T02:00:00Z", "6f1c2a54-8c0e-4b7e-9a53-0d3e7c1b9f10"
differs = pytest.mark.differs


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModuleType]:
    folder = tmp_path_factory.mktemp("generator_cases")
    return generated(folder, HERE / "generator_cases.yaml", "generator_cases_api", ("books",))


@pytest.fixture
def models(api: dict[str, ModuleType]) -> Any:
    return api["models"]


# Schema, property, value in JSON, and value in Python, or a function that makes it of the models.
READ: list[tuple[str, str, Any, Any]] = [
    ("Lists", "untyped", ["a", 1], ["a", 1]),
    ("Lists", "numbers", [1, 2], [1, 2]),
    ("Lists", "tags", [{"text": "a"}, {}], lambda m: [m.Tag(text="a"), m.Tag()]),
    ("Lists", "onlyFirst", ["a"], ["a"]),
    ("Lists", "firstTwo", [{"text": "a"}, "b"], lambda m: [m.Tag(text="a"), "b"]),
    ("Lists", "firstAndRest", [{"text": "a"}, "b"], lambda m: [m.Tag(text="a"), "b"]),
    *(("Enums", "word", one, one) for one in ("up", "UP", "12", "1st", "two words", "")),
    *(("Enums", "number", one, one) for one in (6, 7, -8)),
    ("Enums", "inlineWord", "left", "left"),
    ("Enums", "inlineNumber", 2, 2),
    ("Enums", "oddlyTyped", 3, 3),
    *(("Enums", "nullable", one, one) for one in ("up", None)),
    *(("Enums", "nullWithin", one, one) for one in ("off", None)),
    ("Enums", "nullAlone", None, None),
    ("Enums", "constText", "fixed", "fixed"),
    ("Enums", "constNumber", 12, 12),
    ("Scalars", "flag", True, True),
    ("Scalars", "text", "a", "a"),
    ("Scalars", "decimal", 1.5, 1.5),
    ("Scalars", "whole", 2, 2),
    ("Scalars", "free", {"a": 3}, lambda m: m.FreeObject.from_dict({"a": 3})),
    ("Scalars", "alias", {"text": "a"}, lambda m: m.Alias(text="a")),
    ("Scalars", "nothing", None, None),
    ("Scalars", "anything", "e", "e"),
    ("Scalars", "day", "2026-04-30", date(2026, 4, 30)),
    ("Scalars", "moment", TIME, datetime(2026, 4, 30, 2, tzinfo=UTC)),
    ("Scalars", "id", ID, UUID(ID)),
    ("Scalars", "otherFormat", "a b", "a b"),
    *(("Unions", "textOrWhole", one, one) for one in ("a", 1)),
    ("Unions", "shape", {"radius": "x"}, lambda m: m.Circle(radius="x")),
    ("Unions", "shape", {"side": "x"}, lambda m: m.Square(side="x")),
    ("Unions", "shapeOrText", {"radius": "x"}, lambda m: m.Circle(radius="x")),
    ("Unions", "shapeOrText", "x", "x"),
    ("Unions", "nested", {"side": "x"}, lambda m: m.Square(side="x")),
    *(("Unions", "nested", one, one) for one in (3, "x")),
    ("Unions", "onlyOne", {"radius": "x"}, lambda m: m.Circle(radius="x")),
]


def attribute(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name)


@pytest.mark.parametrize(("schema", "name", "value", "expected"), READ)
def test_a_value_is_read_and_written(
    models: Any, schema: str, name: str, value: Any, expected: Any
) -> None:
    model = getattr(models, schema)
    found = expected(models) if callable(expected) else expected
    read = model.from_dict({name: value})
    assert read == model(**{attribute(name): found})
    assert isinstance(getattr(read, attribute(name)), type(found))
    assert read.to_dict() == {name: value}


@differs("An unknown value of an optional property must not lose the page; upstream raises.")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("word", one) for one in ("Up", 2)),
        *(("number", one) for one in (5, "a")),
        ("inlineNumber", "1"),
        ("constText", "loose"),
        ("constNumber", 11),
        ("nullAlone", "a"),
        ("nullWithin", "ON"),
    ],
)
def test_a_value_that_an_enum_or_constant_lacks_is_kept(
    api: Any, models: Any, name: str, value: Any
) -> None:
    read = models.Enums.from_dict({name: value})
    assert getattr(read, attribute(name)) is api["types"].UNSET
    assert read.additional_properties == read.to_dict() == {name: value}


@differs("Every error of a response is a ResponseError with its place; upstream has KeyError.")
def test_what_is_required_must_be_there_and_right(api: Any, models: Any) -> None:
    error, book = api["errors"].ResponseError, {"bookTitle": "a", "isbn": "b"}
    assert models.Book.from_dict(book) == models.Book(book_title="a", isbn="b")
    full = book | {"hero": "c", "subTitle": "d"}
    novel = models.Novel(book_title="a", isbn="b", hero="c", sub_title="d")
    assert (models.Novel.from_dict(full), novel.to_dict()) == (novel, full)
    for model, source, place in (
        (models.Book, {"bookTitle": "a"}, "isbn"),
        (models.Book, {"isbn": "a"}, "bookTitle"),
        (models.Novel, book, "hero"),
        (models.RequiredEnum, {"word": "Up"}, "word"),
    ):
        with pytest.raises(error, match=rf"^{place}: expected "):
            model.from_dict(source)
    for value in ("a", True, 2, None):
        with pytest.raises(error, match=r"^expected an object, found "):
            models.Book.from_dict(value)


def test_defaults_are_the_values_of_a_new_model(models: Any) -> None:
    made = models.Defaults()
    assert (made.flag, made.text, made.decimal, made.whole) == (True, "plain", 2.5, 3)
    assert (made.decimal_of_whole, type(made.decimal_of_whole)) == (7.0, float)
    assert (made.day, made.id) == (date(2026, 4, 30), UUID(ID))
    assert made.moment == datetime(2026, 4, 30, 2, tzinfo=UTC)
    assert (made.any_text, made.any_number, made.fixed) == ("free", 4, "same")
    assert (made.first_of_union, made.second_of_union, made.word) == (False, 5, "UP")


HINTS = {
    "Lists": "list[Any] list[int] list[Tag] list[str] list[str|Tag] list[str|Tag]",
    "Enums": "Word Number EnumsInlineWord EnumsInlineNumber EnumsOddlyTyped None|Word"
    " None|WordOrNull None Literal['fixed'] Literal[12]",
    "Scalars": "bool str float int FreeObject Alias None Any datetime.date datetime.datetime"
    " UUID str",
    "Unions": "int|str Circle|Square Circle|str Circle|float|Square|str Circle",
}


@pytest.mark.parametrize("schema", HINTS)
def test_optional_properties_have_the_type_of_their_schema_or_unset(
    models: Any, schema: str
) -> None:
    hints = dict(getattr(models, schema).__annotations__)
    del hints["additional_properties"]
    expected = [{*one.split("|"), "Unset"} for one in HINTS[schema].split()]
    assert [parts(hint) for hint in hints.values()] == expected


def parts(hint: str) -> set[str]:
    """A type whatever the order of its alternatives."""
    return {*hint.split(" | ")}


@differs("A new kind of object in a required union is kept as a dictionary; upstream raises.")
def test_required_properties_have_no_unset(models: Any) -> None:
    hints = models.RequiredUnions.__annotations__
    assert parts(hints["shape"]) == {"Circle", "Square", "dict[str, Any]"}
    assert (hints["only_one"], models.RequiredEnum.__annotations__["word"]) == ("Circle", "Word")
    assert models.RequiredUnions.from_dict(
        {"shape": {"edges": 5}, "onlyOne": {"radius": "x"}}
    ).shape == {"edges": 5}


@differs("Enums are Literals (literal_enums), so x-enum-varnames has nothing to name.")
def test_enums_are_literals_of_their_values(models: Any) -> None:
    assert {*get_args(models.Word)} == {"up", "UP", "12", "1st", "two words", ""}
    assert {*get_args(models.Number)} == {6, 7, -8}


@differs("Each property has a docstring of its own, which editors show, not an Attributes section.")
def test_descriptions_are_docstrings(api: Any, models: Any) -> None:
    assert models.Book.__doc__ == "Something to read."
    source = Path(api["models"].__file__).with_name("book.py").read_text()
    assert '    book_title: str\n    """What the cover says."""\n' in source
    assert '    sub_title: str | Unset = UNSET\n    """What is below it."""\n' in source


def sections(function: Any) -> dict[str, list[str]]:
    blocks = [block.strip().splitlines() for block in function.__doc__.split("\n\n")]
    return {lines[0].strip(): [line.strip() for line in lines[1:]] for lines in blocks}


def test_operations_are_documented(api: Any) -> None:
    read, replace = sections(api["read_book"].sync), sections(api["replace_book"].sync)
    assert "Read one book of a shelf." in read
    assert read["Args:"] == [
        "shelf (str): Where it stands.",
        "book (str):",
        "page (int | Unset): Where to open it.",
    ]
    assert read["Returns:"] == ["Book, or None."]
    assert replace["Returns:"] == ["Book | Loan, or None."]
    assert replace["Args:"][-1] == "body (Book | Unset): Something to read."


@pytest.mark.parametrize(
    ("shelf", "book", "path"),
    [
        ("s1", "b2", "/shelves/s1/books/b2"),
        ("a/b", "c?d=e&f", "/shelves/a%2Fb/books/c%3Fd%3De%26f"),
        ("two words", "x y", "/shelves/two%20words/books/x%20y"),
        ("a#1", "#", "/shelves/a%231/books/%23"),
    ],
)
def test_values_in_paths_are_escaped(api: Any, shelf: str, book: str, path: str) -> None:
    seen: list[bytes] = []

    def reply(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json={"bookTitle": "a", "isbn": "b"})

    transport = httpx.MockTransport(reply)
    client = api["client"].Client(base_url="http://127.0.0.1", httpx_args={"transport": transport})
    assert api["read_book"].sync(shelf, book, client=client).isbn == "b"
    assert seen == [path.encode()]


def refusal(folder: Path, text: str, name: str = "spec.yaml") -> str:
    """What generation says about a document; it writes nothing."""
    (folder / name).write_text(text)
    with pytest.raises(SpecError) as error:
        generate(folder / name, folder / "package")
    assert not (folder / "package").exists()
    return str(error.value)


def with_schemas(schemas: Any) -> str:
    head = {"openapi": "3.1.0", "info": {"title": "Bad", "version": "1"}, "paths": {}}
    return json.dumps({**head, "components": {"schemas": schemas}})


@differs("A faulty schema stops generation; upstream warns and leaves the schema out.")
@pytest.mark.parametrize("name", REFUSALS)
def test_a_faulty_schema_is_refused(tmp_path: Path, name: str) -> None:
    case = REFUSALS[name]
    with pytest.raises(AssertionError, match=case["message"]):
        raise AssertionError(refusal(tmp_path, with_schemas(case["schemas"])))


@differs("Defaults must fit their schema: no text for a number, though upstream converts '4' to 4.")
@pytest.mark.parametrize(
    ("schema", "default"),
    [("boolean", "maybe"), ("boolean", "True"), ("integer", "x"), ("integer", "4")]
    + [("integer", True), ("number", "x"), ("number", "5.5"), ("number", True), ("string", 6)]
    + [(one, wrong) for one in ("date", "date-time", "uuid") for wrong in ("xxx", 3)],
)
def test_a_default_that_does_not_fit_is_refused(tmp_path: Path, schema: str, default: Any) -> None:
    is_format = schema in ("date", "date-time", "uuid")
    kind = {"type": "string", "format": schema} if is_format else {"type": schema}
    bad = {"type": "object", "properties": {"p": {**kind, "default": default}}}
    said = refusal(tmp_path, with_schemas({"Bad": bad}))
    assert f"Bad > properties > p > default: {default!r} is not " in said


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("spec.yaml", "just words", "not an OpenAPI document"),
        ("spec.json", "Invalid", "not an OpenAPI document"),
        ("spec.yaml", "{", "not YAML: "),
        ("spec.yaml", "info: { title: a, version: '1' }\npaths: {}", "it has no `openapi` version"),
        ("spec.yaml", "openapi: 3.1.0\ninfo: { version: '1' }\npaths: {}", "'title' is a required"),
        ("spec.yaml", "openapi: 3.1.0\ninfo: { title: a }\npaths: {}", "'version' is a required"),
        ("spec.yaml", "openapi: 3.1.0\ninfo: { title: a, version: '1' }", "'paths' is a required"),
        ("spec.yaml", "swagger: '2.0'\nopenapi: 3.1.0\npaths: {}", "Swagger 2.0, not OpenAPI 3"),
    ],
)
def test_what_is_no_openapi_document_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    assert message in refusal(tmp_path, text, name)
