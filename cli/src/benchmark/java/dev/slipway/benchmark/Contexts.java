package dev.slipway.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes the contexts that are built, always the same bytes. */
final class Contexts {

    private static final long SEED = 1;
    private static final int[] SIZES = {200, 800, 3_000, 12_000};

    private final Path folder;

    Contexts(Path folder) {
        this.folder = folder;
    }

    /** The context of this name, which is written if it is not there. */
    Path of(String name) throws IOException {
        Path context = folder.resolve(name);
        if (!Files.exists(context.resolve("Dockerfile"))) {
            Files.createDirectories(context);
            write(name, context);
        }
        return context;
    }

    private static void write(String name, Path context) throws IOException {
        switch (name) {
            case "uname" -> dockerfile(context, "FROM alpine\nRUN uname -m > /arch\n");
            case "run30" -> run(context, 30);
            case "files20k" -> files(context, 20_000, SIZES);
            case "chain1k" -> chain(context, 1_000);
            case "layer180" -> layer(context, 20, 3_000_000);
            case "java100" -> java(context, 100, 1_000_000);
            default -> throw new IllegalArgumentException("no context " + name);
        }
    }

    private static void dockerfile(Path context, String text) throws IOException {
        // Written last: with it, the context is whole.
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private static void run(Path context, int steps) throws IOException {
        StringBuilder text = new StringBuilder("FROM alpine\n");
        for (int i = 1; i <= steps; i++) {
            text.append("RUN echo ").append(i).append(" > /f").append(i).append('\n');
        }
        dockerfile(context, text.toString());
    }

    /** Many files of noise, a few in each folder, one COPY and one RUN. */
    static void files(Path context, int count, int... sizes) throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < count; i++) {
            Path file = context.resolve("src/d" + i % (count / 100) + "/e" + i % 7 + "/f" + i + ".txt");
            Files.createDirectories(file.getParent());
            byte[] bytes = new byte[sizes[random.nextInt(sizes.length)]];
            random.nextBytes(bytes);
            Files.write(file, bytes);
        }
        dockerfile(context, "FROM alpine\nCOPY src /src\nRUN find /src -type f | wc -l > /count\n");
    }

    /** Stages of which each copies a file of the one before. */
    static void chain(Path context, int stages) throws IOException {
        Files.writeString(context.resolve("seed"), "x\n");
        StringBuilder text = new StringBuilder("FROM scratch AS s0\nCOPY seed /f0\n");
        for (int i = 1; i < stages; i++) {
            text.append("FROM scratch AS s").append(i);
            text.append("\nCOPY --from=s").append(i - 1).append(" /f").append(i - 1);
            text.append(" /f").append(i).append('\n');
        }
        dockerfile(context, text.toString());
    }

    /** One COPY of files of one size: a third of them noise, a third text, a third zeros. */
    private static void layer(Path context, int count, int size) throws IOException {
        Random random = new Random(SEED);
        List<String> words = random.ints(5_000, 2, 10)
                .mapToObj(length -> random.ints(length, 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .toList();
        Path data = Files.createDirectories(context.resolve("data"));
        for (int i = 0; i < count; i++) {
            Files.write(data.resolve("random" + i), noise(random, size));
            StringBuilder text = new StringBuilder(size + 10);
            while (text.length() < size) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            Files.writeString(data.resolve("text" + i), text.substring(0, size));
            Files.write(data.resolve("zero" + i), new byte[size]);
        }
        dockerfile(context, "FROM alpine\nCOPY data /data\n");
    }

    /** An application with many libraries, which look like noise as archives do, in a layer each for what changes at its own pace. */
    private static void java(Path context, int libraries, int size) throws IOException {
        Random random = new Random(SEED);
        Path folder = Files.createDirectories(context.resolve("lib"));
        for (int i = 0; i < libraries; i++) {
            Files.write(folder.resolve("dep" + i + ".jar"), noise(random, size));
        }
        Files.writeString(Files.createDirectories(context.resolve("conf")).resolve("application.properties"), "a=b\n");
        Files.write(context.resolve("app.jar"), noise(random, 60_000));
        dockerfile(context, """
                FROM alpine
                WORKDIR /app
                COPY lib /app/lib
                COPY conf /app/conf
                COPY app.jar /app/
                ENTRYPOINT ["java","-cp","/app/lib/*:/app/app.jar","Main"]
                """);
    }

    private static byte[] noise(Random random, int size) {
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        return noise;
    }

    /** One file of this size, half noise and half text, that one COPY takes. */
    static void large(Path context, long size) throws IOException {
        Random random = new Random(SEED);
        byte[] noise = new byte[1 << 20];
        byte[] text = "how much wood would a woodchuck chuck ".repeat(1 << 15).getBytes();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(context.resolve("large")))) {
            for (long done = 0; done < size; done += noise.length + text.length) {
                random.nextBytes(noise);
                out.write(noise);
                out.write(text);
            }
        }
        dockerfile(context, "FROM scratch\nCOPY large /\n");
    }
}
