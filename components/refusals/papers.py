"""Why a paper is not printed, or a Word template is not taken: what is wrong and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "template_not_word": N_("这不是 Word 文档（.docx）。请在 WPS 或 Word 里另存为 .docx 再上传。"),
    "template_strict": N_("这是“严格 Open XML”格式。请在 WPS 或 Word 里另存为普通的“Word 文档（.docx）”再上传。"),
    "template_too_big": N_("文件超过 2 MB。请压缩或去掉其中的图片再上传。"),
    "template_macros": N_("文件里有宏、控件或嵌入对象，不能用作模板。请另存为不含宏的 .docx。"),
    "template_external": N_("文件里有指向外部的链接或域（如网址、外部图片），不能用作模板。请先删除这些链接。"),
    "template_bomb": N_("文件解开后太大或结构异常，不能用作模板。请新建文档，把内容粘贴过去再上传。"),
    "template_braces": N_(
        "花括号写得不对（在“{place}”）。字段要用半角花括号，左右各两个，中间写字段名；"
        "请切换到英文输入法重写，全角的花括号和单个的花括号会原样印出来。"
    ),
    "template_alone": N_("循环和条件的标记要单独占一段或一行（在“{place}”）。请把同一段里的其他文字移到另一段。"),
    "template_list": N_("{fields}：这里是多行内容，不能直接写，会印成一串符号。请改成三段：{fix}。"),
    "template_forbidden": N_(
        "模板里写了不允许的内容：{what}（在“{place}”）。模板只能写字段、循环和条件，不能写计算、函数和代码。"
    ),
    "template_syntax": N_("模板里的标记写错了（在“{place}”）。请检查花括号是否成对、循环是否有结尾、标点是不是半角。"),
    "template_too_much": N_("用样例数据试填时，模板生成的内容过大或时间过长，不能使用。"),
    "template_failed": N_("用样例数据试填没有成功，模板没有保存。请从内置模板改起。"),
}
