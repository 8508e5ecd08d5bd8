package dev.slipway.oci.posix;

import dev.slipway.oci.layer.UnixText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as the text of {@link UnixText}, which loses nothing. Java keeps the bytes of a path whatever they are, but
 * shows and takes them as they are only in the address of a file: as text, what is no UTF-8 is lost, and where the locale is
 * another one than that, everything beyond ASCII.
 */
public final class PathText {

    private static final char REPLACEMENT = '\uFFFD';

    private static final boolean IS_UTF_8 =
            StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    private PathText() {}

    /** The text of a whole path, or of the target of a link. */
    public static String of(Path path) {
        String text = path.toString();
        return isExact(text, path) ? text : UnixText.decode(bytes(path));
    }

    /** The text of the last name of a path. */
    public static String nameOf(Path path) {
        String name = path.getFileName().toString();
        if (isExact(name, path)) {
            return name;
        }
        String text = UnixText.decode(bytes(path.toAbsolutePath()));
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The path of a file with this name, or relative path, in a folder. */
    public static Path resolve(Path folder, String name) {
        if (UnixText.isValid(name) && isExact(name, folder)) {
            return folder.resolve(name);
        }
        StringBuilder address = new StringBuilder("file://");
        for (byte each : bytes(folder.toAbsolutePath())) {
            append(address, each);
        }
        append(address, (byte) '/');
        for (byte each : UnixText.encode(name)) {
            append(address, each);
        }
        return Path.of(URI.create(address.toString()));
    }

    /** The bytes of a path, as the system stores them. */
    static byte[] bytes(Path path) {
        String text = path.toString();
        if (isExact(text, path)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] whole = decode(path.toUri().getRawPath());
        // The address of a folder ends in a slash, and every address is absolute.
        int end = whole[whole.length - 1] == '/' ? whole.length - 1 : whole.length;
        int start = path.isAbsolute() ? 0 : bytes(Path.of("").toAbsolutePath()).length + 1;
        return Arrays.copyOfRange(whole, start, end);
    }

    /** Whether the bytes of a path can be read from its text. Only Linux's own file systems have bytes as names. */
    private static boolean isExact(String text, Path path) {
        if (!SystemFiles.areKnownToKernel(path)) {
            return true;
        }
        return IS_UTF_8 ? text.indexOf(REPLACEMENT) < 0 : text.chars().allMatch(character -> character < 0x80);
    }

    private static byte[] decode(String address) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) == '%') {
                bytes.write(Integer.parseInt(address.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(address.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static void append(StringBuilder address, byte value) {
        address.append(value == '/' ? "/" : String.format("%%%02X", value));
    }
}
