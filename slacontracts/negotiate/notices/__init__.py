"""A file that came back in; what a reader would overlook in it, told, out."""
