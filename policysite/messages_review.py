"""Texts of the checks of 审校, see messages.py: who has reviewed, and whether it still holds."""

from __future__ import annotations

from policysite.message import Message

REVIEW_MESSAGES: dict[str, Message] = {
    # A1：审校
    "A101": Message(
        "error",
        "还没有{step}。请{people}看过以后运行 python3 tasks.py review {file} --step {step}。",
        "先审后发：初审看文字和格式，复审看事实和依据，终审看导向并决定能不能发。",
    ),
    "A102": Message(
        "error",
        "审后改动，请重审：{name} {day} {step}的是改动以前的内容。",
        "审过的是那一份文字。之后改了正文、信息栏、图片或者附件，审校就不再算数。"
        "只改发布日期、状态、置顶、头条不用重审。",
    ),
    "A103": Message(
        "error",
        "{step}记录上的{name}（{email}）不在 content/reviewers.toml 里，或者没有“{step}”这个角色。请由有这个角色的人重做{step}。",
        "谁能审什么由审校名册决定，名册由终审人掌握。",
    ),
    "A104": Message(
        "error",
        "{steps}要由不同的人分别完成，现在只有{names}。请换人重做其中的一审。",
        "三审由三个人各看一遍，同一个人看三遍不是三审。",
    ),
    "A105": Message(
        "error",
        "{step}记录写的是{name}（{email}），提交它的却是 {author}。请{name}用自己的账号重做{step}。",
        "审校记录要由本人提交，别人代写的不算。",
    ),
    "A106": Message(
        "error",
        "{name}的{step}记录没有签名，或者签名和名册里的公钥对不上。请{name}设置好提交签名后重做{step}。",
        "名册要求审校提交带签名（signed = true），签名证明是本人。",
    ),
    "A107": Message(
        "error",
        "要求校对{wanted}次，目前有{count}次记录。请{people}校对后运行 python3 tasks.py review {file} --step 校对。",
        "校对不少于三次，最后一次要对着定稿。",
    ),
    "A108": Message(
        "error",
        "审校名册不对：{reason}。",
        "名册读不出来，就不知道谁审了算数。写法见 docs/review.md。",
    ),
    "A109": Message(
        "error",
        "查不到审校记录：{reason}。",
        "审校记录在 git 的提交里，没有完整的提交历史就不能证明审过。",
    ),
    "A110": Message(
        "error",
        "没有审校名册，不知道由谁审，不能正式发布。请写好名册；本单位不要求审校的，在 publishconf.py 里去掉 require_review。",
        "设置里要求先审后发，名册却不见了，就会没有审校也发布。写法见 docs/review.md。",
    ),
}
