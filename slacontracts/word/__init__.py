"""WordprocessingML and zip packages; nothing here knows of contracts."""
