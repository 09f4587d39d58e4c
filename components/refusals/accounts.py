"""What is said when a sign-in or an account is refused, and what to do next."""

from components.wording import N_

TOO_MANY = N_("尝试次数太多。请 {minutes} 分钟后再试，或请管理员发一个一次性密码。")

SENTENCES: dict[str, str] = {
    "too_many_tries": TOO_MANY,
    "wrong_password": N_("现在的密码不对。"),
    "passwords_differ": N_("两次输入的密码不一样。"),
    "password_reused": N_("新密码不能和现在的一样。"),
    "password_is_username": N_("密码不能和用户名一样。"),
    "second_factor_there": N_("二次验证已经开启。"),
    "no_second_factor": N_("这个账号没有开启二次验证。"),
    "this_sign_in": N_("这是您现在用的登录，请用页面下方的“退出”。"),
    "own_account": N_("不能停用自己、改自己的角色或给自己发一次性密码：至少要有一位管理员在。请另一位管理员来做。"),
    "wider_than_own": N_("这个角色能看到别的街道，要由系统维护人员在服务器上开通。"),
    "already_founded": N_("系统已经建好，请直接登录。"),
}
