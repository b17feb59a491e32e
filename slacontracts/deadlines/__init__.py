"""What the register knows of agreements in; states, dates and what is due out."""
