"""Resumable uploads after the tus protocol 1.0 (https://tus.io/protocols/resumable-upload).

protocol.py reads and writes headers, store.py keeps part and row, intake.py makes a scan of what is whole,
views.py are the addresses below /admin/scans/files/. docs/uploads.md says why it is ours.
"""
