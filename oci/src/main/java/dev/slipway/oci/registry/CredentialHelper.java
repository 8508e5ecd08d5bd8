package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that keeps credentials: {@code docker-credential-NAME get}, the registry on its input, JSON on its output. */
final class CredentialHelper {

    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String program;
    private final Map<String, String> environment;
    private final Duration patience;

    CredentialHelper(String name, Map<String, String> environment) throws IOException {
        this(name, environment, PATIENCE);
    }

    CredentialHelper(String name, Map<String, String> environment, Duration patience) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IOException("invalid name of a credential helper: " + name);
        }
        this.program = "docker-credential-" + name;
        this.environment = environment;
        this.patience = patience;
    }

    Optional<Credential> get(String registry) throws IOException {
        Path file = find().orElseThrow(() ->
                new IOException("the credential helper " + program + " that Docker's config names is not installed"));
        Process process = new ProcessBuilder(file.toString(), "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ask(process, registry);
            // The output fits into a pipe, so it is read after the end: an interrupt could not stop a reader that
            // waits.
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        program + " has not answered for " + patience.toSeconds() + " seconds; try it by hand");
            }
            byte[] answer = process.getInputStream().readNBytes(MAX_ANSWER);
            return process.exitValue() == 0 ? Optional.of(read(answer)) : refused(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(program + " was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void ask(Process process, String registry) {
        try (OutputStream input = process.getOutputStream()) {
            input.write((registry + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A helper need not read all of its input; only its answer matters.
        }
    }

    boolean isInstalled() {
        return find().isPresent();
    }

    private Optional<Path> find() {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private Credential read(byte[] answer) throws IOException {
        JsonObject credential = Json.object(answer);
        String username = credential.string("Username");
        return new Credential(username, credential.requiredString("Secret"), username.equals("<token>"), program);
    }

    /** A helper without a credential says so and fails. */
    private Optional<Credential> refused(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        if (text.startsWith("credentials not found")) {
            return Optional.empty();
        }
        throw new IOException(program + " failed: " + text.substring(0, Math.min(200, text.length())));
    }
}
