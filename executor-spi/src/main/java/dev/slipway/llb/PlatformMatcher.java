package dev.slipway.llb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says which platforms can stand in for a wanted one, and which of them is nearest.
 *
 * <p>An {@code arm/v7} processor also runs {@code v6} and {@code v5}, an {@code amd64/v3} one also {@code v2}, plain
 * {@code amd64} and {@code 386}, an {@code arm64} one also 32-bit {@code arm}. Of the versions of Windows, any does where none is
 * wanted; of those that do, neither is nearer.
 */
public final class PlatformMatcher {

    private static final String WINDOWS_DESKTOP = "win32k";

    private final List<Platform> bestFirst;

    private PlatformMatcher(List<Platform> bestFirst) {
        this.bestFirst = bestFirst;
    }

    /** Matches the platform and what its processor also runs, nearest first. */
    public static PlatformMatcher only(Platform platform) {
        Platform wanted = platform.normalized();
        List<Platform> platforms = new ArrayList<>();
        platforms.add(wanted);
        switch (wanted.architecture()) {
            case "amd64" -> {
                for (int version = number(wanted.variant(), 1) - 1; version >= 1; version--) {
                    platforms.add(with(wanted, "amd64", version == 1 ? "" : "v" + version));
                }
                platforms.add(with(wanted, "386", ""));
            }
            case "arm" -> addArm(platforms, wanted, number(wanted.variant(), 7) - 1);
            case "arm64" -> {
                addArm64(platforms, wanted);
                addArm(platforms, wanted, 8);
            }
            default -> {}
        }
        return new PlatformMatcher(List.copyOf(platforms));
    }

    /** Matches nothing but the platform itself. */
    public static PlatformMatcher onlyStrict(Platform platform) {
        return new PlatformMatcher(List.of(platform.normalized()));
    }

    /** Whether this platform can stand in for the wanted one. */
    public boolean matches(Platform platform) {
        return rank(platform) < bestFirst.size();
    }

    /** The nearest of these platforms; the earlier of two that are equally near, as of Windows versions. */
    public Optional<Platform> best(Collection<Platform> candidates) {
        return candidates.stream().filter(this::matches).min(nearestFirst());
    }

    /** Orders platforms by nearness; those that do not match come last. */
    public Comparator<Platform> nearestFirst() {
        return Comparator.comparingInt(this::rank)
                .thenComparing(platform -> -platform.osFeatures().size());
    }

    private int rank(Platform platform) {
        Platform candidate = platform.normalized();
        for (int i = 0; i < bestFirst.size(); i++) {
            if (equal(bestFirst.get(i), candidate)) {
                return i;
            }
        }
        return bestFirst.size();
    }

    private static boolean equal(Platform wanted, Platform candidate) {
        return wanted.os().equals(candidate.os())
                && wanted.architecture().equals(candidate.architecture())
                && wanted.variant().equals(candidate.variant())
                && (!isWindows(wanted) || WindowsVersion.runs(wanted.osVersion(), candidate.osVersion()))
                && hasFeatures(wanted, candidate);
    }

    private static boolean isWindows(Platform platform) {
        return platform.os().equals("windows");
    }

    /** Each feature that an image needs has to be wanted, but for the desktop of Windows, which every server has. */
    private static boolean hasFeatures(Platform wanted, Platform candidate) {
        return candidate.osFeatures().stream()
                .allMatch(feature -> wanted.osFeatures().contains(feature)
                        || (isWindows(wanted) && feature.equals(WINDOWS_DESKTOP)));
    }

    private static void addArm(List<Platform> platforms, Platform wanted, int from) {
        for (int version = from; version >= 5; version--) {
            platforms.add(with(wanted, "arm", "v" + version));
        }
    }

    /** Arm v9.m has all of v8.(m+5): containerd's table of what each version includes. */
    private static void addArm64(List<Platform> platforms, Platform wanted) {
        String variant = wanted.variant().isEmpty() ? "v8" : wanted.variant();
        int dot = variant.indexOf('.');
        int major = number(dot < 0 ? variant : variant.substring(0, dot), 8);
        int minor = dot < 0 ? 0 : number("v" + variant.substring(dot + 1), 0);
        if (major == 9) {
            for (int i = minor - 1; i >= 0; i--) {
                platforms.add(with(wanted, "arm64", i == 0 ? "v9" : "v9." + i));
            }
            minor += 6;
        }
        for (int i = minor - 1; i >= 0; i--) {
            platforms.add(with(wanted, "arm64", i == 0 ? "" : "v8." + i));
        }
    }

    private static Platform with(Platform platform, String architecture, String variant) {
        return new Platform(platform.os(), architecture, variant, platform.osVersion(), platform.osFeatures());
    }

    private static int number(String variant, int otherwise) {
        if (variant.length() == 2 && variant.charAt(0) == 'v' && Character.isDigit(variant.charAt(1))) {
            return variant.charAt(1) - '0';
        }
        return otherwise;
    }
}
