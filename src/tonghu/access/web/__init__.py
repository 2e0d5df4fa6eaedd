"""Access as the browser meets it: who is here, what each address demands, sign-in."""
