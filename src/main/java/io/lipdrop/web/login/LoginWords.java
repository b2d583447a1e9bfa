package io.lipdrop.web.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What the login page says in a language. */
record LoginWords(
        String tag,
        String language,
        String title,
        String user,
        String password,
        String enter,
        String wrong,
        String tooMany,
        String again) {
    private static final LoginWords ENGLISH = new LoginWords(
            "en",
            "English",
            "Log in",
            "User",
            "Password",
            "Log in",
            "This user or password is not right.",
            "Too many failed logins. Try again in %d s.",
            "The page was too old, or the browser keeps no cookies. Please try again.");
    private static final LoginWords CHINESE = new LoginWords(
            "zh", "中文", "登录", "用户名", "密码", "登录", "用户名或密码不正确。", "登录失败次数过多，请在 %d 秒后重试。", "页面已过期，或浏览器禁用了 Cookie。请重试。");

    /** As the link says ({@code ?lang=zh}), else as the browser prefers. */
    static LoginWords of(HttpServletRequest request) {
        String asked = request.getParameter("lang");
        List<Locale> preferred =
                asked == null ? Collections.list(request.getLocales()) : List.of(Locale.forLanguageTag(asked));
        for (Locale locale : preferred) {
            for (LoginWords words : List.of(ENGLISH, CHINESE)) {
                if (locale.getLanguage().equals(words.tag)) {
                    return words;
                }
            }
        }
        return ENGLISH;
    }

    LoginWords other() {
        return equals(ENGLISH) ? CHINESE : ENGLISH;
    }

    String tooMany(long seconds) {
        return tooMany.formatted(seconds);
    }
}
