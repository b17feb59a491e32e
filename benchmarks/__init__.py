"""How fast slacontracts is, measured beside docxtpl with the same content."""
