"""Figures beside their goals, and how times are taken."""

import statistics
import time


class Report:
    """Lines of figures, and whether all goals were met."""

    def __init__(self):
        self.missed = 0

    def line(self, name: str, figure: float, goal: float, detail: str, at_least: bool = False) -> None:
        met = figure >= goal if at_least else figure <= goal
        self.missed += not met
        bound = "at least" if at_least else "at most"
        print(
            f"  {name:42} {figure:6.2f}   goal {bound} {goal:.1f}: {'met' if met else 'NOT MET'}   ({detail})",
            flush=True,
        )


def median(times) -> float:
    return statistics.median(times)


def p95(times) -> float:
    return statistics.quantiles(times, n=20)[-1]


def timed(calls: dict, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each call, round by round; two rounds warm up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 2):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if number >= 2:
                times[name].append((time.perf_counter() - started) * 1000)
    return times
