package dev.slipway.local.emulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A handler registered with the kernel's binfmt_misc: what starts programs whose first bytes look like this.
 *
 * @param name its name, such as {@code qemu-aarch64}
 * @param enabled whether it is in force
 * @param flags letters; {@code F} is for an interpreter that is found in every root, because it was opened at registration
 * @param offset where the magic bytes are
 * @param magic what a program must begin with
 * @param mask which bits of it count
 */
record BinfmtHandler(String name, boolean enabled, String flags, int offset, byte[] magic, byte[] mask) {

    static final Path FOLDER = Path.of("/proc/sys/fs/binfmt_misc");

    /** Reads what is registered, by name, and whether handlers count at all; nothing where the kernel does not show it. */
    static Map<String, String> readTexts(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("register")) {
                    texts.put(name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            return Map.of(); // Not mounted, or hidden from this user: what runs is found by trying.
        }
        return texts;
    }

    /** The handlers that are told apart by magic bytes. */
    static List<BinfmtHandler> parse(Map<String, String> texts) {
        List<BinfmtHandler> handlers = new ArrayList<>();
        texts.forEach((name, text) -> {
            String magic = value(text, "magic ");
            if (!magic.isEmpty()) {
                byte[] bytes = HexFormat.of().parseHex(magic);
                String mask = value(text, "mask ");
                handlers.add(new BinfmtHandler(
                        name,
                        text.startsWith("enabled"),
                        value(text, "flags: "),
                        Integer.parseInt(value(text, "offset ")),
                        bytes,
                        mask.isEmpty()
                                ? HexFormat.of().parseHex("ff".repeat(bytes.length))
                                : HexFormat.of().parseHex(mask)));
            }
        });
        return List.copyOf(handlers);
    }

    private static String value(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** Whether it is meant for this program. */
    boolean matches(byte[] program) {
        if (program.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((program[offset + i] & mask[i]) != (magic[i] & mask[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether it works in every root. */
    boolean isFixed() {
        return flags.contains("F");
    }

    /** Why it does not work, for the user. */
    String problem() {
        if (!enabled) {
            return "the handler " + name + " of binfmt_misc is disabled";
        }
        return isFixed()
                ? "the handler " + name + " of binfmt_misc does not start a program that it is tried with"
                : "the handler " + name + " of binfmt_misc is registered without the flag F (fix binary)";
    }
}
