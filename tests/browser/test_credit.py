"""双公示 in the browser: a sheet with errors is mended, brought in, reviewed, found, withdrawn."""

import openpyxl
from django.utils.timezone import localdate

CODE = "91230500MA1B3N1N2M"
BUREAU = "11230500001755309F"
NAME, NUMBER = "浏览器测试冰雪有限公司", "浏测体许〔2026〕1号"
LIST, IMPORTS = "/admin/credit/licences/", "/admin/records/imports/?importer=credit_licence"
HEADINGS = {
    "行政相对人名称": NAME, "行政相对人类别": "法人及非法人组织", "统一社会信用代码": CODE,
    "法定代表人": "测试人", "行政许可决定文书名称": "准予行政许可决定书",
    "行政许可决定文书号": NUMBER, "许可类别": "普通", "许可证书名称": "滑雪场经营许可证",
    "许可内容": "准予经营滑雪项目", "许可决定日期": localdate().strftime("%Y年%m月%d日"),
    "有效期自": localdate().isoformat(), "有效期至": "长期", "许可机关": "浏览器测试局",
    "许可机关统一社会信用代码": BUREAU, "当前状态": 1, "数据来源单位": "浏览器测试局",
    "数据来源单位统一社会信用代码": BUREAU,
}  # fmt: skip


def sheet(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def row(number, **changes):
    return list({**HEADINGS, "行政许可决定文书号": number, **changes}.values())


def upload(page, portal, path):
    page.goto(portal.url + IMPORTS)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("待确认").wait_for()


def test_from_the_sheet_to_the_note_of_its_withdrawal(portal, sign_in, visit, tmp_path):
    officer = sign_in("qunti-xinxi")
    wrong = [
        row(NUMBER, 统一社会信用代码=f"{CODE[:-1]}A"),
        row("浏测体许〔2026〕2号", 有效期至="2016/9/1"),
        row("浏测体许〔2026〕3号", 许可内容=None),
    ]
    upload(officer, portal, sheet(tmp_path / "许可.xlsx", [list(HEADINGS), *wrong]))
    for told in ("校验码不符", "早于", "必填"):
        assert told in officer.locator("main").inner_text()
    with officer.expect_download() as saved:
        officer.get_by_role("link", name="下载错误行").click()
    saved.value.save_as(tmp_path / "错误行.xlsx")
    book = openpyxl.load_workbook(tmp_path / "错误行.xlsx")
    rows = [list(line) for line in book.active.values]
    at = rows[0].index
    rows[1][at("行政相对人代码_1（统一社会信用代码）")] = CODE
    rows[2][at("有效期至")] = "2030.9.1"
    rows[3][at("许可内容")] = "准予经营滑冰项目"
    upload(officer, portal, sheet(tmp_path / "改正.xlsx", rows))
    officer.get_by_role("button", name="确认导入").click()
    officer.get_by_text("已导入：新增 3 行").wait_for()
    officer.goto(f"{portal.url}/admin/credit/licence/submit/")
    officer.get_by_role("button", name="所选送审").click()
    officer.locator(".messages .success", has_text="已送审").wait_for()

    reviewer = sign_in("qunti-shenhe")
    reviewer.goto(f"{portal.url}/admin/credit/licence/review/")
    for box in reviewer.locator("input[name=chosen]").all():
        box.check()
    reviewer.get_by_role("button", name="批准所选").click()
    reviewer.locator(".messages .success", has_text="已批准").wait_for()

    citizen = visit(f"/credit/licences/?q={CODE}")
    assert NAME in citizen.locator("main").inner_text()
    citizen = visit(f"/search/?q={NAME}")
    citizen.get_by_role("link", name=NUMBER).first.click()
    citizen.wait_for_load_state()
    assert "准予经营滑雪项目" in citizen.locator("main").inner_text()
    assert not citizen.complaints
    address = citizen.url

    officer.goto(f"{portal.url}{LIST}?q={NUMBER}")
    officer.get_by_role("link", name=NUMBER).first.click()
    officer.locator("summary", has_text="撤下").click()
    officer.locator("#withdraw_reason").fill("决定已被撤销")
    officer.locator("#withdraw_note").fill("浏览器测试：该决定已依法撤销。")
    officer.get_by_role("button", name="撤下").click()
    officer.locator(".messages .success", has_text="已撤下").wait_for()
    answer = citizen.goto(address)
    assert answer.status == 200
    assert "该决定已依法撤销" in citizen.locator("main").inner_text()
    assert NAME not in citizen.content()
    officer.get_by_role("link", name="历史记录").click()
    told = officer.locator("main").inner_text()
    for words in ("从表格导入", "送审", "批准", "审核通过，公示", "决定已被撤销"):
        assert words in told
