"""The process that reads masters: a damaged or malicious file can cost one child, never a worker or a web process.

It knows no Django, no database and no secrets. `python -m media.child ORDER` does one act (see __main__) and says JSON
lines: {"percent": n} while it works, then {"done": {…}} or {"error": code, "detail": "…"}.
"""
