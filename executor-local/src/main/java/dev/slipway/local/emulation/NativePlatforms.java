package dev.slipway.local.emulation;

import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What this machine's processor runs by itself. */
final class NativePlatforms {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** What each level of amd64 adds, by the kernel's names. */
    private static final List<AmdLevel> AMD64_LEVELS = List.of(
            new AmdLevel("v2", "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"),
            new AmdLevel("v3", "abm avx avx2 bmi1 bmi2 f16c fma movbe xsave"),
            new AmdLevel("v4", "avx512bw avx512cd avx512dq avx512f avx512vl"));

    private NativePlatforms() {}

    private record AmdLevel(String variant, String flags) {

        boolean isIn(Set<String> all) {
            return all.containsAll(Arrays.asList(flags.split(" ")));
        }
    }

    /** The platform of this machine, and the better levels of its processor. */
    static List<Platform> list() {
        Platform host = Platform.host();
        List<Platform> platforms = new ArrayList<>(List.of(host));
        if (host.architecture().equals("amd64")) {
            Set<String> flags = cpuFlags();
            for (AmdLevel level : AMD64_LEVELS) {
                if (!level.isIn(flags)) {
                    break;
                }
                platforms.add(Platform.of(host.os(), host.architecture(), level.variant()));
            }
        }
        return platforms;
    }

    /** Whether the processor itself may know how to run this, as 64-bit ones do with programs of their 32-bit forebears. */
    static boolean mayRun(ProbeProgram program) {
        return switch (Platform.host().architecture()) {
            case "amd64" -> program == ProbeProgram.I386;
            case "arm64" -> program == ProbeProgram.ARM;
            default -> false;
        };
    }

    private static Set<String> cpuFlags() {
        try {
            return Files.readAllLines(CPU_INFO).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> new HashSet<>(Arrays.asList(
                            line.substring(line.indexOf(':') + 1).strip().split(" "))))
                    .orElseGet(HashSet::new);
        } catch (IOException e) {
            return Set.of();
        }
    }
}
