"""Motifs of the demonstration's pictures: ball games, papers, silhouettes, a chart."""

from itertools import pairwise

from PIL import ImageFont

from structure.demo_sketch import DEEP, HEIGHT, NAVY, SCALE, SUN, WHITE, WIDTH, around, mixed, motif


@motif("tabletennis", "乒乓球", "蓝色乒乓球台的一角，台上有球网，一只红色球拍和一个白球。")
def tabletennis(s):
    s.box(0, 0, WIDTH, HEIGHT, mixed(s.light[0], WHITE, 0.35))
    s.box(0, 640, WIDTH, HEIGHT, mixed(s.clay, WHITE, 0.55))
    s.area((130, 560), (1250, 470), (1580, 760), (260, 930), fill=NAVY)
    s.area((260, 930), (1580, 760), (1580, 792), (262, 966), fill=DEEP)
    for a, b in (((130, 560), (1250, 470)), ((1250, 470), (1580, 760)), ((1580, 760), (260, 930)),
                 ((260, 930), (130, 560)), ((190, 735), (1405, 606))):  # fmt: skip
        s.stroke(a, b, fill=WHITE, width=8)
    s.area((655, 420), (865, 780), (865, 850), (655, 520), fill=mixed(WHITE, NAVY, 0.28))
    for x in range(9):
        a = (655 + x * 26, 424 + x * 45)
        s.stroke(a, (a[0], a[1] + 88 - x * 2), fill=mixed(WHITE, NAVY, 0.5), width=2)
    s.stroke((655, 420), (865, 780), fill=WHITE, width=12)
    x, y = 1130 + s.chance.randint(-40, 60), 330
    s.stroke((x + 90, y + 130), (x + 190, y + 272), fill="#b98b5a", width=54)
    s.disc(x, y, 172, DEEP)
    s.disc(x - 8, y - 8, 166, "#d14a37")
    s.disc(x - 50, y - 60, 66, "#da6350")
    s.disc(430 + s.chance.randint(-60, 60), 300, 56, WHITE)
    s.disc(425, 690, 46, mixed(NAVY, "#000000", 0.2), flat=0.3)


@motif("football", "足球", "绿色足球场上两名踢球的人，前方有一只黑白相间的足球，后面是球门。")
def football(s):
    s.sky()
    s.hills(500, 120, s.light[3])
    for band in range(9):
        top = 500 + band * band * 8
        colour = s.grass if band % 2 else mixed(s.grass, WHITE, 0.13)
        s.box(0, top, WIDTH, HEIGHT, colour)
    s.stroke((0, 620), (WIDTH, 620), fill=WHITE, width=7)
    for line in range(0, 441, 40):
        s.stroke((580 + line, 400), (580 + line, 612), fill=mixed(WHITE, s.grass, 0.35), width=2)
    for line in range(400, 612, 40):
        s.stroke((580, line), (1020, line), fill=mixed(WHITE, s.grass, 0.35), width=2)
    s.stroke((580, 618), (580, 400), (1020, 400), (1020, 618), fill=WHITE, width=13)
    s.person(420, 960, 430, s.shirt(0), "kick")
    s.person(1240, 880, 340, s.shirt(1), "run", facing=-1)
    x, y = 740 + s.chance.randint(-20, 60), 918
    s.disc(x, y + 66, 74, mixed(s.grass, DEEP, 0.35), flat=0.22)
    s.disc(x, y, 66, WHITE, DEEP, 3)
    s.area(*((x + a, y + b) for a, b in around(5, 24, -1.57)), fill=DEEP)
    for (a, b), (c, d) in zip(around(5, 24, -1.57), around(5, 62, -1.57), strict=True):
        s.stroke((x + a, y + b), (x + c, y + d), fill=DEEP, width=4)


@motif("badminton", "羽毛球", "绿色球场上一只白色羽毛球，后面是球网和一名挥拍的人。")
def badminton(s):
    s.box(0, 0, WIDTH, 560, mixed(s.light[0], NAVY, 0.12))
    s.box(0, 560, WIDTH, HEIGHT, mixed("#3f8f7c", s.light[1], 0.1))
    for x0, x1 in ((560, -100), (800, 800), (1040, 1700)):
        s.area((x0 - 3, 560), (x0 + 3, 560), (x1 + 12, HEIGHT), (x1 - 12, HEIGHT), fill=WHITE)
    s.stroke((0, 800), (WIDTH, 800), fill=WHITE, width=9)
    s.box(0, 330, WIDTH, 560, mixed(s.light[0], NAVY, 0.2))
    for x in range(0, WIDTH, 34):
        s.stroke((x, 330), (x, 560), fill=mixed(s.light[0], NAVY, 0.36), width=2)
    for y in range(330, 560, 34):
        s.stroke((0, y), (WIDTH, y), fill=mixed(s.light[0], NAVY, 0.36), width=2)
    s.box(0, 318, WIDTH, 344, WHITE)
    s.person(1120, 960, 520, s.shirt(0), "hit", facing=-1)
    rx, ry = 954, 430
    s.stroke((rx, ry), (rx - 80, ry - 120), fill=DEEP, width=12)
    s.disc(rx - 122, ry - 186, 82, outline=NAVY, width=12)
    x, y = 430 + s.chance.randint(-60, 60), 560
    for dx, dy in ((-110, -250), (-50, -272), (10, -278), (70, -268), (126, -240)):
        s.area((x - 12, y), (x + 18, y + 4), (x + dx + 30, y + dy), (x + dx - 26, y + dy - 10),
               fill=WHITE if dx % 20 else "#e9eef1")  # fmt: skip
    s.stroke((x - 58, y - 130), (x + 72, y - 124), fill=mixed(NAVY, WHITE, 0.5), width=6)
    s.disc(x + 2, y + 16, 54, "#f1e3c8")
    s.box(x - 54, y - 8, x + 58, y + 14, SUN, 10)


