package dev.slipway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The standard output, which remembers that it could not be written: a {@link PrintStream} only knows that something went wrong.
 */
final class StandardOutput extends FilterOutputStream {

    /** Whoever reads has seen enough, as {@code head} has. */
    private static final String NOBODY_READS = "Broken pipe";

    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");

    private static final int BUFFER = 8192;

    private @Nullable IOException failure;

    private StandardOutput(OutputStream out) {
        super(out);
    }

    /** Takes the place of the JDK's. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        Charset charset = Optional.ofNullable(System.getProperty("sun.stdout.encoding"))
                .filter(Charset::isSupported)
                .map(Charset::forName)
                .orElse(Charset.defaultCharset());
        System.setOut(new Printer(output, charset));
        return output;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Writes what is left; says why it could not be written, if somebody was to read it. */
    Optional<String> finish() {
        System.out.flush();
        return Optional.ofNullable(failure)
                .map(IOException::getMessage)
                .filter(message -> !NOBODY_READS.equals(message))
                .map(message -> "cannot write to standard output: " + message);
    }

    /** Who takes an archive that an output writes to standard output. */
    interface Taker {

        boolean isTerminal();

        OutputStream stream();
    }

    /** The standard output of this process as what takes an archive. */
    static Taker taker() {
        return new Taker() {

            @Override
            public boolean isTerminal() {
                return System.console() != null || TERMINAL.matcher(device()).matches();
            }

            @Override
            public OutputStream stream() {
                return new Checked(System.out);
            }
        };
    }

    /** What standard output leads to, where the system says it: Java's console is none when the input comes from elsewhere. */
    private static String device() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /** Knows why it could not print. */
    private static final class Printer extends PrintStream {

        private final StandardOutput output;

        Printer(StandardOutput output, Charset charset) {
            super(new BufferedOutputStream(output, BUFFER), false, charset);
            this.output = output;
        }
    }

    /** Fails where a {@link PrintStream} would not say that nobody reads any more. */
    private static final class Checked extends FilterOutputStream {

        private final PrintStream stream;

        Checked(PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            check();
        }

        @Override
        public void flush() throws IOException {
            check();
        }

        private void check() throws IOException {
            if (stream.checkError()) {
                IOException failure = stream instanceof Printer printer ? printer.output.failure : null;
                String reason = failure == null ? "" : ": " + failure.getMessage();
                throw new IOException("standard output does not take it" + reason, failure);
            }
        }
    }
}
