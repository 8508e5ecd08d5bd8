package dev.slipway.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes Dockerfiles that nobody would write out of those that somebody wrote. */
final class Mutator {

    private static final List<String> TOKENS = List.of(
            "FROM",
            "RUN",
            "COPY",
            "ADD",
            "ARG",
            "ENV",
            "ONBUILD ",
            "HEALTHCHECK",
            "EXPOSE",
            "SHELL",
            "WORKDIR ",
            "USER",
            "--mount=type=cache,",
            "--from=",
            "--chmod=",
            "--link",
            "--parents",
            "--platform=",
            "--exclude=",
            "--checksum=",
            "${",
            "}",
            "$",
            ":-",
            "##",
            "//",
            "%%",
            "'",
            "\"",
            "\\",
            "`",
            "<<",
            "<<-EOF",
            "EOF",
            "\n",
            "\r\n",
            "\\\n",
            "\t",
            "#",
            "# escape=`\n",
            "# check=",
            "[",
            "]",
            "[\"",
            "\"]",
            ",",
            "=",
            "/",
            "/./",
            "..",
            "*",
            "?",
            "\0",
            "\u00e9",
            "\ufeff",
            "\u2028",
            "\ud83d\ude00",
            "https://h/x.git#a:b",
            "git@h:x",
            "@sha256:",
            "0.0.0.0:1-65535:1-65535/udp",
            "9223372036854775808",
            "-1",
            "TARGETPLATFORM",
            "SOURCE_DATE_EPOCH",
            "scratch",
            "AS a");

    private final Random random;
    private final List<byte[]> sources;

    Mutator(Random random, List<byte[]> sources) {
        this.random = random;
        this.sources = sources;
    }

    byte[] next() {
        byte[] input = any();
        for (int i = random.nextInt(4); i >= 0; i--) {
            input = random.nextBoolean() ? mutateBytes(input) : mutateLines(input);
        }
        return input;
    }

    private byte[] any() {
        return sources.get(random.nextInt(sources.size()));
    }

    private byte[] mutateBytes(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> flip(input);
            case 1 -> join(input, from, to, new byte[0]);
            case 2 -> join(input, from, from, token());
            case 3 -> join(input, from, to, token());
            default -> join(input, from, from, repeated(Arrays.copyOfRange(input, from, to)));
        };
    }

    private byte[] flip(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** A chunk many times over: deep nesting, long words. */
    private byte[] repeated(byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(2_000); i > 0; i--) {
            out.writeBytes(chunk);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] input, int from, int to, byte[] replacement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        out.writeBytes(replacement);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }

    private byte[] mutateLines(byte[] input) {
        List<byte[]> lines = lines(input);
        int line = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(other, lines.get(line));
            case 2 -> lines.set(line, lines.set(other, lines.get(line)));
            case 3 -> lines.set(line, Arrays.copyOf(lines.get(line), random.nextInt(lines.get(line).length + 1)));
            case 4 ->
                lines.subList(Math.min(line, other), Math.max(line, other)).clear();
            default -> {
                List<byte[]> foreign = lines(any());
                lines.add(line, foreign.get(random.nextInt(foreign.size())));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** The lines with their ends; at least one. */
    private static List<byte[]> lines(byte[] input) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                lines.add(Arrays.copyOfRange(input, start, i + 1));
                start = i + 1;
            }
        }
        lines.add(Arrays.copyOfRange(input, start, input.length));
        return lines;
    }
}
