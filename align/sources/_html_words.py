"""An element's name and words, or a line of text -> what part of a web page it is, if none of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

STRONG = (
    ("breadcrumb", r"bread-?crumbs?\w*|crumbs?|dqwz|weizhi"),
    (
        "navigation",
        r"nav|(?:sub|main|top|side|left|right|foot)nav|nav(?:bar|igation|list|menu|item|wrap)\w*",
    ),
    ("navigation", r"\w*menu(?:s|bar|list|item)?|side-?(?:bar|nav)|skip(?:links?)?|daohang"),
    ("share", r"shar(?:e|es|ing)|(?:social|addthis|jiathis|b(?:d)?share)\w*|share(?:bar|box|list)|fenxiang"),
    ("pager", r"pager|paging|paginat(?:ion|or)|(?:display)?page(?:num|bar|nav|list|break)\w*|fenye"),
    ("advert", r"adverts?|advertis\w+|ads(?:bygoogle|ense)?|adv|guanggao"),
    ("related", r"related(?:news|posts?|links?|articles?)?|recommend\w*|xgxw|xglj|tuijian"),
    ("comments", r"comments|disqus\w*|respond"),
    ("footer", r"footer|copy-?right|banquan|catlinks|printfooter|friend-?links?|link-?box"),
    ("form", r"login|signin|newsletter|subscribe|search(?:box|bar|form|nav)|cookies?|modal|popup"),
)
"""Words of a class or an id that name what is no text, wherever it stands."""
WEAK = (
    ("header", r"head(?:er)?|top(?:bar)?|banner|logo|masthead"),
    ("footer", r"foot|bottom|links?|friend|dibu"),
    ("navigation", r"side|aside|left|right|tabs?|location|position|tags?|toc|lang\w*|hot|rank\w*|list\d*|widgets?"),
    ("form", r"search|tools?|toolbar|print|qr-?code|ewm|font|zoom|mobile|app|weixin|wechat"),
    ("imprint", r"info|meta|byline|date|time|pubtime|source|laiyuan|author|editor|dateline"),
)
"""Words that name it outside the article, or around a short line at its edge."""
ROLES = {
    **dict.fromkeys(("navigation", "menu", "menubar", "tablist"), "navigation"),
    **{"banner": "header", "contentinfo": "footer", "complementary": "aside", "search": "form"},
    **{"toolbar": "form", "dialog": "hidden", "alertdialog": "hidden", "doc-toc": "contents"},
}
TAGS = {"nav": "navigation", "footer": "footer", "aside": "aside", "form": "form", "menu": "form", "header": "header"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
TOKEN = re.compile(r"[A-Z]?[a-z]+\d*|[A-Z]+(?![a-z])\d*")


def _any(forms: str) -> str:
    """One expression from alternatives, one on a line."""
    return "|".join(form.strip() for form in forms.strip().splitlines())


INTERFACE = _any(
    r"""
    (?:打印|列印)(?:本[页頁]|此[页頁]|本文)?
    友善列印
    [关關][闭閉](?:窗口|本[页頁]|[视視]窗)
    返回(?:[顶頂]部|首[页頁]|列表|上一?[页頁])
    回(?:首|上)[页頁]|回[页頁]首|回上一?[页頁]
    按\s?enter.{0,12}|跳[到至]主要?[内內]容.{0,4}|网站导航|網站導覽
    (?:expand|collapse|show|hide) all
    分享[到至給给]?|收藏(?:本[页頁]|此[页頁])?
    我要[纠糾][错錯]|字[体體号號]
    首[页頁]|[末尾][页頁]|上一?[篇页頁则則]|下一?[篇页頁则則]
    (?<![\u4e00-\u9fff])[大中小](?![\u4e00-\u9fff])
    朋友圈|微信|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?
    print(?:[ -]friendly)?(?: (?:this )?(?:page|article|version))?
    close(?: (?:this )?window)?
    share(?: this)?(?: page| article)?|share (?:on|via) \w+
    tweet|e-?mail(?: this)?|facebook|twitter|linkedin|whatsapp|wechat|weibo|pinterest|reddit
    back to (?:the )?top|top of (?:the )?page
    previous(?: page)?|prev|next(?: page)?|first(?: page)?|last(?: page)?
    skip to (?:the )?(?:main )?(?:content|navigation)
    text size|font size|bookmark|download pdf|copy link|scan the qr code
    """
)
ANYWHERE = (
    ("interface", r"[:：]{3}"),
    ("interface", rf"[\s\W_]*(?:(?:{INTERFACE})[\s\W_]+)*(?:{INTERFACE})[\s\W_]*"),
    (
        "pager",
        r"(?:上一|下一)[篇页頁则則条條]\s*[:：»›>].{0,120}"
        r"|(?:previous|next)(?: (?:article|page|post|story))?\s*[:：»›>].{0,120}",
    ),
    (
        "copyright",
        r"(?:©|\(c\)\s|copyright\s*(?:©|\(c\)|\d{4})).{0,400}|版[权權]所有.{0,200}"
        r"|.{0,120}\ball rights reserved\b.{0,200}",
    ),
    ("licence", r".{0,60}(?:ICP[备備证證]\s?第?\s?\d{6,}号?|公网安备\s?\d+|网站标识码).{0,120}"),
    (
        "imprint",
        r"[\[【(（]?\s*(?:责任编辑|責任編輯|责编|網頁編輯|网络编辑)\s*[:： ].{0,40}"
        r"|[\[(]\s*(?:web )?editors?\s*:.{0,60}[\])]"
        r"|[\[【(（]?\s*字[体體号號]\s*[:：].{0,30}"
        r"|(?:浏览|瀏覽|點閱|点击|點擊|访问|阅读)(?:次[数數]|人次|量|率|[数數])\s*[:：].{0,20}",
    ),
    (
        "share",
        r"扫一扫.{0,40}|(?:share this|share (?:on|to|via))\b.{0,40}|分享到\s*[:：].{0,40}",
    ),
    (
        "breadcrumb",
        r"(?:您|你)?(?:现在|目前|现)?的?(?:所在)?(?:的)?(?:位置|所在位置)\s*[:：].{0,120}"
        r"|(?:当前|當前|目前)(?:位置|所在)\s*[:：].{0,120}|you are here\b.{0,120}",
    ),
)
"""Whole lines that are no text wherever they stand."""
DATE = _any(
    r"""
    \d{4}\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}\s?日?)?
    \d{1,2}[-/.]\d{1,2}[-/.]\d{4}
    [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}
    \d{1,2} [A-Z][a-z]{2,8}\.? \d{4}
    """
)
ORIGIN = _any(
    r"""
    来源|來源|source|文章来源|信息来源|稿源|作者
    发布(?:时间|日期|机构|单位)?|發[布佈](?:時間|日期)?|发文时间
    更新(?:时间|日期)?|最後更新|编辑|編輯
    """
)
EDGE = (
    (
        "imprint",
        r"(?:last )?(?:updated|modified|published|posted|released)(?: on| at)?\s*[:：]?\s*.{0,6}\d.{0,60}"
        r"|(?:web )?editors?\s*[:：].{0,60}",
    ),
    ("imprint", rf"(?:(?:{DATE})\s*)?(?:\d\d?:\d\d(?::\d\d)?\s*)?(?:{ORIGIN})\s*[:：].{{0,120}}"),
    ("imprint", rf"(?:{DATE})\s+\d{{1,2}}:\d{{2}}.{{0,60}}"),
    (
        "footer",
        r"(?:(?:主办|承办|主管|协办)(?:单位)?|技术支持|运行维护|建设维护|地址|邮编|电话|联系电话|传真)\s*[:：].{0,200}"
        r"|(?:address|tel(?:ephone)?|fax)\s*[:：].{0,200}|建议使用.{0,100}|this (?:web)?site .{0,160}",
    ),
    (
        "footer",
        r"(?:privacy policy|terms of use|contact us|site ?map|disclaimer|accessibility|联系我们|网站地图|网站声明"
        r"|關於我們|隱私權政策|[\s|·•/])+",
    ),
    (
        "related",
        r"(?:related|相关|相關)\W{0,3}|tags?\s*[:：].{0,120}|(?:filed under|categories|topics)\s*[:：].{0,120}",
    ),
)
"""Whole lines that are none at the edge of the article or outside it."""
RELATED_FORMS = _any(
    r"""
    related (?:articles?|news|documents?|links?|stor(?:y|ies)|content|posts?|topics?|reading|pages?)
    more from .{1,40}|more (?:news|stories)
    you (?:may|might) (?:also|like).{0,20}
    (?:latest|recent|top|hot|popular) (?:news|stories|articles|posts|headlines)
    most (?:read|viewed|popular)
    leave a (?:reply|comment)|comments(?: \(\d+\))?
    share this .{0,20}|recommended.{0,20}
    相[关關](?:[链鏈][接結结]|文章|新[闻聞]|[阅閱][读讀]|[报報][道導]|文[档檔]|稿件|解读|信息|内容|推荐)
    (?:延伸|推荐)阅读|热点(?:新闻|推荐)|最新(?:消息|文章|新闻)|[热熱][门門](?:文章|新闻)
    [档檔]案下[載载]|附件下[载載]|相[关關](?:附件|[档檔]案)|更多.{0,8}|网友评论|发表评论|友情链接
    """
)
RELATED = re.compile(rf"\W*(?:{RELATED_FORMS})\W*", re.I)
PAGER_FORMS = _any(
    r"""
    \d{1,3}(?!\d)
    [\s<>«»‹›|…\[\]【】.,·←→\-/()（）]
    page|of|next|prev(?:ious)?|first|last|all
    上一?[页頁]|下一?[页頁]|首[页頁]|[末尾][页頁]|第|共|[页頁]|全文
    """
)
PAGER = re.compile(rf"(?:{PAGER_FORMS})+", re.I)
PAGE_NUMBER = re.compile(r"\d|next|prev|下|上", re.I)
METADATA = re.compile(r"索\s*引\s*[号號]\s*[:：]?\s*|(?:法[规規]名[称稱]|(?:law )?title)\s*[:：]\s*", re.I)
"""What the first cell of a table about the page, above the document, says."""
ITEM = re.compile(
    r"\s*(?:第\s*[\d〇零一二三四五六七八九十百千]+(?:\s*[-－之]\s*[\d一二三四五六七八九十]+)?\s*[條条章節节編编款項项]"
    r"|(?:article|art\.|section|chapter|part|rule|regulation|paragraph|§)\s*[\dIVXLC]+(?:-\d+)?[A-Z]?\.?|\d{1,3}[.、)])\s*",
    re.I,
)
"""The number of an article on a line of its own, which a law's page may link."""
ATTACHMENT = re.compile(r"\W*(?:附[件录錄图圖表]|annex|appendix|attachment|schedule|enclosure|exhibit)", re.I)
LEGAL = re.compile(
    r"通过|通過|公布|修正|修订|施行|发布第|adopted|promulgat|effective|enact|amend|come into|signed|issued"
    r"|[〔［\[（(]\d{4}[〕］\])）]|\d\s?[号號]",
    re.I,
)
COMPILED = {
    "anywhere": tuple((reason, re.compile(form, re.I)) for reason, form in ANYWHERE),
    "edge": tuple((reason, re.compile(form, re.I)) for reason, form in EDGE),
}
STRONG_WORDS = tuple((reason, re.compile(form)) for reason, form in STRONG)
WEAK_WORDS = tuple((reason, re.compile(form)) for reason, form in WEAK)


