package dev.slipway.caller;

import dev.slipway.executor.Output;
import java.io.OutputStream;

/** The stream of a caller that takes an output. It stays open, for it is the caller's. */
public final class CallerStream extends OutputStream {

    private final String what;
    private final OutputStream stream;

    private CallerStream(String what, OutputStream stream) {
        this.what = what;
        this.stream = stream;
    }

    /** The same output, if it goes to a stream by way of this class. */
    public static Output guard(Output output) {
        String what = "cannot write the output type=" + output.type();
        return new Output(
                output.type(),
                output.destination(),
                output.stream().map(stream -> new CallerStream(what, stream)),
                output.attributes());
    }

    @Override
    public void write(int b) {
        CallerCode.run(what, () -> stream.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        CallerCode.run(what, () -> stream.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        CallerCode.run(what, () -> stream.flush());
    }
}
