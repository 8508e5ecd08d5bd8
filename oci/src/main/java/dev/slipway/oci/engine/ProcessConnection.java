package dev.slipway.oci.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connection through a program such as ssh: its input and output. */
final class ProcessConnection implements EngineConnection {

    private static final int LAST_WORDS = 1000;
    private static final int PATIENCE_MILLIS = 2000;

    private final Process process;
    private final Thread listener;
    private final StringBuilder said = new StringBuilder();

    private ProcessConnection(Process process) {
        this.process = process;
        this.listener = new Thread(this::listen, "slipway-engine-errors");
        listener.setDaemon(true);
        listener.start();
    }

    static ProcessConnection start(List<String> command) throws IOException {
        try {
            return new ProcessConnection(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new IOException(command.get(0) + " could not be started: " + e.getMessage(), e);
        }
    }

    private void listen() {
        byte[] buffer = new byte[1024];
        try (InputStream errors = process.getErrorStream()) {
            for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
                String text = new String(buffer, 0, n, StandardCharsets.UTF_8);
                synchronized (said) {
                    said.append(text);
                    said.delete(0, Math.max(0, said.length() - LAST_WORDS));
                }
            }
        } catch (IOException e) {
            // The program has been stopped, so nothing more will come.
            return;
        }
    }

    @Override
    public void connect() {
        // Its output shows whether it has connected.
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return process.getOutputStream();
    }

    /** The last output of the program. */
    @Override
    public String lastWords() {
        try {
            listener.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (said) {
            return said.toString().strip();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
