"""What visitors of the demo's stores write. Customers' own words, so in their own language; no person is named."""

REMARKS: dict[str, tuple[str, ...]] = {
    "stores.overall": (
        "总体一般,希望改进。",
        "跑了两趟才办好,不太满意。",
        "没有以前好了。",
        "Second visit for the same matter.",
        "服务还可以,就是流程太复杂。",
    ),
    "stores.environment": (
        "空调不够凉,座位太少。",
        "大厅有点乱,宣传单到处都是。",
        "自助缴费机坏了没人修。",
        "Too few seats in the waiting area.",
        "门口停车不方便,环境嘈杂。",
    ),
    "stores.waiting": (
        "排队等了四十多分钟。",
        "只开了两个台席,后面排了很多人。",
        "叫号太慢,中午没有人。",
        "Waited more than half an hour for a simple top-up.",
        "缴费也要排长队,建议多设自助机。",
        "等候时间太长,希望增加台席。",
    ),
    "stores.staff": (
        "营业员态度冷淡,问一句答一句。",
        "没有主动介绍,自己找了半天。",
        "营业员业务不熟,问了好几个人。",
        "The clerk did not explain the contract.",
        "一直推荐我不需要的套餐。",
    ),
    "stores.handling": (
        "办理太慢,系统老是卡。",
        "补卡要填的单子太多。",
        "换套餐说下月生效,没有讲清楚。",
        "System was down, had to come back the next day.",
        "一项业务要签好几次字。",
    ),
}

PRAISE: tuple[str, ...] = (
    "很好,继续保持。",
    "营业员很热情,办得也快。",
    "有人引导用自助机,几分钟就好了。",
    "Quick and friendly.",
    "环境整洁,不用等。",
    "解释得很清楚,谢谢。",
)
