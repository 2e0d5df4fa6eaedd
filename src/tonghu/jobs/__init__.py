"""Long work in the background: progress, result, error, retry, expiry."""
