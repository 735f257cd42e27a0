"""A line -> the reason why it is page furniture of a saved web page or a forum, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.characters import ENDED, HAN
from align.model import Line

TIME = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?"
BACK, ONWARD = r"«|‹|<+|Prev(?:ious)?(?: page)?|上一[页頁]", r"»|›|>+|Next(?: page)?|下一[页頁]"
FURNITURE = (
    (
        "licence",
        r"[(（ ]*[\u4e00-\u9fff]?ICP[备備证證]\s?第?\s?\d{6,}号?.{0,12}|[(（ ]*.{0,2}公网安备\s?\d{8,}\s?号?.{0,4}",
    ),
    ("timing", r".{0,60}Processed in [\d.]+ second(?:\(s\)|s?, ?\d+ quer).{0,60}"),
    (
        "timing",
        rf"(?:All times are )?GMT ?[+-]\d{{1,2}}(?::?\d\d)?(?:[,，. ]+(?:{TIME}|(?:The )?time now is.{{0,30}}))?[ ,.]*",
    ),
    ("forum", r"Powered by (?:Discuz|phpwind|phpBB|vBulletin|WordPress).{0,40}|(?:Archiver|手机版)(?: ?\|.{0,60})?"),
    ("copyright", r"(?:©|Copyright (?:©|\([Cc]\)|\d{4})).{0,80}|版[权權]所有[^。]{0,30}"),
    (
        "page-number",
        r"[-–— ]*(?:Page )?\d{1,4} of \d{1,4}[-–— ]*|第\s?\d{1,4}\s?[页頁](?:[，,／/ ]*共\s?\d{1,4}\s?[页頁])?",
    ),
    (
        "pager",
        rf"(?:(?:{BACK})\s*)?(?:[\[(]?\d{{1,3}}[\])]?[\s|·]+){{2,}}(?:(?:…|\.{{3}})\s*\d{{1,4}}\s*)?(?:{ONWARD})"
        rf"|(?:{BACK})(?:[\s|·]+[\[(]?\d{{1,3}}[\])]?){{2,}}",
    ),
    ("breadcrumbs", r"(?:首[页頁]|主[页頁]|Home)\s*(?:>+|»|›|→|＞|/)\s*[^。.;；]{1,60}"),
    (
        "breadcrumbs",
        r"(?:您|你)?(?:现在|現在|当前|目前)?(?:的|所在)?位置\s?[是为為]?\s?[：:].{0,60}(?:>|»|›|→|＞).{1,60}"
        r"|You are here\s?:.{1,80}",
    ),
    ("editor", r"[\[(（【]?\s*(?:责任编辑|責任編輯|责编|責編|网络编辑|網絡編輯)\s*[：:]\s*[^。，；]{1,20}[\])）】]?"),
    ("editor", r"[\[(（【]\s*(?:Web |Responsible )?[Ee]ditors?\s?[:：]\s?[^.;]{2,40}[\])）】]"),
    (
        "counter",
        r"[\[(（【]?(?:浏览|瀏覽|阅读|閱讀|点击|點擊|查看)(?:次[数數]|量|[数數])?\s?[：:]\s?\d+\s?次?[\])）】]?",
    ),
    ("links", r"[\[(（【<«←]*\s*(?:上|下|前|后|後)一[篇条條页頁]\s*(?:[：:].{0,80})?[\])）】>»→]*"),
)
"""What a whole line looks like that is no text; a line that only holds such words stays."""
COMPILED = tuple((reason, re.compile(form)) for reason, form in FURNITURE)

SURE = (
    "打印本页 打印本文 打印此页 打印本頁 列印本頁 关闭窗口 關閉視窗 返回顶部 返回頂部 "
    "回到顶部 返回首页 返回列表 返回上一页 "
    "加入收藏 设为首页 設為首頁 收藏本页 收藏本文 分享到 分享至 复制链接 字体大小 字號大小 字体 "
    "字體 字号 字號 我要纠错 扫一扫 "
    "只看该作者 只看大图 倒序浏览 显示全部楼层 阅读模式 使用道具 电梯直达 发表回复 "
    "Print this page|Print this article|Back to top|Return to top|Top of page|Skip to main content|Skip to content|"
    "Skip navigation|Add to favorites|Add to favourites|Share this page|"
    "Share this article|Share this|Share on Facebook|"
    "Share on Twitter|Email this page|Email this article|Close this window|Close window|"
    "Font size|Text size|Print version"
)
"""Words of bars that no text consists of."""
WITH_OTHERS = (
    "打印 列印 关闭 關閉 收藏 分享 大 中 小 特大 较大 标准 默认 返回 上一页 下一页 上一頁 下一頁 "
    "上一篇 下一篇 微信 微博 新浪微博 "
    "腾讯微博 朋友圈 QQ空间 QQ QQ好友 人人网 纠错 投稿 评论 举报 回复 楼主 顶部 首页 繁體 繁体 简体 推荐 "
    "Print|Email|E-mail|Share|Tweet|Facebook|Twitter|LinkedIn|WeChat|Weibo|WhatsApp|Close|Save|Bookmark|Comments|"
    "Previous|Next|Top|Bottom|PDF|RSS|A|A+|A-"
)
"""Words that are a bar where several stand together."""


def _words(said: str) -> tuple[str, ...]:
    parts = [part for group in said.split("|") for part in (group.split() if not group.isascii() else [group.strip()])]
    return tuple(sorted(set(parts), key=lambda part: (-len(part), part)))


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in words)


BAR = re.compile(rf"(?P<sure>{_any(_words(SURE))})|(?P<other>{_any(_words(WITH_OTHERS))})", re.I)
BETWEEN = re.compile(r"[\s\[\]()（）【】〔〕|｜·•/：:，、_—-]*")
DRAWN = re.compile(r"[\[【|｜]|\s[/·•]\s")
"""How the words of a bar are set off where none of them is sure."""
ADDRESS = re.compile(
    r"(?:(?:Source|URL|Link|来源|來源|原文(?:链接|網址|网址|地址)?|网址|網址|链接)\s?[：:]\s?)?"
    r"[<(（]?(?:https?://|www\.)[!-~]+[>)）]?",
    re.I,
)
LEADS_ON = re.compile(rf"(?:[:：,，(（]|[a-z{HAN}])\s*$")
LONGEST = 200


def furniture(line: Line, before: Line | None = None, after: Line | None = None) -> str:
    """Why a line is no text, in one word; `before` and `after` are its neighbours."""
    text = line.text.strip()
    if len(text) > LONGEST:
        return ""
    reason = next((name for name, form in COMPILED if form.fullmatch(text)), "")
    if not reason and is_bar(text):
        return "bar"
    if not reason and ADDRESS.fullmatch(text) and not _is_cited(line, before, after):
        return "address"
    return reason


def is_bar(text: str) -> bool:
    """Whether a text consists of the words of a page's buttons alone."""
    sure = other = at = 0
    while at < len(text):
        at = BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty text too
        if at == len(text):
            break
        found = BAR.match(text, at)
        if not found or _goes_on(text, found.end()):
            return False
        sure += found.lastgroup == "sure"
        other += found.lastgroup == "other"
        at = found.end()
    return sure > 0 or (other > 1 and bool(DRAWN.search(text)) and other * 12 > len(text))


def _goes_on(text: str, at: int) -> bool:
    """Whether a Latin word does not end where a word of a bar ends."""
    return text[at - 1].isalpha() and text[at - 1].isascii() and text[at : at + 1].isalnum() and text[at].isascii()


def _is_cited(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether the address belongs to a sentence: what stands before it leads to it, or it goes on below."""
    if line.hint == "note":
        return True
    if before and re.search(r"[:：(（]\s*$", before.text):
        return True
    touches = before is not None and before.number + 1 == line.number and not line.after_blank
    if touches and before and LEADS_ON.search(before.text) and not ENDED.search(before.text.rstrip()):
        return True
    follows = after is not None and after.number == line.number + 1 and not after.after_blank
    return bool(follows and after and re.match(r"\s*[a-z),，。;；]", after.text))
