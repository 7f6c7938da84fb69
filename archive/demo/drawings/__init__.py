"""Drawings that stand for the scans of the demonstration: charts from Natural Earth and typeset plates.

They show only what the record says, and each carries on itself that it is an illustration, not a scan.
"""

NOTE = {"vi": "Hình minh hoạ, không phải bản quét", "en": "Illustration, not a scan"}
