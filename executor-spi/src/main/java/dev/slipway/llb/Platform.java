package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An operating system and processor, as OCI names them.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant of the processor, such as {@code v7}, or empty
 * @param osVersion such as {@code 10.0.17763}, or empty
 * @param osFeatures what the system must have besides, mostly none
 */
public record Platform(String os, String architecture, String variant, String osVersion, List<String> osFeatures) {

    public Platform {
        requireNonNull(os, "os is null");
        requireNonNull(architecture, "architecture is null");
        requireNonNull(variant, "variant is null");
        requireNonNull(osVersion, "osVersion is null");
        osFeatures = List.copyOf(requireNonNull(osFeatures, "osFeatures is null"));
    }

    /** A platform without version and features. */
    public static Platform of(String os, String architecture, String variant) {
        return new Platform(os, architecture, variant, "", List.of());
    }

    /**
     * Reads {@code os}, {@code arch}, {@code os/arch} or {@code os/arch/variant}, with {@code (version+feature)} after the
     * system if need be. Other names of systems and processors ({@code macos}, {@code x86_64}, {@code armhf}, ...) become
     * the usual ones; the variant stays as it was written where it is one of the usual ones.
     *
     * @param text what to read
     * @param host stands in for what is left out
     * @throws IllegalArgumentException if this is no platform; the message is BuildKit's
     */
    public static Platform parse(String text, Platform host) {
        return PlatformParser.parse(requireNonNull(text, "text is null"), host);
    }

    /** {@link #parse(String, Platform)} on this machine. */
    public static Platform parse(String text) {
        return parse(text, host());
    }

    /** The platform of this machine, normalised. Containers are Linux on every machine but Windows. */
    public static Platform host() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String os = name.startsWith("windows") ? "windows" : "linux";
        return of(os, System.getProperty("os.arch", ""), "").normalized();
    }

    /** The one form among equal ones: {@code arm64} for {@code arm64/v8}, {@code arm/v7} for {@code arm}, ... */
    public Platform normalized() {
        return PlatformParser.normalize(this);
    }

    /** The parts that are there, joined by {@code /}; without version and features. */
    public String format() {
        StringBuilder text = new StringBuilder(os.isEmpty() ? "unknown" : os);
        appendProcessor(text);
        return text.toString();
    }

    /** Like {@link #format()}, with version and features in parentheses after the system. */
    public String formatAll() {
        if (osVersion.isEmpty() && osFeatures.isEmpty()) {
            return format();
        }
        StringBuilder text = new StringBuilder(os.isEmpty() ? "unknown" : os);
        text.append('(').append(escape(osVersion));
        osFeatures.forEach(feature -> text.append('+').append(escape(feature)));
        text.append(')');
        appendProcessor(text);
        return text.toString();
    }

    private void appendProcessor(StringBuilder text) {
        if (!architecture.isEmpty()) {
            text.append('/').append(architecture);
        }
        if (!variant.isEmpty()) {
            text.append('/').append(variant);
        }
    }

    private static String escape(String part) {
        return part.replace("%", "%25")
                .replace("+", "%2B")
                .replace("(", "%28")
                .replace(")", "%29")
                .replace("/", "%2F");
    }

    // Not left to the compiler: what it makes is linked at run time, which delays each start of the command.

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof Platform platform
                && os.equals(platform.os)
                && architecture.equals(platform.architecture)
                && variant.equals(platform.variant)
                && osVersion.equals(platform.osVersion)
                && osFeatures.equals(platform.osFeatures);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * os.hashCode() + architecture.hashCode()) + variant.hashCode();
    }

    @Override
    public String toString() {
        return formatAll();
    }
}
