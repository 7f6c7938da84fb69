"""Ways to publish other than clearance, by what they go through."""


def registry() -> tuple[dict, object]:
    """A table of ways by name, and the decorator that enters a function into it."""
    ways: dict = {}

    def way(function):
        ways[function.__name__.replace("_", " ")] = function
        return function

    return ways, way
