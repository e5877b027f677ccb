"""Texts of the checks of the search's synonym list, see messages.py."""

from __future__ import annotations

from policysite.message import Message

SEARCH_MESSAGES: dict[str, Message] = {
    # Y1：同义词表
    "Y101": Message(
        "error",
        "同义词表没有看懂：{reason}。请检查这一行的引号、括号和逗号。",
        "同义词表是 TOML 格式，写法见文件开头的说明。",
    ),
    "Y102": Message(
        "error",
        "这一组同义词有 {count} 个：{words}。每组请写 2 到 {most} 个。",
        "一个词没有同义词可说；读者查一个词，浏览器要把同组的词都查一遍，多了就慢。",
    ),
    "Y103": Message(
        "error",
        "同义词“{word}”太短，或者里面有标点、空格。请写两个字以上、中间不断开的词。",
        "读者查一个字没有意义；标点和空格在查找时不计。",
    ),
    "Y104": Message(
        "error",
        "同义词“{word}”写了两次。请只留一处，意思相同的词写在同一组。",
        "一个词分在两组，就不知道跟哪一组的词相同。",
    ),
}
