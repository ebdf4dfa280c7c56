"""What changed about a schema itself, leaving the schemas inside of it to schema_diff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from tools.openapi.document import mapping
from tools.specdiff.findings import became, changed, shown
from tools.specdiff.schemas import canonical, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.openapi.document import Document
    from tools.specdiff.changes import Level
    from tools.specdiff.schemas import Schema
    from tools.specdiff.steps import Pair, Step


@frozen
class Aspect:
    """One change of a schema: the rule without its family, what to say, and the keyword."""

    rule: str
    text: str
    keyword: str
    level: Level | None = None


# Keyword, name in the rules, name in the text, value that it has when it is absent.
_LIMITS = (
    ("minLength", "min-length", "minimum length", 0),
    ("maxLength", "max-length", "maximum length", None),
    ("minItems", "min-items", "minimum number of items", None),
    ("maxItems", "max-items", "maximum number of items", None),
    ("minProperties", "min-properties", "minimum number of properties", None),
    ("maxProperties", "max-properties", "maximum number of properties", None),
    ("minContains", "min-contains", "minimum number of matching items", 1),
    ("maxContains", "max-contains", "maximum number of matching items", None),
)
_ZERO_IS_NONE = frozenset({"minItems", "minProperties"})


BOUNDS = frozenset(
    {keyword for keyword, *_ in _LIMITS}
    | {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum"}
)


def aspects(pair: Pair, before: Document, after: Document) -> Iterator[Step]:
    """Every change of a keyword that holds no schemas, types apart."""
    for aspect in _aspects(pair.base, pair.revision):
        yield pair.step(aspect.rule, aspect.text, aspect.keyword, aspect.level)
    for aspect in _discriminator(pair, before, after):
        yield pair.step(aspect.rule, aspect.text, aspect.keyword)


def _aspects(base: Schema, revision: Schema) -> Iterator[Aspect]:
    yield from _null(base, revision)
    yield from _values(base, revision)
    yield from _range(base, revision, "min", "minimum", "exclusiveMinimum")
    yield from _range(base, revision, "max", "maximum", "exclusiveMaximum")
    for keyword, rule, noun, absent in _LIMITS:
        before, after = (_limit(schema, keyword, absent) for schema in (base, revision))
        yield from _bound(rule, noun, keyword, before, after)
    yield from _pattern(base, revision)
    yield from _multiple(base, revision)
    yield from _default(base, revision)
    yield from _flags(base, revision)
    yield from _content(base, revision)
    yield from _dependent_required(base, revision)


def _null(base: Schema, revision: Schema) -> Iterator[Aspect]:
    if revision.nullable and not base.nullable:
        yield Aspect("became-nullable", "null allowed", "type")
    elif base.nullable and not revision.nullable:
        yield Aspect("became-not-nullable", "null no longer allowed", "type")


def _values(base: Schema, revision: Schema) -> Iterator[Aspect]:
    old, new = base.values, revision.values
    if old is None and new is None:
        return
    keyword = "const" if "const" in revision.keywords else "enum"
    if old is None or new is None:
        present = revision if old is None else base
        rule = "added" if old is None else "removed"
        listed = ", ".join(shown(value) for value in present.values or ())
        if "const" in present.keywords:
            yield Aspect(f"const-{rule}", f"constant {listed} {rule}", keyword)
        elif present.is_open:
            yield Aspect(f"open-enum-{rule}", f"open enum {rule}: {listed}", keyword)
        elif old is None:
            yield Aspect("became-enum", f"restricted to the values {listed}", keyword)
        else:
            yield Aspect("enum-removed", f"no longer restricted to the values {listed}", "enum")
        return
    if "const" in base.keywords and "const" in revision.keywords:
        if canonical(old) != canonical(new):
            yield Aspect("const-changed", changed("constant", old[0], new[0]), keyword)
        return
    if base.is_open != revision.is_open:
        state = "open" if revision.is_open else "closed"
        said = "any other text is allowed" if revision.is_open else "no other text is allowed"
        yield Aspect(f"enum-became-{state}", f"the enum became {state}: {said}", keyword)
    kind = "open" if revision.is_open else "closed"
    mild: Level | None = "info" if base.is_open or revision.is_open else None
    if base.nullable != revision.nullable or base.is_open != revision.is_open:
        # Whether null is allowed is told by itself.
        old, new = ([v for v in values if v is not None] for values in (old, new))
    before, after = ({canonical(v): v for v in values} for values in (old, new))
    for text in sorted(after.keys() - before.keys()):
        said = f"value {shown_plain(after[text])} added to the {kind} enum"
        yield Aspect("enum-value-added", said, keyword, mild)
    for text in sorted(before.keys() - after.keys()):
        said = f"value {shown_plain(before[text])} removed from the {kind} enum"
        yield Aspect("enum-value-removed", said, keyword, mild)


def shown_plain(value: Any) -> str:
    """A value of an enum; words go without quotes."""
    is_word = isinstance(value, str) and value.replace("-", "_").isidentifier()
    return str(value) if is_word else shown(value)


def _limit(schema: Schema, keyword: str, absent: int | None) -> Any:
    value = schema.keywords.get(keyword)
    if keyword in _ZERO_IS_NONE and value == 0:
        return None
    return absent if value is None else value


def _range(
    base: Schema, revision: Schema, rule: str, inclusive: str, exclusive: str
) -> Iterator[Aspect]:
    """Compare the one bound that counts, whether or not it is allowed itself."""
    before, was_strict = _effective(base, inclusive, exclusive)
    after, is_strict = _effective(revision, inclusive, exclusive)
    keyword = exclusive if is_strict else inclusive
    if is_number(before) and before == after and was_strict != is_strict:
        tighter = "increased" if rule == "min" else "decreased"
        looser = "decreased" if rule == "min" else "increased"
        said = f"{inclusive} {shown(after)} itself {'no longer' if is_strict else 'is'} allowed"
        yield Aspect(f"exclusive-{rule}-{tighter if is_strict else looser}", said, keyword)
        return
    strict = is_strict if after is not None else was_strict
    name = f"exclusive-{rule}" if strict else rule
    noun = f"exclusive {inclusive}" if strict else inclusive
    yield from _bound(name, noun, keyword, before, after)


def _effective(schema: Schema, inclusive: str, exclusive: str) -> tuple[Any, bool]:
    """The bound that counts, and whether it is not allowed itself."""
    bound, strict = schema.keywords.get(inclusive), schema.keywords.get(exclusive)
    if strict is None:
        return bound, False
    if bound is None:
        return strict, True
    if not is_number(bound) or not is_number(strict):
        return bound, False
    is_strict = strict >= bound if inclusive == "minimum" else strict <= bound
    return (strict if is_strict else bound), is_strict


def _bound(rule: str, noun: str, keyword: str, before: Any, after: Any) -> Iterator[Aspect]:
    if before is after or canonical(before) == canonical(after):
        return
    if not all(value is None or is_number(value) for value in (before, after)):
        return  # nonsense, which is told as unclassified
    if rule == "max-contains" and (before is None or after is None):
        end = "increased" if after is None else "decreased"
    elif before is None:
        end = "set"
    elif after is None:
        end = "unset"
    else:
        end = "increased" if after > before else "decreased"
    if before is None:
        said = f"{noun} set to {shown(after)}"
    elif after is None:
        said = f"{noun} {shown(before)} removed"
    else:
        said = f"{noun} {'raised' if after > before else 'lowered'} from {before} to {after}"
    yield Aspect(f"{rule}-{end}", said, keyword)


def _pattern(base: Schema, revision: Schema) -> Iterator[Aspect]:
    before, after = base.keywords.get("pattern"), revision.keywords.get("pattern")
    if before == after:
        return
    end = "added" if before is None else "removed" if after is None else "changed"
    if end == "changed" and after in (".*", "^.*$"):
        end = "generalized"
    yield Aspect(f"pattern-{end}", became("pattern", before, after), "pattern")


def _multiple(base: Schema, revision: Schema) -> Iterator[Aspect]:
    before, after = base.keywords.get("multipleOf"), revision.keywords.get("multipleOf")
    if before is after or canonical(before) == canonical(after):
        return
    if before is None or after is None:
        end = "added" if before is None else "removed"
    else:
        end = "changed"
        if is_number(before) and is_number(after) and before > 0 and after > 0:
            wider = abs(before / after - round(before / after)) < 1e-9
            narrower = abs(after / before - round(after / before)) < 1e-9
            end = "generalized" if wider else "specialized" if narrower else "changed"
    yield Aspect(f"multiple-of-{end}", became("multiple of", before, after), "multipleOf")


def _default(base: Schema, revision: Schema) -> Iterator[Aspect]:
    has, had = "default" in revision.keywords, "default" in base.keywords
    before, after = base.keywords.get("default"), revision.keywords.get("default")
    if has and had and canonical(before) != canonical(after):
        yield Aspect("default-value-changed", changed("default", before, after), "default")
    elif has and not had:
        yield Aspect("default-value-added", f"default {shown(after)} added", "default")
    elif had and not has:
        yield Aspect("default-value-removed", f"default {shown(before)} removed", "default")


def _flags(base: Schema, revision: Schema) -> Iterator[Aspect]:
    was, now = (bool(schema.keywords.get("uniqueItems")) for schema in (base, revision))
    if was != now:
        end, said = ("set", "must differ") if now else ("unset", "may repeat")
        yield Aspect(f"unique-items-{end}", f"items {said}", "uniqueItems")
    was, now = (bool(schema.keywords.get("deprecated")) for schema in (base, revision))
    sunset = next((n.value for n in revision.notes if n.keyword == "x-sunset"), None)
    if now and not was and sunset:
        yield Aspect("deprecated-with-sunset", f"deprecated, to end on {sunset}", "deprecated")
    elif was != now:
        rule = "deprecated" if now else "reactivated"
        yield Aspect(rule, "deprecated" if now else "no longer deprecated", "deprecated")


def _content(base: Schema, revision: Schema) -> Iterator[Aspect]:
    for keyword, rule, noun in (
        ("contentMediaType", "content-media-type-changed", "media type of the text"),
        ("contentEncoding", "content-encoding-changed", "encoding of the text"),
    ):
        before, after = base.keywords.get(keyword), revision.keywords.get(keyword)
        if before is not after and canonical(before) != canonical(after):
            yield Aspect(rule, became(noun, before, after), keyword)


def _dependent_required(base: Schema, revision: Schema) -> Iterator[Aspect]:
    keyword = "dependentRequired"
    old, new = (mapping(schema.keywords.get(keyword)) for schema in (base, revision))
    for name in sorted(old.keys() | new.keys()):
        before, after = (_names(names.get(name)) for names in (old, new))
        if before == after:
            continue
        if name not in old or name not in new:
            end = "added" if name not in old else "removed"
            said = f"requirement {end}: with {name} also {', '.join(before or after)}"
        else:
            end = "changed"
            said = changed(f"what must be there with {name}", before, after)
        yield Aspect(f"dependent-required-{end}", said, keyword)


def _names(value: Any) -> list[str]:
    return sorted({str(name) for name in value}) if isinstance(value, list) else []


def _discriminator(pair: Pair, base: Document, revision: Document) -> Iterator[Aspect]:
    keyword = "discriminator"
    old, new = (mapping(schema.keywords.get(keyword)) for schema in (pair.base, pair.revision))
    if not old or not new:
        if bool(old) != bool(new):
            end, present = ("added", new) if new else ("removed", old)
            said = f"discriminator {shown(present.get('propertyName'))} {end}"
            yield Aspect(f"discriminator-{end}", said, keyword)
        return
    before, after = old.get("propertyName"), new.get("propertyName")
    if canonical(before) != canonical(after):
        said = changed("discriminator", before, after)
        yield Aspect("discriminator-property-name-changed", said, keyword)
    was, now = mapping(old.get("mapping")), mapping(new.get("mapping"))
    for value in sorted(now.keys() - was.keys()):
        said = f"discriminator value {value} added for {now[value]}"
        yield Aspect("discriminator-mapping-added", said, keyword)
    for value in sorted(was.keys() - now.keys()):
        said = f"discriminator value {value} removed for {was[value]}"
        yield Aspect("discriminator-mapping-deleted", said, keyword)
    for value in sorted(was.keys() & now.keys()):
        one, other = (_reference(values[value]) for values in (was, now))
        # Where the one is gone and the other is new, the component was renamed.
        if one != other and (revision.has(one) or base.has(other)):
            said = changed(f"schema of discriminator value {value}", was[value], now[value])
            yield Aspect("discriminator-mapping-changed", said, keyword)


def _reference(value: Any) -> str:
    """A discriminator names a schema by its reference, or by its name alone."""
    return value if str(value).startswith("#") else f"#/components/schemas/{value}"
