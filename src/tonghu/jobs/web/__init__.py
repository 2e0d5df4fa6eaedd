"""Long work as the browser meets it."""
