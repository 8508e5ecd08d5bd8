package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the URLs of files. Characters that a URL should hold in escaped form only, such as {@code |} or a blank, are escaped, as
 * BuildKit and browsers do; what cannot be told apart from a mistake, such as {@code %} without a number, is refused.
 */
final class WebAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_PORT = 65_535;
    private static final String ESCAPED = " \"<>[\\]^`{|}";
    /** What comes before the path, in a URL or a reference to one of the same scheme. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");

    private static final String UNNAMED = "download";

    private WebAddress() {}

    /** @throws ExecutorException if it is none, or not one of HTTP */
    static URI parse(String text) {
        try {
            URI uri = URI.create(escape(text));
            if (uri.getPort() > MAX_PORT) {
                throw new ExecutorException("invalid URL " + text + "; the port is a number up to " + MAX_PORT);
            }
            if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The exception holds the URL with its password, so that it cannot be the cause.
            throw new ExecutorException("invalid URL " + text + "; write http://HOST/PATH or https://HOST/PATH");
        }
        throw new ExecutorException("invalid URL " + text + "; only http and https can be fetched");
    }

    /** The absolute form of a location that an answer names. Servers write it in bytes of their own, which Java shows as Latin-1. */
    static URI target(URI base, String location) {
        StringBuilder ascii = new StringBuilder();
        for (byte b : location.getBytes(StandardCharsets.ISO_8859_1)) {
            ascii.append(b < 0 ? String.format("%%%02X", b & 0xff) : String.valueOf((char) b));
        }
        try {
            String resolved = base.resolve(escape(ascii.toString())).toString();
            return parse(resolved);
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(base.getHost() + " redirects to an invalid URL: " + location);
        }
    }

    /** Escapes what comes after the host, where brackets may belong to an address. */
    private static String escape(String text) {
        Matcher host = HOST.matcher(text);
        StringBuilder escaped = new StringBuilder(host.lookingAt() ? host.group() : "");
        for (char c : text.substring(escaped.length()).toCharArray()) {
            escaped.append(ESCAPED.indexOf(c) < 0 ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }

    static URI withoutUserInfo(URI uri) {
        return uri.getRawUserInfo() == null ? uri : URI.create(uri.toString().replaceFirst("://[^/?#]*@", "://"));
    }

    /** What the name and the password of a URL are sent as. */
    static Optional<String> userInfo(URI uri) {
        return Optional.ofNullable(uri.getUserInfo())
                .map(pair -> pair.indexOf(':') < 0 ? pair + ":" : pair)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether both are of one server. */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    /** The last part of a path as the name of a file; another name if no file can have it, or it means another folder. */
    static String fileName(String path) {
        String stripped = path.strip();
        String name = stripped.substring(stripped.lastIndexOf('/') + 1);
        boolean impossible = name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.chars().anyMatch(Character::isISOControl);
        return impossible ? UNNAMED : name;
    }
}
