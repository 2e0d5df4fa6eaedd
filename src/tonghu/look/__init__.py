"""The look: shell, components, icons, the one stylesheet. Knows no domain."""
