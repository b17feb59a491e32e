"""One file for each thing a person does; only here do stages and store meet."""
