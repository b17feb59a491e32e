"""`python -m benchmarks` in; every measurement of the product out, beside its goals."""

import argparse
import os
import platform
from importlib.metadata import version
from time import perf_counter

from benchmarks.commands import report_commands
from benchmarks.comparing import report_comparing
from benchmarks.negotiating import report_negotiating
from benchmarks.redlines import report_redlines
from benchmarks.registering import report_registering
from benchmarks.registry import report_registry
from benchmarks.report import Report
from benchmarks.warm import has_isal, report_growth, report_rendering, report_road

PARTS = {
    "rendering": report_rendering,
    "road": report_road,
    "growth": report_growth,
    "commands": report_commands,
    "redlines": report_redlines,
    "comparing": report_comparing,
    "negotiating": report_negotiating,
    "registry": report_registry,
    "registering": report_registering,
}


def main() -> None:
    """Run the parts that are asked for, or all of them."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; else all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, 40 seconds")
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    started = perf_counter()
    isal = f", isal {version('isal')}" if has_isal() else ", without isal"
    print(
        f"slacontracts {version('slacontracts')} beside docxtpl {version('docxtpl')}; "
        f"Python {platform.python_version()}, {os.cpu_count()} processors{isal}"
    )
    _warn_of_company()
    report = Report()
    for name, part in PARTS.items():
        if not given.parts or name in given.parts:
            part(report, quick=given.quick)
    report.close()
    print(f"\nmeasured in {perf_counter() - started:.0f} seconds")


def _warn_of_company() -> None:
    """Say so where other programs keep the processors busy."""
    if hasattr(os, "getloadavg"):
        load, processors = os.getloadavg()[0], os.cpu_count() or 1
        if load > processors / 2:
            print(
                f"Other programs are at work here (load {load:.1f} on {processors} "
                "processors): ratios hold, times and starts are too long."
            )


if __name__ == "__main__":
    main()
