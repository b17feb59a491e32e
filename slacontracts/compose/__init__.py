"""From data and wording to a numbered document: levels, blanks, tables, numbers."""
