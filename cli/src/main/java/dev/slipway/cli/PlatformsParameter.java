package dev.slipway.cli;

import dev.slipway.llb.Platform;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The platforms whose emulators are meant: {@code arm64,riscv64}, or {@code all}. */
final class PlatformsParameter {

    private static final String ALL = "all";

    @Parameters(
            paramLabel = "PLATFORM",
            arity = "1..*",
            description = "Platforms, such as arm64,riscv64 or linux/arm/v7; or all.")
    private List<String> names = List.of();

    /** The platforms; none for all. */
    List<Platform> platforms() {
        List<String> all = names.stream()
                .flatMap(name -> Arrays.stream(name.split(",")))
                .map(String::strip)
                .toList();
        return all.contains(ALL)
                ? List.of()
                : all.stream().map(PlatformsParameter::parse).distinct().toList();
    }

    private static Platform parse(String name) {
        try {
            Platform platform = Platform.parse(name);
            // Emulators run the programs of Linux, whatever this machine is: "arm64" means linux/arm64.
            return name.contains("/")
                    ? platform.normalized()
                    : Platform.of("linux", platform.architecture(), platform.variant())
                            .normalized();
        } catch (IllegalArgumentException e) {
            throw new UsageException(name + ": " + e.getMessage());
        }
    }
}
