package dev.slipway.frontend.value;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.LosslessUtf8;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A URL with an authority, read as leniently and written as strictly as Go does it: what BuildKit derives from URLs goes into
 * digests.
 *
 * @param scheme in lower case
 * @param userInfo name and password, encoded; empty if absent
 * @param host with port
 * @param path decoded
 * @param address the URL, encoded, without query and fragment
 * @param query the decoded values of each query key, in order of first appearance; pairs that can't be decoded are left out
 * @param fragment decoded
 */
public record Url(
        String scheme,
        String userInfo,
        String host,
        String path,
        String address,
        Map<String, List<String>> query,
        String fragment) {

    private static final String PATH_SAFE = "-_.~$&+,/:;=@";
    private static final String PATH_ALSO_VALID = "!'()*[]%";
    private static final String USER_SAFE = "-_.~$&+,;=";
    private static final String USER_VALID = "-._:~!$&'()*+,;=%@";
    private static final String HOST_SAFE = "-_.~!$&'()*+,;=:[]<>\"";

    /**
     * Reads {@code scheme://host/path?query#fragment}.
     *
     * @throws IllegalArgumentException if this is not a URL
     */
    public static Url parse(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw invalid(text, "net/url: invalid control character in URL");
        }
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : decode(text.substring(hash + 1), false);
        String rest = hash < 0 ? text : text.substring(0, hash);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        // A lone question mark at the end is kept, as Go keeps it.
        String tail = mark >= 0 && query.isEmpty() ? "?" : "";
        rest = mark < 0 ? rest : rest.substring(0, mark);
        int colon = rest.indexOf("://");
        if (colon < 0) {
            throw invalid(text, "missing protocol scheme");
        }
        String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
        int slash = rest.indexOf('/', colon + 3);
        String authority = slash < 0 ? rest.substring(colon + 3) : rest.substring(colon + 3, slash);
        String rawPath = slash < 0 ? "" : rest.substring(slash);
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : userInfo(text, authority.substring(0, at));
        String host = host(text, authority.substring(at + 1));
        String path = decode(rawPath, false);
        String user = at < 0 ? "" : userInfo + "@";
        String address = scheme + "://" + user + encode(host, HOST_SAFE) + path(rawPath, path) + tail;
        return new Url(scheme, userInfo, host, path, address, query(query), fragment);
    }

    /** The path, encoded: as it was if that is valid, else encoded anew. */
    private static String path(String raw, String decoded) {
        boolean valid = raw.chars().allMatch(c -> isAlphanumeric(c) || (PATH_SAFE + PATH_ALSO_VALID).indexOf(c) >= 0);
        return valid ? raw : encode(decoded, PATH_SAFE);
    }

    private static String userInfo(String url, String raw) {
        if (!raw.chars().allMatch(c -> isAlphanumeric(c) || USER_VALID.indexOf(c) >= 0)) {
            throw invalid(url, "net/url: invalid userinfo");
        }
        int colon = raw.indexOf(':');
        if (colon < 0) {
            return encode(decode(raw, false), USER_SAFE);
        }
        return encode(decode(raw.substring(0, colon), false), USER_SAFE) + ":"
                + encode(decode(raw.substring(colon + 1), false), USER_SAFE);
    }

    private static String host(String url, String raw) {
        int portFrom = raw.startsWith("[") ? raw.lastIndexOf(']') + 1 : raw.lastIndexOf(':');
        if (raw.startsWith("[") && portFrom == 0) {
            throw invalid(url, "missing ']' in host");
        }
        String port = portFrom < 0 ? "" : raw.substring(portFrom);
        if (!port.matches("(:[0-9]*)?")) {
            throw invalid(url, "invalid port " + GoText.quote(port) + " after host");
        }
        String host = decode(raw, false);
        for (char c : raw.toCharArray()) {
            if (c < 128 && c != '%' && !isAlphanumeric(c) && HOST_SAFE.indexOf(c) < 0) {
                throw invalid(url, "invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
            }
        }
        return host;
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                String key = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                values.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return values;
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        byte[] bytes = LosslessUtf8.encode(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                if (i + 2 >= bytes.length || hex(bytes[i + 1]) < 0 || hex(bytes[i + 2]) < 0) {
                    String escape = LosslessUtf8.decode(bytes, i, Math.min(bytes.length, i + 3));
                    throw new IllegalArgumentException("invalid URL escape " + GoText.quote(escape));
                }
                out.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
                i += 2;
            } else {
                out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return LosslessUtf8.decode(out.toByteArray());
    }

    private static String encode(String text, String safe) {
        StringBuilder out = new StringBuilder();
        for (byte b : LosslessUtf8.encode(text)) {
            int c = b & 0xff;
            if (isAlphanumeric(c) || c < 128 && safe.indexOf(c) >= 0) {
                out.append((char) c);
            } else {
                out.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static int hex(byte digit) {
        return digit < 0 ? -1 : Character.digit(digit, 16);
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static IllegalArgumentException invalid(String url, String problem) {
        return new IllegalArgumentException("parse " + GoText.quote(UrlCredentials.redact(url)) + ": " + problem);
    }
}
