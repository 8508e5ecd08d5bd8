package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what was found to run here, for later processes: trying it takes longer than a build that has nothing to do. The
 * first line of the file stands for all that the answer depends on; then a line for each platform: its name, how it runs, and
 * the emulator.
 */
final class EmulatorCache {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path USERS = Path.of("/proc/self/uid_map");
    private static final String NATIVE = "native";
    private static final String REGISTERED = "registered";
    private static final String PRIVATE = "private";

    private final Path file;

    EmulatorCache(Path file) {
        this.file = file;
    }

    /** What was found in these surroundings, if it is known. */
    Optional<List<Emulation>> load(EmulatorSearch.Surroundings surroundings) {
        if (!surroundings.areTelling()) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.get(0).equals(key(surroundings))) {
                return Optional.empty();
            }
            List<Emulation> emulations = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                emulations.add(parse(line, surroundings));
            }
            return emulations.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(emulations));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // Not there, or not ours: it is found out anew.
        }
    }

    private static Emulation parse(String line, EmulatorSearch.Surroundings surroundings) {
        String[] fields = line.split(" ");
        Platform platform = Platform.parse(fields[0]).normalized();
        return switch (fields[1]) {
            case NATIVE -> new Emulation(PlatformSupport.ofNative(platform), Optional.empty());
            case REGISTERED -> new Emulation(PlatformSupport.emulated(platform, fields[2]), Optional.empty());
            case PRIVATE -> {
                ProbeProgram program = ProbeProgram.of(platform).orElseThrow();
                QemuBinary emulator = requireNonNull(surroundings.emulators().get(program));
                yield new Emulation(
                        PlatformSupport.emulated(platform, emulator.name()),
                        Optional.of(new PrivateHandler(emulator, program)));
            }
            default -> throw new IllegalArgumentException(line);
        };
    }

    /** Remembers what was found. A file that cannot be written is done without. */
    void save(EmulatorSearch.Surroundings surroundings, List<Emulation> emulations) {
        if (!surroundings.areTelling()) {
            return;
        }
        StringBuilder text = new StringBuilder(key(surroundings)).append('\n');
        for (Emulation emulation : emulations) {
            PlatformSupport support = emulation.support();
            String how =
                    support.isNative() ? NATIVE : emulation.privateHandler().isPresent() ? PRIVATE : REGISTERED;
            text.append(support.platform().format()).append(' ').append(how);
            text.append(' ').append(support.emulator().orElse("-")).append('\n');
        }
        try {
            Path aside = Files.createTempFile(file.getParent(), "platforms", ".new");
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The next process finds it out again.
        }
    }

    /** A new boot, processor, user or user namespace, another handler or emulator: each may change the answer. */
    private static String key(EmulatorSearch.Surroundings surroundings) {
        StringBuilder text = new StringBuilder();
        text.append(System.getProperty("user.name")).append('\n').append(NativePlatforms.list());
        surroundings
                .handlers()
                .forEach((name, handler) ->
                        text.append('\n').append(name).append('\n').append(handler));
        try {
            text.append(Files.readString(BOOT)).append(Files.readString(USERS));
            for (QemuBinary emulator : surroundings.emulators().values()) {
                text.append(emulator.file())
                        .append(' ')
                        .append(Files.getLastModifiedTime(emulator.file()))
                        .append('\n');
            }
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (IOException | NoSuchAlgorithmException e) {
            return "unknown " + System.nanoTime(); // Equal to nothing.
        }
    }
}
