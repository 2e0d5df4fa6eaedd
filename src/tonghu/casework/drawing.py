"""Where a goal stands, as a bar of five steps or of ten; the words beside it say the same."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.casework.constants import Scale
from tonghu.casework.models import GoalRating
from tonghu.casework.plans import Standing

WORDS = {
    -2: gettext_lazy("much less than hoped"),
    -1: gettext_lazy("a little less than hoped"),
    0: gettext_lazy("as hoped"),
    1: gettext_lazy("better than hoped"),
    2: gettext_lazy("much better than hoped"),
}


def stands_at(standing: Standing) -> str:
    """Return in words where a goal stands."""
    if standing.is_gas:
        return str(WORDS[standing.level])
    said = {"level": standing.level, "target": standing.goal.target}
    return _("%(level)s of 10, hoped %(target)s") % said


def level_in_words(rating: GoalRating) -> str:
    """Return in words what a rating says."""
    return str(WORDS[rating.level] if rating.goal.scale == Scale.GAS else rating.level)


def goal_bar(standing: Standing) -> SafeString:
    """Draw where a goal stands; the upright line marks what was agreed."""
    parts = _of_five(standing.level) if standing.is_gas else _of_ten(standing)
    says = escape(f"{standing.goal.words}: {stands_at(standing)}")
    return mark_safe(  # noqa: S308 -- numbers, and words that were escaped
        f'<svg class="goal-bar" width="100%" height="18" role="img" aria-label="{says}">'
        f"{''.join(parts)}</svg>"
    )


def _of_five(level: int) -> list[str]:
    place = level + 2
    looks = ["here" if i == place else "past" if i < place else "ahead" for i in range(5)]
    steps = [_step(20 * i, 19.2, look) for i, look in enumerate(looks)]
    return [*steps, _upright(49.6)]


def _of_ten(standing: Standing) -> list[str]:
    share = standing.level * 10
    return [_step(0, 100, "ahead"), _step(0, share, "here"), _upright(standing.goal.target * 9.96)]


def _step(x: float, width: float, look: str) -> str:
    return (
        f'<rect class="{look}" x="{x:.1f}%" y="4" width="{width:.1f}%" height="10" rx="2"></rect>'
    )


def _upright(x: float) -> str:
    return f'<line class="hoped" x1="{x:.1f}%" x2="{x:.1f}%" y1="0" y2="18"></line>'
