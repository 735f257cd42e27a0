"""Sentences of official style in both languages, written for the tests, and some that answer none of them."""

from __future__ import annotations

from functools import cache

PAIRS = tuple(
    (en, zh)
    for en, _, zh in (
        line.partition(" | ")
        for line in """\
The General Assembly opened its fifty-first session in Geneva on 12 March. | 大会第五十一届会议于3月12日在日内瓦开幕。
Fishermen along the northern coast received new boats from the government. | 北部沿海的渔民从政府得到了新船。
The ministry published a list of 340 medicines that hospitals must have. | 卫生部公布了医院必须备有的340种药品清单。
Two railway tunnels under the mountain will be finished before the winter. | 山下的两条铁路隧道将在冬季之前完工。
Exports of cotton rose by 18 percent in the first quarter. | 第一季度棉花出口增长了18%。
The court rejected the appeal of the shipping company. | 法院驳回了航运公司的上诉。
Every village school shall have at least one teacher of music. | 每所乡村学校应至少有一名音乐教师。
Farmers may borrow up to 5,000 yuan without any security. | 农民无需任何担保即可借款至多5000元。
The museum returned eleven bronze vessels to the temple. | 博物馆向寺庙归还了十一件青铜器。
Floods in July destroyed the bridges of three counties. | 7月的洪水冲毁了三个县的桥梁。
Scientists from both countries will study the glaciers together. | 两国科学家将共同研究冰川。
The price of electricity for factories was lowered twice last year. | 去年工厂用电价格两次下调。
No child under sixteen may work in a mine. | 未满十六岁的儿童不得在矿山工作。
The airport can now receive 25 million passengers a year. | 该机场目前每年可接待2500万名旅客。
Doctors warned that the fever was spreading among the soldiers. | 医生警告说，发烧正在士兵中蔓延。
A committee of nine judges will examine the new criminal law. | 由九名法官组成的委员会将审查新的刑法。
The prime minister thanked the nurses for their courage. | 总理感谢护士们的勇气。
Libraries should stay open in the evening. | 图书馆晚上应当开放。
The two banks agreed to share information about false invoices. | 两家银行同意共享有关虚假发票的信息。
Beijing and Washington extended the fisheries agreement until 2027. | 北京和华盛顿将渔业协定延长至2027年。
Wheat was planted on 60,000 hectares of former desert. | 在6万公顷昔日的沙漠上种植了小麦。
The satellite takes a photograph of the forest every six days. | 该卫星每六天拍摄一次森林照片。
Who will pay for the repair of the ancient city wall? | 古城墙的修缮费用由谁来承担？
Women made up 42 percent of the students of engineering. | 女性占工程专业学生的42%。
The embassy issued visas to all the athletes within one week. | 大使馆在一周之内向所有运动员发放了签证。
Coal stoves are forbidden in the old town from October. | 自10月起，老城区禁止使用煤炉。
The ambassador invited forty writers to a dinner at his residence. | 大使邀请四十位作家到他的官邸共进晚餐。
Customs officers found 700 kilograms of ivory in a container. | 海关人员在一个集装箱中发现了700公斤象牙。
The rules on drinking water apply to private wells as well. | 饮用水规定也适用于私人水井。
Taxi drivers must pass an examination in first aid. | 出租车司机必须通过急救考试。
The volcano was quiet for ninety years. | 这座火山沉寂了九十年。
Insurance covers the loss of pigs and sheep by lightning. | 保险承保猪羊遭雷击的损失。
The president planted a pine tree in front of the university. | 总统在大学门前种下了一棵松树。
The statistics office counts the population every ten years. | 统计局每十年进行一次人口普查。
Foreign lawyers may open offices in Shanghai and Shenzhen. | 外国律师可以在上海和深圳开设事务所。
The dictionary of the minority language contains 86,000 words. | 这部少数民族语言词典收录了86000个词。
Solar lamps light the streets of the island at night. | 太阳能灯在夜间照亮岛上的街道。
The tariff on cheese will fall to zero in 2029. | 奶酪关税将于2029年降至零。
Pensions of retired miners were raised in April. | 退休矿工的养老金在4月份提高了。
The army handed the old fortress over to the city. | 军队将旧要塞移交给市政府。
The translators finished the encyclopedia after fourteen years. | 翻译人员历时十四年完成了百科全书。
Bicycles are the cheapest means of transport in the capital. | 自行车是首都最便宜的交通工具。
The orchestra of Vienna gave a concert for the refugees. | 维也纳乐团为难民举行了音乐会。
Elephants crossed the border near Laos in spring. | 大象于春季在老挝附近越过边境。
The treaty enters into force after thirty states have ratified it. | 条约在三十个国家批准后生效。
Unemployment among young people remains a serious problem. | 青年失业仍然是一个严重问题。
The newspaper apologised for the wrong photograph. | 报纸为错误的照片道歉。
Grandparents often look after the children of migrant workers. | 祖父母常常照看农民工的孩子。
The telescope in Guizhou discovered a distant star. | 贵州的望远镜发现了一颗遥远的恒星。
Plastic bags will disappear from the markets by 2026. | 到2026年，塑料袋将从市场上消失。
The astronauts repaired the space station in five hours. | 宇航员用五小时修好了空间站。
Merchants sold silk and porcelain in the harbour. | 商人在港口出售丝绸和瓷器。
The earthquake of 1923 was felt in Tokyo, Yokohama and Osaka. | 东京、横滨和大阪都感受到了1923年的地震。
Anyone who pollutes the river must pay a heavy fine. | 任何污染河流的人都必须缴纳巨额罚款。
The philosopher taught that virtue is stronger than weapons. | 那位哲学家教导说，美德比武器更强大。
Engineers tested the electric bus on steep roads. | 工程师在陡峭的道路上测试了电动公共汽车。
The parliament elected a woman as its chair for the first time. | 议会首次选举一名女性担任主席。
The hotel refused to serve shark fin soup. | 酒店拒绝供应鱼翅汤。
Prisoners have the right to write two letters a week to their wives and children. | 囚犯有权每周给妻子和孩子写两封信。
The festival ended with fireworks over the lake. | 节日以湖上的烟花结束。
""".splitlines()
    )
)
EN, ZH = [en for en, _ in PAIRS], [zh for _, zh in PAIRS]

STRANGE_EN = """\
My aunt keeps her spectacles in the kitchen drawer.
Nobody laughed at the joke about the parrot.
The bread smelled of cinnamon and burnt sugar.
He whistled while he painted the fence.
She lost a green glove on the tram.
The cat slept under the piano all afternoon.
They argued about the colour of the curtains.
A spider had built its web across the window.
His shoes were too tight for dancing.
We could hear an owl in the garden.
The soup needs more salt and a little pepper.
Somebody left an umbrella beside the door.
""".splitlines()
STRANGE_ZH = """\
弟弟把足球踢进了邻居的院子。
这碗面条太辣了，我一口也吃不下。
昨晚的电影让她哭了很久。
爷爷每天早上都去公园打太极拳。
手机没电了，我找不到回家的路。
那只小狗总是追着自己的尾巴跑。
他把钥匙忘在了出租屋里。
妈妈织的毛衣又软又暖和。
班上的同学都不喜欢数学作业。
窗外的蝉叫个不停。
她剪了短发，看上去很精神。
我们在山顶等着看日出。
""".splitlines()


@cache
def traditional(text: str) -> str:
    """A text in Traditional characters."""
    from opencc import OpenCC

    converted: str = OpenCC("s2t").convert(text)
    return converted
