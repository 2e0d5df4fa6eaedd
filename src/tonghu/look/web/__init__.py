"""The look as the browser meets it: the style guide."""
