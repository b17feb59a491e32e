"""Service level agreements: drafted from clauses, compared, negotiated, registered."""

__version__ = "0.1.0"
