"""Motifs of the demonstration's pictures: outdoors, and the pool."""

from structure.demo_sketch import DEEP, HEIGHT, NAVY, SCALE, SUN, WHITE, WIDTH, mixed, motif


@motif("track", "田径跑道", "红色跑道伸向远处，两名跑步的人沿白色分道线前进，远处是山和太阳。")
def track(s):
    s.sky()
    s.hills(560, 150, s.light[2])
    s.hills(600, 70, s.light[3], 130)
    s.box(0, 600, WIDTH, HEIGHT, s.grass)
    far, near = 800 + s.chance.randint(-120, 120), 800
    s.area((far - 90, 600), (far + 90, 600), (near + 1050, HEIGHT), (near - 1050, HEIGHT),
           fill=s.clay)  # fmt: skip
    for lane in range(7):
        part = lane / 6
        x0, x1 = far - 84 + 168 * part, near - 980 + 1960 * part
        s.area((x0 - 1.5, 600), (x0 + 1.5, 600), (x1 + 9, HEIGHT), (x1 - 9, HEIGHT), fill=WHITE)
    s.person(610, 1000, 400, s.shirt(0))
    s.person(1010, 900, 290, s.shirt(1))


@motif("swim", "游泳池泳道", "从上方看的游泳池，红白相间的分道线之间有三名游泳者。")
def swim(s):
    s.box(0, 0, WIDTH, HEIGHT, "#3f93b8")
    for band in range(7):
        if band % 2:
            s.box(0, band * 160, WIDTH, band * 160 + 160, "#4a9dc1")
    for _ in range(46):
        x, y, w = s.chance.randint(0, WIDTH), s.chance.randint(0, HEIGHT), s.chance.randint(30, 90)
        s.stroke((x, y), (x + w, y + 6), (x + 2 * w, y), fill="#78bcd8", width=5)
    for rope in range(1, 7):
        y = rope * 160 - 26
        for bead in range(0, WIDTH, 40):
            s.box(bead, y - 8, bead + 36, y + 8, "#d9573f" if bead // 200 % 2 else WHITE, 8)
    for number, lane in enumerate((1, 3, 4)):
        x, y = 360 + s.chance.randint(0, 760), lane * 160 + 54
        s.stroke((x - 190, y + 30), (x - 330, y + 46), fill="#cfe8f2", width=26)
        s.stroke((x - 60, y), (x - 200, y + 16), fill="#e2b48f", width=26)
        s.stroke((x - 60, y), (x + 26, y - 2), fill=s.shirt(number), width=52)
        s.stroke((x + 20, y - 18), (x + 110, y - 46), (x + 176, y - 20), fill="#e2b48f", width=20)
        s.stroke((x + 10, y + 20), (x - 60, y + 44), fill="#e2b48f", width=18)
        s.disc(x + 76, y, 32, SUN if number % 2 else WHITE)


@motif("stadium", "体育场", "一座白色屋顶的体育场，四周立着灯架，前面是绿色的广场和树。")
def stadium(s):
    s.sky()
    s.hills(640, 190, s.light[2])
    for x in (250, 520, 1080, 1350):
        s.stroke((x, 760), (x, 330), fill=mixed(NAVY, WHITE, 0.25), width=10)
        s.box(x - 58, 288, x + 58, 346, mixed(NAVY, WHITE, 0.12), 8)
        for lamp in range(3):
            s.disc(x - 36 + lamp * 36, 317, 12, "#fff3d6")
    s.disc(800, 700, 620, mixed(NAVY, WHITE, 0.08), flat=0.36)
    s.disc(800, 640, 640, WHITE, flat=0.33)
    s.disc(800, 640, 560, mixed(NAVY, WHITE, 0.82), flat=0.28)
    s.disc(800, 660, 470, mixed(NAVY, WHITE, 0.3), flat=0.235)
    s.disc(800, 678, 410, s.clay, flat=0.19)
    s.disc(800, 684, 320, s.grass, flat=0.15)
    for rib in range(-8, 9):
        s.stroke((800 + rib * 74, 790 + 118 * (1 - abs(rib) / 8.4)), (800 + rib * 76, 676 + 60 *
                 (1 - abs(rib) / 8.4)), fill=mixed(NAVY, WHITE, 0.35), width=6)  # fmt: skip
    s.area((0, 860), (400, 905), (800, 920), (1200, 905), (WIDTH, 860), (WIDTH, HEIGHT),
           (0, HEIGHT), fill=s.grass)  # fmt: skip
    s.area((730, 915), (870, 915), (1060, HEIGHT), (540, HEIGHT), fill="#e5dcc8")
    for number in range(6):
        x = 90 + number * 110 if number < 3 else 880 + number * 118
        s.tree(x, 960 + s.chance.randint(0, 50), 120, mixed(s.grass, DEEP, 0.25))


@motif("cycling", "山地骑行", "层层青山之间一条弯道，两名戴头盔的人骑自行车前行。")
def cycling(s):
    s.sky()
    s.hills(560, 260, s.light[2], 260)
    s.hills(660, 200, s.light[3], 180)
    s.hills(760, 130, mixed(s.grass, NAVY, 0.25), 150)
    s.area((0, 840), (600, 800), (WIDTH, 850), (WIDTH, HEIGHT), (0, HEIGHT), fill=s.grass)
    s.area((0, 900), (700, 868), (WIDTH, 920), (WIDTH, 1010), (700, 968), (0, 1010),
           fill="#6b7680")  # fmt: skip
    for x in range(40, WIDTH, 160):
        s.stroke((x, 950 - abs(800 - x) / 40), (x + 80, 950 - abs(800 - x - 80) / 40),
                 fill="#f1e9d4", width=7)  # fmt: skip
    for number, x in enumerate((520, 1010)):
        foot, frame = 958, s.shirt(number + 1)
        for wheel in (-98, 98):
            s.disc(x + wheel, foot - 66, 66, outline=DEEP, width=9)
            s.disc(x + wheel, foot - 66, 8, DEEP)
        points = [(x - 98, foot - 66), (x - 36, foot - 158), (x + 72, foot - 158),
                  (x + 98, foot - 66)]  # fmt: skip
        s.stroke(*points, fill=frame, width=11)
        s.stroke((x - 36, foot - 158), (x, foot - 66), (x + 72, foot - 158), fill=frame, width=11)
        s.stroke((x + 72, foot - 158), (x + 70, foot - 196), (x + 100, foot - 200), fill=DEEP,
                 width=10)  # fmt: skip
        s.person(x - 34, foot - 40, 330, s.shirt(number + 2), "ride")
        s.pen.chord([((x - 34 + v) * SCALE) if i % 2 == 0 else (v * SCALE) for i, v in enumerate(
                    (-2, foot - 392, 72, foot - 316))], 170, 370, fill=SUN)  # fmt: skip


@motif("dragonboat", "龙舟", "江面上两条龙舟并行，桨手一齐划桨，岸边是青山。")
def dragonboat(s):
    s.sky()
    s.hills(520, 200, s.light[2])
    s.hills(560, 90, s.light[3], 140)
    s.box(0, 555, WIDTH, HEIGHT, mixed("#3f8fb0", s.light[1], 0.15))
    for _ in range(60):
        x, y = s.chance.randint(0, WIDTH), s.chance.randint(580, HEIGHT)
        w = 20 + (y - 560) / 6
        s.stroke((x, y), (x + w, y + 4), (x + 2 * w, y), fill="#7ab8d1", width=4)
    for number, (x, y, k) in enumerate(((380, 690, 0.8), (250, 900, 1.12))):
        hull = (SUN, "#c8453a")[(number + s.variant) % 2]
        for seat in range(7):
            px = x + (150 + seat * 92) * k
            s.person(px, y + 86 * k, 210 * k, s.shirt(number), "row")
            s.stroke((px + 44 * k, y - 46 * k), (px + 96 * k, y + 70 * k), fill="#7a5a38", width=8)
        s.area((x, y - 46 * k), (x + 40 * k, y - 20 * k), (x + 850 * k, y - 16 * k),
               (x + 930 * k, y - 66 * k), (x + 880 * k, y + 44 * k), (x + 90 * k, y + 48 * k),
               fill=hull)  # fmt: skip
        s.stroke((x + 70 * k, y + 6 * k), (x + 870 * k, y + 6 * k), fill=WHITE, width=7 * k)
        hx, hy = x + 935 * k, y - 92 * k
        s.stroke((hx - 28 * k, hy + 64 * k), (hx, hy), (hx + 66 * k, hy + 8 * k), fill=hull,
                 width=46 * k)  # fmt: skip
        s.stroke((hx - 6 * k, hy - 18 * k), (hx - 44 * k, hy - 66 * k), fill=SUN, width=9 * k)
        s.stroke((hx + 14 * k, hy - 20 * k), (hx - 8 * k, hy - 76 * k), fill=SUN, width=9 * k)
        s.disc(hx + 20 * k, hy - 6 * k, 8 * k, WHITE)
        s.disc(hx + 21 * k, hy - 6 * k, 4 * k, DEEP)


@motif("walking", "绿道健步走", "河边绿道上三个人健步走，路旁有树，远处是楼房。")
def walking(s):
    s.sky()
    for number in range(14):
        x, h = number * 122 - 20, 90 + s.chance.randint(0, 170)
        s.box(x, 560 - h, x + 84, 620, s.light[2])
    s.hills(640, 90, s.light[3], 150)
    s.box(0, 630, WIDTH, 720, mixed("#4f9dbd", s.light[1], 0.3))
    s.area((0, 720), (WIDTH, 690), (WIDTH, HEIGHT), (0, HEIGHT), fill=s.grass)
    s.area((0, 860), (WIDTH, 800), (WIDTH, 960), (0, 1030), fill="#c96f52")
    s.stroke((0, 945), (WIDTH, 880), fill="#e5b29c", width=6)
    for number in range(6):
        s.tree(110 + number * 290, 790 - number * 9, 150, mixed(s.grass, DEEP, 0.2))
    for number, x in enumerate((430, 770, 1090)):
        s.person(x, 968 - (x - 430) / 16, 330 - number * 10, s.shirt(number), "walk")


@motif("exercise", "广场健身", "清晨的广场上，四个人排成一行舒展双臂做健身操。")
def exercise(s):
    s.sky()
    s.hills(600, 190, s.light[2])
    s.hills(650, 90, s.light[3], 150)
    for number in range(9):
        s.tree(60 + number * 190, 700, 140, mixed(s.grass, DEEP, 0.18))
    s.box(0, 690, WIDTH, HEIGHT, "#e7ddca")
    for x in range(-800, 2400, 160):
        s.stroke((800 + (x - 800) * 0.5, 690), (x, HEIGHT), fill="#d8cbb3", width=4)
    for y in (740, 820, 940):
        s.stroke((0, y), (WIDTH, y), fill="#d8cbb3", width=4)
    pose = ("tai", "arms", "tai")[s.variant % 3]
    for number in range(4):
        s.disc(300 + number * 335, 985, 95, "#cfc1a8", flat=0.16)
        s.person(300 + number * 335, 980, 400, s.shirt(number), pose)
