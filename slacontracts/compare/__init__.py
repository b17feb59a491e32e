"""Two composed agreements in; what differs, whom it favours, and its amendment out."""
