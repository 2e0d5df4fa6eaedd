"""What stands on one file of the demonstration: pictures that this program has drawn itself."""

import datetime as dt
import io
import wave

from PIL import Image, ImageDraw, ImageFont

from tonghu.access.actors import Actor
from tonghu.attachments.constants import AttachmentKind
from tonghu.attachments.examining import examine
from tonghu.attachments.operations import add_attachment
from tonghu.documents.glyphs import FACES
from tonghu.kernel import clock
from tonghu.people.models import Child
from tonghu.people.policy import PAPERS

REPORT = (
    "期末成绩单",
    "语文　　92",
    "数学　　88",
    "英语　　90",
    "老师评语：",
    "上课爱举手，爱帮助同学。",
)
SKY, HILL, FIELD, WALL, ROOF = "#cfe3ef", "#8fb8a0", "#b9cf9a", "#efe6d2", "#a85f45"


def put_papers_on(child: Child, by: Actor, at: dt.datetime) -> None:
    """Add what a child has drawn, a school report and a recording to the file.

    No photo: what each family agreed to is not entered here.
    """
    today = clock.day(at)
    for days, title, shows, content in (
        (60, "期末成绩单", AttachmentKind.SCAN, _report()),
        (9, "小海画的奶奶家", AttachmentKind.SCAN, _drawing()),
        (2, "给爸爸的话", AttachmentKind.PHOTO, _words()),
    ):
        add_attachment(
            kind_of_file=PAPERS.target_kind,
            target_id=child.pk,
            examined=examine(content, shows=shows),
            title=title,
            happened_on=today - dt.timedelta(days=days),
            by=by,
            at=at,
        )


def _drawing() -> bytes:
    picture = Image.new("RGB", (960, 720), SKY)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-200, 300, 620, 900), fill=HILL)
    draw.ellipse((420, 340, 1240, 960), fill="#7aa78d")
    draw.rectangle((0, 560, 960, 720), fill=FIELD)
    draw.rectangle((330, 400, 700, 620), fill=WALL)
    draw.polygon(((290, 410), (515, 280), (740, 410)), fill=ROOF)
    draw.rectangle((470, 490, 560, 620), fill="#7d5a43")
    draw.rectangle((370, 470, 430, 530), fill="#9fc3d4")
    draw.rectangle((600, 470, 660, 530), fill="#9fc3d4")
    return _png(picture)


def _report() -> bytes:
    picture = Image.new("RGB", (720, 960), "#fdfcf8")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(REPORT):
        size = 52 if number == 0 else 36
        face = ImageFont.truetype(str(FACES / "NotoSansSC-Regular.ttf"), size)
        draw.text((90, 90 + number * 110), line, fill="#1f2a2a", font=face)
        draw.line((90, 170 + number * 110, 630, 170 + number * 110), fill="#cfcabd", width=2)
    return _png(picture)


def _words() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(4000)
        sound.writeframes(bytes([128]) * 4000 * 3)
    return written.getvalue()


def _png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
