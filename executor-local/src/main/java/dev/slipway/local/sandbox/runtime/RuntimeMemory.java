package dev.slipway.local.sandbox.runtime;

import dev.slipway.local.store.folder.StoredLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Remembers which runtimes have stood their {@link RuntimeTrial}, for later processes. Those that have not are tried again: what
 * was missing may be there by then.
 *
 * @param folder an existing folder
 */
record RuntimeMemory(Path folder) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Whether a runtime is known to stand it, as it is now. */
    boolean knows(OciRuntime runtime, boolean restrictsDevices) {
        try {
            return StoredLines.read(file(runtime)).equals(key(runtime, restrictsDevices));
        } catch (IOException e) {
            return false; // It was never tried, or cannot be told from another one.
        }
    }

    /** Remembers that a runtime stands it. A file that cannot be written is done without. */
    void remember(OciRuntime runtime, boolean restrictsDevices) {
        try {
            Path aside = Files.createTempFile(folder, runtime.name(), ".new");
            Files.write(aside, key(runtime, restrictsDevices), StandardCharsets.ISO_8859_1);
            Files.move(aside, file(runtime), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The next process tries it again.
        }
    }

    private Path file(OciRuntime runtime) {
        return folder.resolve("trial-" + runtime.name());
    }

    /** Another program, another kernel, or no rule about devices any more: each may change the answer. */
    private static List<String> key(OciRuntime runtime, boolean restrictsDevices) throws IOException {
        Path program = runtime.program().orElseThrow().toRealPath();
        return List.of(
                program.toString(),
                Long.toString(Files.size(program)),
                Files.getLastModifiedTime(program).toInstant().toString(),
                Files.readString(BOOT).strip(),
                restrictsDevices ? "with a rule about devices" : "without a rule about devices");
    }
}
