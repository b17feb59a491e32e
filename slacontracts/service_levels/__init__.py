"""Arithmetic of service levels: what a service costs, and what it promises."""
