"""Chinese words that neither begin nor end a term, that a term may hold, and that no English word answers."""

from __future__ import annotations

FUNCTION = frozenset(
    """
    的 了 着 著 过 過 和 与 與 或 或者 及 以及 并 並 并且 並且 而 而且 但 但是 且 则 則 即 若 如 如果 因 因为
    因為 因此 由于 由於 所以 虽 雖 虽然 雖然 在 对 對 对于 對於 为 為 为了 為了 于 於 以 由 从 從 自 向 往 按
    按照 依 依照 依据 依據 根据 根據 通过 通過 经 經 经过 經過 就 将 將 把 被 使 让 讓 给 給 跟 同 应 應 应当
    應當 应该 應該 须 須 必须 必須 得 可 可以 能 能够 能夠 会 會 要 需 需要 不 不得 不能 没 沒 没有 沒有 未 无
    無 非 勿 是 有 具有 等 等等 其 其他 其它 它 他 她 我 你 我们 我們 他们 他們 它们 它們 这 這 那 该 該 此 本
    各 每 某 某些 一些 任何 所有 所 之 者 到 至 上 下 中 内 內 外 时 時 后 後 前 间 間 里 裡 里面 之间 之間 以上
    以下 以内 以內 以外 之后 之後 之前 个 個 种 種 项 項 款 条 條 次 件 名 位 份 些 一 二 三 四 五 六 七 八 九
    十 两 兩 一个 一個 一种 一種 第一 第二 第三 也 又 还 還 都 只 再 更 最 很 较 較 已 已经 已經 曾 正 正在 便
    才 仍 尤其 特别 特別 特别是 分别 分別 如何 何 什么 什麼 吗 嗎 呢 吧 包括 包含 例如 比如 关于 關於 有关 有關
    相关 相關 相应 相應 上述 下列 前款 前项 前項 各种 各種 各项 各項 各级 進行 进行 作出 予以 加以 以便 情形
    情况 情況 方面 来 來 去 地 并非 除 除了 当 當 规定 規定 第
    """.split()
)
"""Words that neither begin nor end a term."""
INNER = frozenset("的 和 与 與 及 之 · - 间 間 中 对 對 于 於 为 為 以 不 者 非 无 無".split())
"""Function words and marks that may stand inside a term."""
NOT_ALIGNED = frozenset(
    "的 了 着 著 和 与 與 或 及 以及 并 並 而 在 于 於 以 由 之 所 将 將 把 被 是 其 等 、 得".split()
)


BEGIN = frozenset("最 不 可 自 非 无 無 未 外 本 中 内 內 前 第".split())
END = frozenset("者 会 會 所 地 权 中 条 條 件".split())
"""Function words that begin or end a term all the same where they are part of a word."""
SUFFIXES = frozenset("性 化 者 式 型 度 率 们 們".split())
"""What only ends a word."""
