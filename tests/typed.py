"""What a registrar types at the desk: a paper rendered, signed, and registered."""

from pathlib import Path

from click.testing import Result
from conftest import Run

OLD_PAPER = """\
title: Hosting Agreement of 2024
parties:
  provider: {legal_name: Northwind Hosting Ltd, country: IE, notices: {email: legal@northwind.example}}
  customer:
    legal_name: Woodgrove Bank
    country: AE
    address: 1 Bank Street, Dubai
    notices: {email: legal@woodgrove.example, attention: the Head of Legal}
effective: {on: 2024-01-01}
term: {initial: P36M, renewal: automatic, renewal_period: P12M, notice: P30D}
notices_rules: {ways: [courier, email], courier_days: "2", closes: "17:00"}
"""
OLD = "SLA-2024-0001"


def sign(
    run: Run,
    agreement_id: str,
    folder: Path,
    *,
    amendment: int = 0,
    on: str = "2026-11-23",
) -> Result:
    """Render what is to be signed, and register it as signed by both parties."""
    paper = folder / f"{agreement_id}-signed-{amendment}.docx"
    kind = ("--as", "amendment") if amendment else ()
    run("render", agreement_id, *kind, "--execution", "-o", str(paper))
    days = (f"--signed-on={role}={on}" for role in ("provider", "customer"))
    return run("register", agreement_id, "--signed", str(paper), *days)


def file_old_paper(
    run: Run, folder: Path, facts: str = OLD_PAPER, agreement_id: str = OLD
) -> Result:
    """File paper that was not drafted here, with its facts."""
    paper, stated = folder / f"{agreement_id}.pdf", folder / f"{agreement_id}.yaml"
    paper.write_bytes(f"%PDF-1.4 {agreement_id}".encode())
    stated.write_text(facts, encoding="utf-8")
    files = ("--foreign", str(paper), "--facts", str(stated))
    return run("register", agreement_id, *files, "--signed-on", "customer=2023-12-01")


def handed_in(folder: Path, name: str, data: bytes) -> str:
    """Write a file that is handed in, and return how it is typed."""
    (folder / name).write_bytes(data)
    return str(folder / name)


def signed_on(*days: str) -> list[str]:
    """Return the options that say who signed, and when."""
    return [f"--signed-on={day}" for day in days]
