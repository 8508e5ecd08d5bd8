package dev.slipway.executor;

import static dev.slipway.executor.ImageReference.DEFAULT_DOMAIN;
import static dev.slipway.executor.ImageReference.OFFICIAL;

import dev.slipway.llb.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads image references by the rules of Docker's reference library, error texts included. */
final class ImageReferenceParser {

    private static final int MAX_PATH = 255;

    private static final int MAX_TAG = 128;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*+(?:[-_+.][A-Za-z][A-Za-z0-9]*+)*+:[0-9A-Fa-f]{32,}+");

    private ImageReferenceParser() {}

    static ImageReference parse(String text) {
        if (text.length() == 64 && IDENTIFIER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
        }
        String domain = domain(text);
        String rest = rest(text, domain);
        int colon = rest.indexOf(':');
        String repository = colon < 0 ? rest : rest.substring(0, colon);
        if (!repository.toLowerCase(Locale.ROOT).equals(repository)) {
            throw new IllegalArgumentException(
                    "invalid reference format: repository name (" + repository + ") must be lowercase");
        }
        return split(domain, rest);
    }

    /** The part before the first slash if it can only be a host, else Docker's own registry. */
    private static String domain(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean host = first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return host && !first.equals("index.docker.io") ? first : DEFAULT_DOMAIN;
    }

    private static String rest(String text, String domain) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        String rest = first.equals(domain) || first.equals("index.docker.io") ? text.substring(slash + 1) : text;
        return domain.equals(DEFAULT_DOMAIN) && rest.indexOf('/') < 0 ? OFFICIAL + rest : rest;
    }

    private static ImageReference split(String domain, String rest) {
        int at = rest.indexOf('@');
        String tagged = at < 0 ? rest : rest.substring(0, at);
        int colon = tagged.indexOf(':');
        String path = colon < 0 ? tagged : tagged.substring(0, colon);
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(tagged.substring(colon + 1));
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(rest.substring(at + 1));
        if (!tag.map(ImageReferenceParser::isTag).orElse(true)
                || !digest.map(value -> DIGEST.matcher(value).matches()).orElse(true)) {
            throw new IllegalArgumentException("invalid reference format");
        }
        String host = domain;
        if (!isDomain(domain)) {
            // What is not a host may still be the first part of a path.
            path = domain + "/" + path;
            host = "";
        }
        if (!isPath(path)) {
            throw new IllegalArgumentException(
                    isPath(path.toLowerCase(Locale.ROOT))
                            ? "repository name must be lowercase"
                            : "invalid reference format");
        }
        if (path.length() > MAX_PATH) {
            throw new IllegalArgumentException("repository name must not be more than 255 characters");
        }
        return new ImageReference(host, path, tag, digest.map(ImageReferenceParser::digest));
    }

    private static Digest digest(String text) {
        int colon = text.indexOf(':');
        int length = text.length() - colon - 1;
        switch (text.substring(0, colon)) {
            case "sha256", "sha512" -> {
                if (length != (text.startsWith("sha256") ? 64 : 128)) {
                    throw new IllegalArgumentException("invalid checksum digest length");
                }
            }
            default -> throw new IllegalArgumentException("unsupported digest algorithm");
        }
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid checksum digest format", e);
        }
    }

    /** Names joined by dots or an IPv6 address in brackets, with a port or without. */
    private static boolean isDomain(String text) {
        int end = text.length();
        int colon = text.lastIndexOf(':');
        if (colon >= 0 && text.indexOf(']', colon) < 0) {
            if (colon + 1 == end || !text.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            end = colon;
        }
        String host = text.substring(0, end);
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.length() > 2
                    && host.substring(1, host.length() - 1)
                            .chars()
                            .allMatch(c -> c == ':' || c < 128 && Character.digit(c, 16) >= 0);
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean inner = i > 0 && i < host.length() - 1;
            boolean dash = c == '-' && inner && host.charAt(i - 1) != '.' && host.charAt(i + 1) != '.';
            boolean dot = c == '.' && inner && host.charAt(i - 1) != '.';
            if (!isAlphanumeric(c) && !dash && !dot) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static boolean isTag(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '_' && (i == 0 || c != '.' && c != '-')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_TAG;
    }

    /** Lower-case letters and digits, joined by {@code .}, {@code _}, {@code __} or any number of {@code -}, and slashes. */
    private static boolean isPath(String text) {
        int separator = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                separator = 0;
                continue;
            }
            boolean first = separator == 0 && i > 0;
            boolean again = separator > 0 && c == text.charAt(i - 1) && (c == '-' || c == '_' && separator == 1);
            if ("._-/".indexOf(c) < 0 || !first && !again) {
                return false;
            }
            separator++;
        }
        return !text.isEmpty() && separator == 0;
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
