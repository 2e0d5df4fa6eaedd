"""The children as the browser meets them: the list, the file, the short forms."""
