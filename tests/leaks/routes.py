"""Every route of the project, found by walking the URL configuration."""

import re
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern


@dataclass(frozen=True)
class Route:
    """`name` with its namespaces ("archive_review:review"; "" when it has none), `pattern` below the host, the names
    of its parameters in order with how each is read ("int", "slug", "str", "path", "regex"), its view."""

    name: str
    pattern: str
    parameters: tuple[tuple[str, str], ...]
    view: object = field(compare=False, hash=False)

    @property
    def label(self) -> str:
        """What the table of audiences names it by: the name, or the pattern of what has no name."""
        return self.name or self.pattern

    @property
    def names_language(self) -> bool:
        """Whether the language stands in the address: below /vi/ and /en/, or as a parameter."""
        return "{lang}" in self.pattern

    def address(self, values: dict, lang: str = "vi") -> str:
        """The address with a value for each parameter; `lang` is the language's."""
        path = self.pattern.replace("{lang}", lang)
        for name, value in values.items():
            path = path.replace("{" + name + "}", str(value), 1)
        return "/" + path


def routes(resolver=None) -> list[Route]:
    """All routes, in the order in which Django asks them."""
    return list(_walk(resolver or get_resolver(), "", (), ()))


def _walk(resolver, prefix, parameters, spaces):
    for one in resolver.url_patterns:
        text, found = _plain(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _walk(one, prefix + text, parameters + found, inner)
        elif isinstance(one, URLPattern):
            name = ":".join((*spaces, one.name)) if one.name else ""
            yield Route(name, prefix + text, parameters + found, one.callback)


def _plain(pattern) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A pattern as text with {name} for each parameter, and the parameters."""
    if isinstance(pattern, LocalePrefixPattern):
        return "{lang}/", ()
    if isinstance(pattern, RoutePattern):
        text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern))
        found = [name for name in re.findall(r"\{(\w+)\}", text) if name != "lang"]
        return text, tuple((name, _kind(pattern.converters[name])) for name in found)
    return _plain_regex(pattern.regex)


def _kind(converter) -> str:
    return type(converter).__name__.removesuffix("Converter").lower()


def _plain_regex(regex) -> tuple[str, tuple[tuple[str, str], ...]]:
    names = {number: name for name, number in regex.groupindex.items()}
    text, found = regex.pattern.removeprefix("^").removesuffix("$"), []
    for number in range(1, regex.groups + 1):
        name = names.get(number, f"group{number}")
        text = _without_group(text, name)
        found.append((name, "regex"))
    return text.replace("\\.", ".").replace(".*", ""), tuple(found)


def _without_group(text: str, name: str) -> str:
    """Put {name} in place of the first capturing group."""
    start = next(i for i, char in enumerate(text) if char == "(" and (text[i + 1] != "?" or text[i + 2] == "P"))
    depth, end = 0, start
    for end in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if not depth:
            break
    return text[:start] + "{" + name + "}" + text[end + 1 :]
