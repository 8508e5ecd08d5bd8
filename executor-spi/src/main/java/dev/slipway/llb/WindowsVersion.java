package dev.slipway.llb;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Windows: {@code MAJOR.MINOR.BUILD}, and maybe more.
 *
 * @param major always 10 so far
 * @param minor always 0 so far
 * @param build tells releases apart: 17763 is Windows Server 2019, 20348 is 2022, 26100 is 2025
 */
record WindowsVersion(int major, int minor, int build) {

    private static final Pattern PATTERN = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,5})(?:\\..*)?");

    /** From the first of them on, Windows runs images of the long-term release before it, and all since. */
    private static final List<Integer> LONG_TERM = List.of(20348, 26100);

    /**
     * Whether a Windows of one version runs images of another, by the rules of containerd. What is no version, or none at all, says
     * nothing against it.
     */
    static boolean runs(String host, String image) {
        Optional<WindowsVersion> wanted = parse(host);
        return wanted.isEmpty()
                || image.isEmpty()
                || parse(image).filter(wanted.get()::runs).isPresent();
    }

    private static Optional<WindowsVersion> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? Optional.of(new WindowsVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    private boolean runs(WindowsVersion image) {
        if (major != image.major || minor != image.minor) {
            return false;
        }
        if (build < LONG_TERM.get(0)) {
            return build == image.build;
        }
        int oldest = LONG_TERM.stream()
                .filter(release -> release < build)
                .reduce((first, second) -> second)
                .orElse(LONG_TERM.get(0));
        return oldest <= image.build && image.build <= build;
    }
}
