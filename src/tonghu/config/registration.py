"""What the outermost floor signs up for: the checks of an unsafe configuration."""

from tonghu.config import checks  # noqa: F401 -- registers them
