"""Our changes and a file that came back in; ours, tracked on top of theirs, out."""
