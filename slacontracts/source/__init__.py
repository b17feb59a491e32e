"""Source text in, typed models out, and back again: YAML files and clause wording."""
