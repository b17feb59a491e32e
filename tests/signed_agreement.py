"""A short agreement ready to be signed, and what stands on its signature page."""

from functools import cache

from documents import clause, document, signature, table
from test_render_docx import rendered

from slacontracts.model.clause import Part

SIGNING = ("Signature page", "صفحة التوقيعات")


@cache
def execution_version() -> bytes:
    """Return the execution version of an agreement of a few pages."""
    numbered = document(
        clause("background", "Background", "#need The Customer needs the Services.",
               part=Part.BACKGROUND),
        clause("term", "Term", "# This Agreement lasts 36 months from 1 December 2026.",
               "# Either party may end it with 90 days' notice in writing.",
               "## by courier to the address CN-2204518; or",
               "##mail by e-mail to legal@contoso.example."),
        clause("availability", "Availability",
               "# The Services are available for at least 99.9% of each month.",
               "# The Provider shall not suspend the Services without notice.",
               *(f"# In matter {at} the Provider answers within {at} hours."
                 for at in range(11, 60))),
        clause("schedule-charges", "Charges",
               table("t", "Service|>Amount", "Hosting|EUR 4,500.00", "Backup|EUR 850.00",
                     *(f"Item {at}|EUR {at},000.00" for at in range(30))),
               "# Charges are due within 30 days.", part=Part.SCHEDULE),
        signatures=(signature(1, "provider", "Northwind Hosting Ltd", "Niamh Kelleher",
                              "Managing director"),
                    signature(2, "customer", "Contoso Retail LLC", "Omar Haddad", "CEO")),
    )  # fmt: skip
    return rendered(numbered, execution=True)
