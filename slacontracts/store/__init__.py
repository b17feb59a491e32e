"""Workspace, versions, cache and LibreOffice; nothing here knows how to draft."""