@motif("basketball", "篮球", "室外篮球场，一个篮球架，球正飞向篮筐，一人举起双手。")
def basketball(s):
    s.sky()
    s.hills(620, 170, s.light[2])
    s.hills(660, 80, s.light[3], 140)
    s.box(0, 680, WIDTH, HEIGHT, s.clay)
    s.area((300, 820), (1300, 820), (1560, HEIGHT), (40, HEIGHT), fill=mixed(NAVY, WHITE, 0.12))
    s.stroke((300, 820), (1300, 820), fill=WHITE, width=8)
    s.stroke((1220, 860), (1220, 300), (1130, 250), fill=mixed(DEEP, WHITE, 0.15), width=26)
    s.box(900, 120, 1180, 330, WHITE, 8, NAVY, 10)
    s.box(985, 210, 1095, 296, None, 0, "#d9573f", 7)
    s.disc(1040, 330, 76, outline="#d9573f", width=12, flat=0.26)
    for line in range(-3, 4):
        s.stroke((1040 + line * 23, 344), (1040 + line * 13, 440), fill=WHITE, width=4)
    x, y = 760 + s.chance.randint(-50, 30), 230
    s.disc(x, y, 62, "#d9813f", DEEP, 4)
    s.stroke((x - 60, y), (x + 60, y), fill=DEEP, width=4)
    s.stroke((x, y - 60), (x, y + 60), fill=DEEP, width=4)
    s.person(520, 985, 470, s.shirt(0), "arms")


@motif("papers", "文件与笔", "浅色桌面上放着几页文件、一支钢笔和一副眼镜。")
def papers(s):
    s.box(0, 0, WIDTH, HEIGHT, mixed(s.light[0], "#e9dfce", 0.6))
    s.area((0, 0), (520, 0), (0, 400), fill=mixed(s.light[1], WHITE, 0.3))
    for x, y, lean in ((330, 150, 30), (520, 120, -34), (640, 190, 12)):
        s.area((x + 12, y + 16), (x + 592, y + 16 + lean), (x + 572 - lean, y + 786 + lean),
               (x - lean, y + 776), fill="#b9b4a6")  # fmt: skip
        s.area((x, y), (x + 580, y + lean), (x + 560 - lean, y + 770 + lean), (x - 12 - lean,
               y + 760), fill=WHITE)  # fmt: skip
    s.stroke((740, 290), (1120, 296), fill="#c8453a", width=20)
    for line in range(9):
        end = 1150 if line % 3 else 980
        s.stroke((710 - line * 1.2, 390 + line * 54), (end, 394 + line * 54),
                 fill=mixed(NAVY, WHITE, 0.72), width=11)  # fmt: skip
    s.stroke((1250, 880), (1440, 500), fill=NAVY, width=34)
    s.stroke((1250, 880), (1222, 936), fill=SUN, width=14)
    s.stroke((1440, 500), (1462, 456), fill=SUN, width=36)
    for x in (170, 352):
        s.disc(x, 860, 82, outline=DEEP, width=11)
    s.stroke((252, 850), (270, 850), fill=DEEP, width=11)


@motif("portrait", "人物剪影", "人物照片占位图：浅色背景上的人物剪影，不是真人照片。")
def portrait(s):
    s.box(0, 0, WIDTH, HEIGHT, mixed(s.light[0], NAVY, 0.08 + 0.06 * (s.variant % 3)))
    s.disc(800, 470, 620, mixed(s.light[0], WHITE, 0.45))
    body = mixed(NAVY, s.light[3], 0.22)
    s.box(450, 720, 1150, 1400, body, 260)
    s.area((740, 700), (860, 700), (830, 860), (800, 900), (770, 860), fill=WHITE)
    s.box(735, 590, 865, 760, mixed(body, WHITE, 0.4), 50)
    s.disc(800, 440, 190, mixed(body, WHITE, 0.48), flat=1.14)
    s.pen.chord([v * SCALE for v in (600, 214, 1000, 560)], 180, 360, fill=mixed(body, DEEP, 0.5))


@motif("chart", "流程图", "流程图：五个编号的方框自左至右、自上而下以箭头相连，内容见流程说明。")
def chart(s):
    s.box(0, 0, WIDTH, HEIGHT, WHITE)
    font = ImageFont.load_default(110 * SCALE)
    places = [(300, 320), (800, 320), (1300, 320), (1300, 760), (800, 760)]
    for (x, y), (to_x, to_y) in pairwise(places):
        s.stroke((x, y), (to_x, to_y), fill=mixed(NAVY, WHITE, 0.3), width=12)
    for (x, y), angle in (((586, 320), 0), ((1086, 320), 0), ((1300, 596), 1), ((1014, 760), 2)):
        tips = ([(0, -28), (44, 0), (0, 28)], [(-28, 0), (0, 44), (28, 0)],
                [(0, -28), (-44, 0), (0, 28)])[angle]  # fmt: skip
        s.area(*((x + a, y + b) for a, b in tips), fill=mixed(NAVY, WHITE, 0.3))
    for number, (x, y) in enumerate(places, 1):
        s.box(x - 170, y - 120, x + 170, y + 120, mixed(NAVY, WHITE, 0.9), 26, NAVY, 10)
        s.pen.text((x * SCALE, y * SCALE), str(number), NAVY, font, anchor="mm")
