"""`python -m slacontracts` in, the same as the command `slacontracts` out."""

from slacontracts.cli import main

main()
