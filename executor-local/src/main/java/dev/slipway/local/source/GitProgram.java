package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.StepMonitor;
import dev.slipway.local.source.GitSource.Commit;
import dev.slipway.local.store.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs {@code git}, for one source: without the user's and the machine's configuration, without questions, and with the
 * credentials that the build offers. Secrets are given in variables, where no list of processes shows them.
 */
final class GitProgram implements AutoCloseable {

    private static final int MAX_OUTPUT = 16 << 20;

    private final GitAddress address;
    private final StepMonitor monitor;
    private final Map<String, String> environment;
    private final TempFolder temp;
    private final Optional<Path> knownHosts;

    GitProgram(GitAddress address, BuildSession session, TempFolder temp, StepMonitor monitor) throws IOException {
        Path place = temp.newPath();
        if (place.getFileSystem() != FileSystems.getDefault()) {
            throw new ExecutorException("git cannot write to " + place.getParent()
                    + ", for only this program sees its file system; keep the store in an ordinary folder");
        }
        this.address = address;
        this.temp = temp;
        this.monitor = monitor;
        Optional<String> hosts = address.attribute("git.knownsshhosts");
        this.knownHosts = hosts.isPresent() ? Optional.of(temp.newPath()) : Optional.empty();
        if (knownHosts.isPresent()) {
            Files.writeString(knownHosts.get(), hosts.get() + "\n");
        }
        this.environment = environment(session);
    }

    private Map<String, String> environment(BuildSession session) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : List.of(
                "PATH",
                "http_proxy",
                "https_proxy",
                "no_proxy",
                "HTTP_PROXY",
                "HTTPS_PROXY",
                "NO_PROXY",
                "all_proxy",
                "ALL_PROXY")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> variables.put(name, value));
        }
        variables.put("HOME", "/dev/null");
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("GIT_SSH_COMMAND", sshCommand());
        address.attribute("git.mountsshsock")
                .map(session.sshAgents()::get)
                .ifPresent(socket -> variables.put("SSH_AUTH_SOCK", socket.toString()));
        authorization(session).ifPresent(value -> {
            variables.put("GIT_CONFIG_COUNT", "1");
            variables.put("GIT_CONFIG_KEY_0", "http." + scope() + ".extraheader");
            variables.put("GIT_CONFIG_VALUE_0", "Authorization: " + value);
        });
        return variables;
    }

    private String sshCommand() {
        String hosts = knownHosts
                .map(file -> "-o UserKnownHostsFile=" + file)
                .orElse("-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null");
        return "ssh -F /dev/null " + hosts;
    }

    /** A whole header counts more than a token, and a secret of the host more than one of all hosts, as in BuildKit. */
    private Optional<String> authorization(BuildSession session) {
        Optional<String> host = host().map(name -> "." + name);
        for (String suffix : host.isPresent() ? List.of(host.get(), "") : List.of("")) {
            Optional<String> header = secret(session, "git.authheadersecret", suffix);
            if (header.isPresent()) {
                return header;
            }
            Optional<String> token = secret(session, "git.authtokensecret", suffix);
            if (token.isPresent()) {
                byte[] pair = ("x-access-token:" + token.get()).getBytes(StandardCharsets.UTF_8);
                return Optional.of("basic " + Base64.getEncoder().encodeToString(pair));
            }
        }
        return Optional.empty();
    }

    private Optional<String> secret(BuildSession session, String attribute, String suffix) {
        return address.attribute(attribute)
                .flatMap(id -> session.secrets().get(id + suffix))
                .map(content -> new String(content, StandardCharsets.UTF_8).strip());
    }

    private Optional<String> host() {
        try {
            return Optional.ofNullable(URI.create(address.remote()).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Credentials go to the host of the remote, not to those of submodules. */
    private String scope() {
        URI remote = URI.create(address.remote());
        return remote.getScheme() + "://" + remote.getAuthority() + "/";
    }

    /** Runs a command outside any repository. */
    String run(String... arguments) throws IOException, InterruptedException {
        Finished finished = execute(List.of(arguments), Optional.empty(), true);
        return require(finished, arguments[0]);
    }

    /** Runs a command in a repository with this work tree. */
    String in(Path repository, Path workTree, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
        if (!workTree.equals(repository)) {
            all.add("--work-tree=" + workTree);
        }
        all.addAll(List.of(arguments));
        return require(execute(all, Optional.of(workTree), true), command(arguments));
    }

    boolean succeeds(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
        all.addAll(List.of(arguments));
        return execute(all, Optional.of(repository), false).code == 0;
    }

    /** When a commit was made. */
    Instant commitTime(Path repository, Commit commit) throws IOException, InterruptedException {
        String seconds =
                in(repository, repository, "show", "--no-patch", "--format=%ct", commit.commit() + "^{commit}");
        return Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
    }

    private static String command(String... arguments) {
        int at = 0;
        while (arguments[at].equals("-c")) {
            at += 2;
        }
        return arguments[at];
    }

    private String require(Finished finished, String command) {
        if (finished.code == 0) {
            return finished.output;
        }
        // Why ssh could not read, it says itself, before git does.
        List<String> lines = finished.errors
                .strip()
                .lines()
                .filter(line -> !line.startsWith("fatal: Could not read from remote repository"))
                .toList();
        String reason = lines.stream()
                .filter(line -> line.startsWith("fatal: ") || line.startsWith("ssh: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "exit code " + finished.code : lines.get(0));
        throw new ExecutorException("git " + command + " of " + address.display() + " failed: "
                + reason.replace(address.remote(), address.display())
                + "; check the address, whether this machine reaches it, and for a private repository the secret"
                + " GIT_AUTH_TOKEN or --ssh");
    }

    private record Finished(int code, String output, String errors) {}

    private Finished execute(List<String> arguments, Optional<Path> folder, boolean isHeard)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 022; exec git \"$@\"", "git"));
        command.addAll(List.of("-c", "protocol.file.allow=user"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        folder.map(Path::toFile).ifPresent(builder::directory);
        builder.environment().clear();
        builder.environment().putAll(environment);
        // Files, for a thread that waits for bytes of a process cannot be interrupted.
        Path output = temp.newPath();
        Path errors = temp.newPath();
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        Process process = start(builder);
        try {
            process.getOutputStream().close();
            int code = process.waitFor();
            String complaint = Files.readString(errors);
            if (isHeard && !complaint.isEmpty()) {
                String heard = complaint.replace(address.remote(), address.display());
                monitor.log(StepMonitor.Stream.ERROR, heard.getBytes(StandardCharsets.UTF_8));
            }
            return new Finished(code, read(output), complaint);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ExecutorException("git cannot be run; install it to use git sources: " + e.getMessage(), e);
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        if (knownHosts.isPresent()) {
            Files.deleteIfExists(knownHosts.get());
        }
    }
}
