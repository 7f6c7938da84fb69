"""IIIF Presentation 3.0 and Content Search 2.0, built from edition documents alone."""
