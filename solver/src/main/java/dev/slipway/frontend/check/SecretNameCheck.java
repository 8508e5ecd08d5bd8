package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Statement;
import java.util.Locale;
import java.util.Set;

/** An ARG or ENV whose name says that its value is a secret, which everyone could then read in the image. */
public final class SecretNameCheck {

    private static final Set<String> SECRET = Set.of(
            "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token");

    /** Words that show that it is not a secret, as in {@code PUBLIC_KEY} or {@code TOKEN_FILE}. */
    private static final Set<String> HARMLESS = Set.of("public", "file", "version");

    private SecretNameCheck() {}

    /**
     * @param keyword {@code ARG} or {@code ENV}
     * @param name the variable
     */
    public static void run(Checks checks, Statement statement, String keyword, String name) {
        if (isSecret(name)) {
            String detail = "Do not use ARG or ENV instructions for sensitive data (" + keyword + " "
                    + GoText.quote(name) + ")";
            checks.report(Rules.SECRETS_USED_IN_ARG_OR_ENV, detail, statement);
        }
    }

    /** Whether the name of a variable says that its value is a secret. */
    public static boolean isSecret(String name) {
        return hasWord(name, SECRET) && !hasWord(name, HARMLESS);
    }

    private static boolean hasWord(String name, Set<String> words) {
        int start = 0;
        while (start <= name.length()) {
            int end = name.indexOf('_', start);
            end = end < 0 ? name.length() : end;
            if (words.contains(name.substring(start, end).toLowerCase(Locale.ROOT))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
