"""Words by which foreign files of store audits call their columns, English and Chinese."""

Words = tuple[tuple[str, tuple[str, ...]], ...]
# field -> patterns, the most telling first; a field is given to one column only.
WORDS: Words = (
    (
        "visit_id",
        (
            r"^(?:visit|inspection|audit)[ _]?(?:id|no|nr|number|code)$",
            r"(?:暗访|检测|检查|走访|报告)(?:编号|单号)",
            r"^serial[ _]?(?:number|no)?$|^report[ _]?(?:id|no|number)$",
            r"^(?:record|case)[ _]?(?:id|no)$",
        ),
    ),
    (
        "store_code",
        (
            r"营业厅编|门店编|网点编|厅店编",
            r"^(?:store|shop|branch|outlet|facility|business|establishment|site)[ _]?"
            r"(?:code|id|no|number)$",
            r"^camis$|^license[ _]?(?:id|no|number)?$",
        ),
    ),
    (
        "store_name",
        (
            r"^(?:store|shop|branch|outlet|facility|business|establishment)[ _]?name$|^dba(?:[ _]name)?$",
            r"营业厅(?:名称)?$|门店名|网点名|厅店名",
            r"^program[ _]?(?:id|identifier)$|^name$",
        ),
    ),
    (
        "visited_on",
        (
            r"^(?:visit|inspection|audit|activity)(?:ed)?[ _]?(?:date|day|on)$",
            r"(?:暗访|检测|检查|走访|巡检)(?:日期|时间)",
            r"^date$|^日期$",
        ),
    ),
    ("longitude", (r"^lon(?:g|gitude)?$|^lng$|经度",)),
    ("latitude", (r"^lat(?:itude)?$|纬度",)),
    ("district_code", (r"区县|分公司|district|^county$|^boro(?:ugh)?$", r"(?:^|[ _])city$|^地市$")),
    ("class", (r"risk[ _]?(?:category|level|class)|^(?:store|shop)?[ _]?class$|厅店等级|营业厅等级|^等级$|^星级$",)),
    ("size", (r"^pe[ _]?desc|^size$|^capacity|规模|^面积$",)),
    ("minutes_waited", (r"minutes?[ _]?wait|wait(?:ing)?[ _]?(?:minutes?|time)|等候时长|等候时间|排队时长",)),
    ("minutes_handled", (r"minutes?[ _]?handl|handling[ _]?(?:minutes?|time)|办理时长|办理时间",)),
    ("score", (r"^(?:inspection|visit|audit|total|overall)[ _]?score$", r"^score$|总分|总得分|检测得分|暗访得分")),
    (
        "failed_items",
        (r"violations?[ _]?(?:description|list|text)s?$|failed[ _]?items?|不合格项|问题清单|扣分项", r"^violations?$"),
    ),
    ("source", (r"^(?:visit|audit)?[ _]?source$|检测方式|检测来源|暗访方式",)),
    ("theme", (r"^(?:audit[ _])?theme$|专项",)),
    ("checklist", (r"^checklist|检测标准|检查表",)),
    (
        "auditor",
        (
            r"^(?:auditor|inspector|assessor|visitor|mystery[ _]?shopper)s?(?:[ _]?(?:code|id|name|no))?$"
            r"|暗访员|检测员|检查人",
        ),
    ),
    ("comment", (r"^(?:comments?|remarks?|notes?|observations?)$|评语|备注|情况说明|存在问题",)),
)
ITEM_WORDS: Words = (
    (
        "item_code",
        (
            r"^(?:audit|check(?:list)?|inspection)?[ _]?item(?:[ _]?(?:code|name|no|text))?$|^criteri(?:on|a)$"
            r"|检测项|检查项|暗访项|^项目(?:名称|编码)?$",
            r"^violation[ _]?(?:code|item)$",
        ),
    ),
    ("points", (r"^(?:item[ _])?(?:points?|score|mark|result)s?$|^得分$|项目得分|^结果$",)),
    ("max_points", (r"max(?:imum)?[ _]?(?:points?|score)?$|满分|^分值$|^标准分$",)),
    ("critical", (r"^(?:is[ _])?critical$|关键项|否决项",)),
    ("evidence", (r"evidence|photo|attachment|佐证|证据|照片",)),
)
