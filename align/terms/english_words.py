"""English words that neither begin nor end a term, that a term may hold, and that no Chinese word answers."""

from __future__ import annotations

import re

BREAKS = frozenset('.,;:!?()[]{}"“”‘/—–|•…<>=+*#@^~`')
LINKS = frozenset("of for with on in and the to 's ’s - &".split())
"""What may stand inside a name."""
INSIDE = frozenset("of for with to - 's ’s".split())
"""What may stand inside a term."""
FUNCTION = frozenset(
    """a an the this that these those each every any all some no none other another such same own both either neither
    of in on at by for with without from to into onto upon about above below under over between among amongst through
    throughout during within against across along around behind beside besides beyond near since until till than per
    via as if or and but nor so yet not because although though while whereas when where which who whom whose what how
    why whether there here then thus hence therefore however moreover furthermore otherwise accordingly
    i me my we us our you your he him his she her it its they them their himself herself itself themselves one ones
    is are was were be been being am do does did done doing have has had having can could may might must shall should
    will would ought cannot let
    also later only even just very too quite rather much many few several various certain respective
    respectively well still already again once twice further including include includes included excluding concerning
    regarding pursuant according provided following foregoing aforementioned aforesaid abovementioned mentioned said
    relevant related corresponding applicable appropriate necessary different particular specific similar
    next last previous preceding former latter more most less
    hereof thereof herein therein hereby thereby thereto hereto hereunder thereunder etc e g ie eg vs
    due subject able likely unable entitled
    hundred thousand million billion trillion dozen
    up down out off back away ago now ever never always often sometimes usually almost nearly about
    number kind sort type way lot example instance case thing form level manner extent degree basis aspect part respect
    regard order accordance compliance consequence addition result circumstance matter content view
    article articles paragraph paragraphs subparagraph subparagraphs item items section chapter clause
    clauses""".split()
)
"""Words that neither begin nor end a term."""
MODALS = frozenset("to shall will may must should can could would might not cannot".split())
RELATIONS = frozenset(
    "purpose mean event time date amount scope range majority rest lack use type category violation".split()
)
"""Words that with `of` behind them only lead to a term."""
CAPITALISED = frozenset("new first second third fourth fifth more other one article".split())
"""Words that begin a name where they have a capital, and no term."""
ADVERBS = re.compile(r"[a-z]{3,}ly")
NOUNS_IN_LY = frozenset("assembly family supply monopoly anomaly early elderly italy july daily reply ally".split())
ADJECTIVE = ("al", "ive", "able", "ible", "ous", "ful", "ic", "ary", "ed", "less", "ent", "ant", "ory")
"""How words end that are adjectives as a rule."""
DETERMINERS = frozenset("the a an this these those its their his her our any each every such no".split())
NOT_ALIGNED = frozenset(
    """the a an of in on at by for with from to into as if or and but nor so not which who whom whose that this these
    those it its their his her they them he she we our you your there is are was were be been being am do does did
    have has had having can could may might must shall should will would such any each s""".split()
)
"""Words that a Chinese word hardly answers."""
CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday percent""".split()
)
"""Single words that are dates."""
