package dev.slipway.llb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and normalises platforms by the rules of containerd, error texts included. */
final class PlatformParser {

    private static final String OS_PATTERN =
            "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$";
    private static final String PART_PATTERN = "^[A-Za-z0-9_.-]+$";
    private static final Pattern OS = Pattern.compile(OS_PATTERN);
    private static final Pattern PART = Pattern.compile(PART_PATTERN);

    private static final Set<String> KNOWN_OS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "hurd",
            "illumos",
            "ios",
            "js",
            "linux",
            "nacl",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "windows",
            "zos");

    private static final Set<String> KNOWN_ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "amd64p32",
            "arm",
            "armbe",
            "arm64",
            "arm64be",
            "ppc64",
            "ppc64le",
            "loong64",
            "mips",
            "mipsle",
            "mips64",
            "mips64le",
            "mips64p32",
            "mips64p32le",
            "ppc",
            "riscv",
            "riscv64",
            "s390",
            "s390x",
            "sparc",
            "sparc64",
            "wasm");

    private PlatformParser() {}

    static Platform parse(String text, Platform host) {
        if (text.contains("*")) {
            throw invalid(quote(text) + ": wildcards not yet supported");
        }
        String[] parts = text.split("/", 4);
        Matcher os = OS.matcher(parts[0]);
        if (!os.matches()) {
            throw invalid(quote(parts[0]) + " is an invalid OS component of " + quote(text)
                    + ": OSAndVersion specifier component must match " + quote(OS_PATTERN));
        }
        String version = unescape(os.group(2), "OS version", text);
        List<String> features = features(os.group(3), text);
        for (int i = 1; i < parts.length; i++) {
            if (!PART.matcher(parts[i]).matches()) {
                throw invalid(quote(parts[i]) + " is an invalid component of " + quote(text)
                        + ": platform specifier component must match " + quote(PART_PATTERN));
            }
        }
        switch (parts.length) {
            case 1:
                return parseSingle(os.group(1), text, host, version, features);
            case 2:
                String[] processor = normalizeArchitecture(parts[1], "");
                return new Platform(
                        normalizeOs(os.group(1), host),
                        processor[0],
                        withoutDefaultVariant(processor),
                        version,
                        features);
            case 3:
                String[] exact = normalizeArchitecture(parts[1], parts[2]);
                // An arm64 variant that was asked for stays visible, even the default one.
                String variant = exact[0].equals("arm64") && exact[1].isEmpty() ? "v8" : exact[1];
                return new Platform(normalizeOs(os.group(1), host), exact[0], variant, version, features);
            default:
                throw invalid(quote(text) + ": cannot parse platform specifier");
        }
    }

    private static Platform parseSingle(
            String name, String text, Platform host, String version, List<String> features) {
        String os = normalizeOs(name, host);
        if (KNOWN_OS.contains(os)) {
            String variant = host.architecture().equals("arm") && host.variant().equals("v7") ? "" : host.variant();
            return new Platform(os, host.architecture(), variant, version, features);
        }
        String[] processor = normalizeArchitecture(text, "");
        if (KNOWN_ARCHITECTURES.contains(processor[0])) {
            return new Platform(host.os(), processor[0], withoutDefaultVariant(processor), version, features);
        }
        throw invalid(quote(text) + ": unknown operating system or architecture");
    }

    static Platform normalize(Platform platform) {
        String[] processor = normalizeArchitecture(platform.architecture(), platform.variant());
        String os = platform.os().isEmpty() ? Platform.host().os() : normalizeOs(platform.os(), platform);
        return new Platform(
                os,
                processor[0],
                processor[1],
                platform.osVersion(),
                new ArrayList<>(new TreeSet<>(platform.osFeatures())));
    }

    private static String withoutDefaultVariant(String[] processor) {
        return processor[0].equals("arm") && processor[1].equals("v7") ? "" : processor[1];
    }

    private static String normalizeOs(String os, Platform host) {
        String lower = os.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return host.os();
        }
        return lower.equals("macos") ? "darwin" : lower;
    }

    /** Architecture and variant by their usual names. */
    private static String[] normalizeArchitecture(String architecture, String variant) {
        String name = architecture.toLowerCase(Locale.ROOT);
        String version = variant.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "i386" -> new String[] {"386", ""};
            case "x86_64", "x86-64", "amd64" -> new String[] {"amd64", version.equals("v1") ? "" : version};
            case "aarch64", "arm64" ->
                new String[] {
                    "arm64",
                    switch (version) {
                        case "8", "v8", "v8.0" -> "";
                        case "9", "9.0", "v9.0" -> "v9";
                        default -> version;
                    }
                };
            case "armhf" -> new String[] {"arm", "v7"};
            case "armel" -> new String[] {"arm", "v6"};
            case "arm" ->
                new String[] {
                    "arm",
                    switch (version) {
                        case "", "7" -> "v7";
                        case "5", "6", "8" -> "v" + version;
                        default -> version;
                    }
                };
            default -> new String[] {name, version};
        };
    }

    private static List<String> features(String group, String text) {
        List<String> features = new ArrayList<>();
        if (group != null && !group.isEmpty()) {
            for (String feature : group.substring(1).split("\\+")) {
                features.add(unescape(feature, "OS feature", text));
            }
        }
        return features;
    }

    /** Undoes the percent encoding that lets a version or a feature hold any character. */
    private static String unescape(String part, String what, String text) {
        if (part == null) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) != '%') {
                bytes.write(part.charAt(i));
                continue;
            }
            if (i + 2 >= part.length() || hex(part, i + 1) < 0 || hex(part, i + 2) < 0) {
                throw new IllegalArgumentException(quote(text) + " has an invalid " + what + " " + quote(part)
                        + ": invalid URL escape " + quote(part.substring(i, Math.min(part.length(), i + 3))));
            }
            bytes.write(hex(part, i + 1) << 4 | hex(part, i + 2));
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int position) {
        return Character.digit(text.charAt(position), 16);
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static IllegalArgumentException invalid(String message) {
        return new IllegalArgumentException(message + ": invalid argument");
    }
}
