"""Changes and the anchors of what was sent in; drafts of proposals out."""
