package dev.slipway.parser;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages Dockerfiles: flips bytes, inserts what means something, cuts, doubles and moves lines, splices two files. */
final class Mutator {

    /** A Dockerfile with every instruction and most forms. */
    static final String EVERYTHING = """
            # syntax=docker/dockerfile:1
            # check=skip=all;error=false
            ARG VERSION=1.0 NAME="a b"
            # base is where all starts
            FROM --platform=$BUILDPLATFORM alpine:${VERSION:-3} AS base
            MAINTAINER Somebody <somebody@example.com>
            ARG TARGETARCH
            ENV A=b C="d $A" E='f g' H=${A%%x*}${A//a/b}
            ENV legacy value with  blanks
            LABEL a.b="c" d=e
            SHELL ["/bin/sh", "-ec"]
            WORKDIR /src/${A:+x}
            RUN --mount=type=cache,target=/c,id="x" --mount=type=secret,id=s,env=T --network=none \\
                # a comment
                apt-get update && \\

                echo "done" > /x
            RUN <<EOF
            #!/bin/sh
            echo $A
            EOF
            RUN cat <<-"E1" 3<<E2 > /y
            \tone
            \tE1
            two
            E2
            COPY --from=base --chown=1:2 --chmod=755 --link --exclude=*.md --parents a "b c" /d/
            COPY <<a.txt <<-'b.txt' /files/
            a $A \\$B
            a.txt
            \tb
            b.txt
            COPY ["a b", "c\\u00e9", "/d"]
            ADD --checksum=sha256:00 --keep-git-dir=true --unpack https://example.com/x.tar /x
            USER $USER:${GROUP:-0}
            EXPOSE 80/tcp 443-445/udp $PORTS
            VOLUME ["/data"] /more
            STOPSIGNAL SIGTERM
            HEALTHCHECK --interval=5m --timeout=3.5s --retries=3 CMD ["curl", "x"]
            HEALTHCHECK NONE
            ONBUILD COPY <<E /x
            x
            E
            ONBUILD RUN --mount=from=base,target=/b echo "${X?unset}"
            from base as Final
            entrypoint ["a", "b"]
            CMD echo 한국어 \u00A0 😀
            """;

    private static final List<String> PIECES = List.of(
            "\\",
            "`",
            "\"",
            "'",
            "$",
            "${",
            "}",
            " ",
            "\t",
            "\n",
            "\r\n",
            "#",
            "--",
            "=",
            "[",
            "]",
            ",",
            "<<",
            "<<EOF",
            "<<-E",
            "\nEOF\n",
            "\\\n",
            "\u00A0",
            "\u0085",
            "à",
            "한",
            "\uFEFF",
            "\0",
            "# escape=`\n",
            "FROM ",
            "ONBUILD ",
            "RUN ",
            "COPY ",
            "ENV ",
            "HEALTHCHECK ",
            "--mount=",
            "AS ",
            "[\"",
            "\"]",
            "\\u00e9",
            ":-",
            "//",
            "%",
            "*");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutate(List<byte[]> sources) {
        byte[] input = pick(sources);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && input.length > 0; i++) {
            input = change(input, sources);
        }
        return input;
    }

    private byte[] change(byte[] input, List<byte[]> sources) {
        int at = random.nextInt(input.length);
        int end = at + Math.min(input.length - at, 1 + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = input.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> replace(input, at, end, new byte[0]);
            case 2 -> replace(input, at, at, pick(PIECES).getBytes(StandardCharsets.UTF_8));
            case 3 -> replace(input, at, end, pick(PIECES).getBytes(StandardCharsets.UTF_8));
            case 4 -> Arrays.copyOf(input, at);
            case 5 -> lines(input);
            default -> {
                byte[] other = pick(sources);
                int from = random.nextInt(other.length + 1);
                yield replace(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
            }
        };
    }

    /** Doubles a line, or moves it to another place. */
    private byte[] lines(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("(?<=\n)");
        int from = random.nextInt(lines.length);
        int to = random.nextInt(lines.length);
        String moved = lines[from];
        lines[from] = random.nextBoolean() ? moved + moved : lines[to];
        lines[to] = moved;
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] replace(byte[] input, int from, int to, byte[] replacement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + replacement.length);
        out.write(input, 0, from);
        out.writeBytes(replacement);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
