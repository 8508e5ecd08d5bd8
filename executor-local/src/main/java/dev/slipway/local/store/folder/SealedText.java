package dev.slipway.local.store.folder;

import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.UnixText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small files of the store that end with a check, so that damage, and what a power cut left of one, are seen. */
public final class SealedText {

    private static final int LENGTH = 16;

    private SealedText() {}

    /** Writes a file so that it is seen whole or not at all. */
    public static void write(TempFolder temp, Path file, String text) throws IOException {
        temp.write(file, out -> out.write(UnixText.encode(text + seal(text))));
    }

    /** What was written; nothing if the file is damaged. */
    public static Optional<String> read(Path file) throws IOException {
        String sealed = UnixText.decode(Files.readAllBytes(file));
        String text = sealed.substring(0, Math.max(0, sealed.length() - LENGTH));
        return sealed.length() >= LENGTH && sealed.endsWith(seal(text)) ? Optional.of(text) : Optional.empty();
    }

    private static String seal(String text) {
        return Digest.sha256(UnixText.encode(text)).hex().substring(0, LENGTH);
    }
}