def named(attributes: Mapping[str, str], weak: bool = False) -> str:
    """What the class and the id of an element say it is, if that is no text."""
    if not attributes:
        return ""
    words = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    forms = WEAK_WORDS if weak else STRONG_WORDS
    for token in dict.fromkeys(part for word in words for part in _tokens(word)):
        for reason, form in forms:
            if form.fullmatch(token):
                return reason
    return ""


def _tokens(word: str) -> Iterator[str]:
    yield re.sub(r"[-_]", "-", word.lower())
    yield from (part.lower() for part in TOKEN.findall(word))


def part_of_page(tag: str, attributes: Mapping[str, str]) -> str:
    """What an element's name, role and state say it is, if that is no text."""
    if not attributes:
        return TAGS.get(tag, "")
    if "hidden" in attributes or HIDDEN.search(attributes.get("style", "")) or attributes.get("aria-hidden") == "true":
        return "hidden"
    return ROLES.get(attributes.get("role", "").lower(), "") or TAGS.get(tag, "")


def line_reason(text: str, edge: bool = False) -> str:
    """Why a whole line is no text, by its wording."""
    line = text.strip()
    if len(line) > 500:
        return ""
    forms = COMPILED["anywhere"] + (COMPILED["edge"] if edge else ())
    return next((reason for reason, form in forms if form.fullmatch(line)), "")
