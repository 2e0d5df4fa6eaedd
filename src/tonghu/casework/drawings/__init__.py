"""Drawings of a child's people, made from data, for pages and for paper."""
