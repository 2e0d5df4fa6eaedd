"""Rendering to PDF (Typst), Word and Excel; knows no domain."""
