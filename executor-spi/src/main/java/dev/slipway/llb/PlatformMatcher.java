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
 * {@code amd64} and {@code 386}, an {@code arm64} one also 32-bit {@code arm}.
 */
public final class PlatformMatcher {

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

    /** The nearest of these platforms; the earlier of two that are equally near. */
    public Optional<Platform> best(Collection<Platform> candidates) {
        return candidates.stream().filter(this::matches).min(nearestFirst());
    }

    /** Orders platforms by nearness; those that do not match come last. */
    public Comparator<Platform> nearestFirst() {
        return Comparator.comparingInt(this::rank);
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
                && sameRelease(wanted.osVersion(), candidate.osVersion());
    }

    /** A wanted version, which Windows alone has, asks for the same release: its first three numbers. */
    private static boolean sameRelease(String wanted, String candidate) {
        return wanted.isEmpty() || candidate.isEmpty() || release(wanted).equals(release(candidate));
    }

    private static List<String> release(String version) {
        List<String> parts = List.of(version.split("\\."));
        return parts.subList(0, Math.min(3, parts.size()));
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
