"""What was sent and what came back in; what changed between them, by place, out."""
