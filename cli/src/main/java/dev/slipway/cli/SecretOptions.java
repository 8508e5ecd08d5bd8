package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that offer steps what must not be in an image. */
final class SecretOptions {

    private static final List<String> KEYS = List.of("id", "src", "source", "env", "type");
    private static final List<String> TYPES = List.of("", "file", "env");

    @Option(
            names = "--secret",
            paramLabel = "id=ID[,src=FILE|,env=NAME]",
            description = "Offer a secret to steps that mount it.")
    private List<String> secrets = List.of();

    @Option(
            names = "--ssh",
            paramLabel = "default|ID[=SOCKET]",
            description = "Offer an SSH agent to steps that mount it.")
    private List<String> ssh = List.of();

    BuildRequest apply(BuildRequest request) {
        BuildRequest result = request;
        // As in buildx, an empty one, such as a variable that is not set, is none.
        for (String secret : secrets) {
            result = secret.isEmpty() ? result : secret(result, secret);
        }
        for (String agent : ssh) {
            result = agent.isEmpty() ? result : agent(result, agent);
        }
        return result;
    }

    private static BuildRequest secret(BuildRequest request, String text) {
        Map<String, String> fields = CsvFields.pairs("--secret", text);
        for (String key : fields.keySet()) {
            if (!KEYS.contains(key)) {
                throw new UsageException("--secret " + text + ": '" + key + "' is not a field of a secret; known are "
                        + String.join(", ", KEYS));
            }
        }
        String type = fields.getOrDefault("type", "");
        if (!TYPES.contains(type)) {
            throw new UsageException("--secret " + text + ": there is no type '" + type + "'; write file or env");
        }
        String id = fields.get("id");
        String file = fields.getOrDefault("src", fields.get("source"));
        String variable = fields.get("env");
        if (type.equals("env") && variable == null) {
            variable = file;
            file = null;
        }
        if (id == null) {
            throw new UsageException("--secret " + text + ": id is required");
        }
        if (file != null) {
            if (!Files.isReadable(Path.of(file))) {
                throw new UsageException(
                        "--secret " + text + ": the file " + file + " cannot be read; name one that can");
            }
            return request.secret(id, SecretSource.file(Path.of(file)));
        }
        String name = variable == null ? id : variable;
        String value = System.getenv(name);
        if (value == null) {
            throw new UsageException(
                    "--secret " + text + ": no src= is given and no environment variable " + name + " is set");
        }
        return request.secret(id, SecretSource.text(value));
    }

    private static BuildRequest agent(BuildRequest request, String text) {
        int equals = text.indexOf('=');
        String id = equals < 0 ? text : text.substring(0, equals);
        String socket = equals < 0 ? System.getenv("SSH_AUTH_SOCK") : text.substring(equals + 1);
        if (socket == null) {
            throw new UsageException("--ssh " + text + ": no socket is given and SSH_AUTH_SOCK is not set");
        }
        if (!Files.exists(Path.of(socket))) {
            throw new UsageException("--ssh " + text + ": there is no " + socket + "; name the socket of an agent");
        }
        if (Files.isRegularFile(Path.of(socket))) {
            throw new UsageException("--ssh " + text + ": " + socket
                    + " is a file; give a key to an agent with ssh-add," + " and name the agent's socket");
        }
        return request.sshAgent(id, Path.of(socket));
    }
}
