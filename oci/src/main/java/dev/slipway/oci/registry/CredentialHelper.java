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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that keeps credentials: {@code docker-credential-NAME get}, the registry on its input, JSON on its output. */
final class CredentialHelper {

    private static final int MAX_ANSWER = 1 << 20;
    private static final int PATIENCE_SECONDS = 30;

    private final String program;
    private final Map<String, String> environment;

    CredentialHelper(String name, Map<String, String> environment) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IOException("invalid name of a credential helper: " + name);
        }
        this.program = "docker-credential-" + name;
        this.environment = environment;
    }

    Optional<Credential> get(String registry) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(find().toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            ask(process, registry);
            byte[] answer = process.getInputStream().readNBytes(MAX_ANSWER);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " does not end");
            }
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
            // A helper need not listen to the end: what counts is its answer.
        }
    }

    private Path find() throws IOException {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IOException("the credential helper " + program + " that Docker's config names is not installed");
    }

    private static Credential read(byte[] answer) throws IOException {
        JsonObject credential = Json.object(answer);
        String username = credential.string("Username");
        return new Credential(username, credential.requiredString("Secret"), username.equals("<token>"));
    }

    /** A helper that knows no credential says so and fails. */
    private Optional<Credential> refused(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        if (text.startsWith("credentials not found")) {
            return Optional.empty();
        }
        throw new IOException(program + " failed: " + text.substring(0, Math.min(200, text.length())));
    }
}
