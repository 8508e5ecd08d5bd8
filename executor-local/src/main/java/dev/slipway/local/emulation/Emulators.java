package dev.slipway.local.emulation;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.util.List;

/** What this machine can run, natively and emulated. Safe for use by several threads. */
public final class Emulators {

    /** @param scratch an existing folder for what finding out needs */
    public Emulators(Path scratch) {}

    /** The platforms that run here, native ones first. The answer is at most 20 seconds old. */
    public List<PlatformSupport> platforms() {
        return List.of(PlatformSupport.ofNative(Platform.host()));
    }

    /**
     * How programs of this platform run here.
     *
     * @throws ExecutorException if they do not; the message names the platform and what to do
     */
    public PlatformSupport require(Platform platform) {
        return platforms().stream()
                .filter(support -> support.platform().equals(platform))
                .findFirst()
                .orElseThrow(() -> new ExecutorException("platform " + platform.format() + " cannot run here"));
    }
}
