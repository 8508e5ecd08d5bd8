package dev.slipway.executor.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the name and password of URLs, as BuildKit does: {@code https://user:password@host/} becomes
 * {@code https://xxxxx:xxxxx@host/}. Everything that prints, reports or records a URL goes through here.
 */
public final class UrlCredentials {

    private static final String MASK = "xxxxx";

    /**
     * What stands before the last {@code @} of an authority, or a password that was not encoded: what follows the first colon and
     * is no port. The bounds keep the search linear.
     */
    private static final Pattern USER_INFO = Pattern.compile("\\b([A-Za-z][A-Za-z0-9+.-]{0,31}://)"
            + "(?:([^\\s/?#]{1,4096})|([^\\s/?#@:]{0,4096}:(?!\\d{0,5}(?:[/?#\\s]|$))\\S{1,4096}))@");

    /** What stands before the digest of an image is its name. */
    private static final Set<String> IMAGES = Set.of("docker-image://", "oci-layout://");

    private UrlCredentials() {}

    /** The text with the credentials of each URL hidden. The user name of an {@code ssh} URL is not a secret and stays; null stays null. */
    public static String redact(String text) {
        return replace(text, false);
    }

    /** The same with a mask as long as what it hides, for text in which columns matter. */
    public static String redactInPlace(String text) {
        return replace(text, true);
    }

    private static String replace(String text, boolean inPlace) {
        if (text == null || !text.contains("://") || text.indexOf('@') < 0) {
            return text;
        }
        Matcher matcher = USER_INFO.matcher(text);
        StringBuilder redacted = new StringBuilder();
        while (matcher.find()) {
            String scheme = matcher.group(1);
            String userInfo = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            String shown =
                    isName(scheme, userInfo) ? userInfo : inPlace ? "x".repeat(userInfo.length()) : mask(userInfo);
            matcher.appendReplacement(redacted, Matcher.quoteReplacement(scheme + shown + "@"));
        }
        return matcher.appendTail(redacted).toString();
    }

    private static boolean isName(String scheme, String userInfo) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        return IMAGES.contains(lower) || lower.endsWith("ssh://") && userInfo.indexOf(':') < 0;
    }

    private static String mask(String userInfo) {
        return userInfo.indexOf(':') < 0 ? MASK : MASK + ":" + MASK;
    }
}
