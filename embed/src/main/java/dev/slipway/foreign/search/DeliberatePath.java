package dev.slipway.foreign.search;

import dev.slipway.executor.ProgramFile;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells files for other processors that are meant to be where they are: a folder on their path is named after their processor, as
 * the parts of cross compilers, foreign libraries of Debian and prebuilt modules of packages are ({@code /usr/aarch64-linux-gnu},
 * {@code prebuilds/linux-arm64}), or they are firmware.
 */
final class DeliberatePath {

    private static final Pattern FIRMWARE = Pattern.compile("(/usr)?/lib/firmware/.*");

    /** What each architecture is called. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("386", "i[3-6]86|x86|386|ia32"),
            Map.entry("amd64", "x86[_-]64|amd64|x64|x32"),
            Map.entry("arm", "arm|armhf|armel|armv[5-8][a-z]*"),
            Map.entry("arm64", "aarch64|arm64"),
            Map.entry("loong64", "loong64|loongarch64"),
            Map.entry("mips", "mips"),
            Map.entry("mips64", "mips64"),
            Map.entry("mips64le", "mips64el|mips64le"),
            Map.entry("mipsle", "mipsel|mipsle"),
            Map.entry("ppc64", "ppc64|powerpc64"),
            Map.entry("ppc64le", "ppc64le|ppc64el|powerpc64le"),
            Map.entry("riscv64", "riscv64"),
            Map.entry("s390x", "s390x"));

    private DeliberatePath() {}

    static boolean is(ProgramFile program) {
        String path = program.path();
        if (FIRMWARE.matcher(path).matches()) {
            return true;
        }
        String names = NAMES.get(program.platform().architecture());
        String folders = path.substring(0, path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return names != null
                && Pattern.compile("(?<![a-z0-9])(" + names + ")(?![a-z0-9])")
                        .matcher(folders)
                        .find();
    }
}
