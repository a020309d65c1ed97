"""Words that say nothing of what a question is about: the stop-list before the office edits it."""

STOP_WORDS = frozenset(
    """
    的 了 是 在 和 与 或 及 等 吗 呢 么 吧 啊 呀 嘛 之 其 于 以 为 对 从 到 由 被 把 让
    给 向 就 都 也 又 还 再 很 太 更 最 这 那 此 该 我 你 您 他 她 它 我们 你们 他们 自己
    别人 这个 那个 这样 那样 这些 那些 什么 怎么 怎样 怎么样 怎么办 如何 为什么 为何 哪 哪些 哪个
    哪里 哪儿 谁 几 多少 多久 是否 能否 可否 能不能 可不可以 是不是 有没有 要不要 会不会 需不需要
    应该 应当 可以 能 能够 会 要 需要 想 请问 请 问 一下 一个 一些 有 没有 没 不 后 前 时 时候
    如果 但是 但 而 因为 所以 还是 或者 以及 关于 进行 上 下 中 里 内 去 来 做 说 着 过 地 得
    用
    """.split()
)
