package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.local.source.RepositorySource.Commit;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs {@code git}, for one source: without the user's and the machine's configuration, without questions, and with the
 * credentials that the build offers. Secrets are given in variables, where no list of processes shows them.
 */
final class GitProgram implements AutoCloseable {

    private static final int MAX_OUTPUT = 16 << 20;
    private static final int MAX_REDIRECTS = 10;

    private final GitAddress address;
    private final StepMonitor monitor;
    private final Map<String, String> environment;
    private GitRemote remote;
    private final TempFolder temp;
    private final Optional<Path> knownHosts;
    private final boolean isOffline;

    GitProgram(GitAddress address, BuildSession session, TempFolder temp, StepMonitor monitor) throws IOException {
        Path place = temp.newPath();
        if (place.getFileSystem() != FileSystems.getDefault()) {
            throw new ExecutorException("git cannot write to " + place.getParent()
                    + " because only this program sees its file system; keep the store in an ordinary folder");
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
        this.remote = GitRemote.of(address, session);
        this.isOffline = session.access().isOffline();
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
        variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
        variables.put("GIT_SSH_COMMAND", sshCommand());
        address.attribute("git.mountsshsock")
                .map(session.sshAgents()::get)
                .ifPresent(socket -> variables.put("SSH_AUTH_SOCK", socket.toString()));
        return variables;
    }

    /**
     * Without questions at the terminal, and without the keys that this user has in files: what is offered is an agent. It warns of
     * nothing, so that what it says is why it failed.
     */
    private String sshCommand() {
        String hosts = knownHosts
                .map(file -> "-o UserKnownHostsFile=" + file)
                .orElse("-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null");
        return "ssh -F /dev/null -o LogLevel=ERROR -o BatchMode=yes -o IdentityFile=none " + hosts;
    }

    /** Makes a bare repository, without anything of this machine's templates. */
    void init(Path bare) throws IOException, InterruptedException {
        List<String> arguments = List.of("init", "--quiet", "--bare", "--template=", bare.toString());
        require(heard(execute(arguments, Optional.empty(), remote.configuration())), arguments.get(0));
    }

    /** Asks the remote something, outside any repository: not even in one that the caller happens to stand in. */
    String ask(String... arguments) throws IOException, InterruptedException {
        return withRemote(temp.newPath(), arguments);
    }

    /** Runs a command that has to do with the remote, wherever the remote has moved to. */
    String withRemote(Path repository, String... arguments) throws IOException, InterruptedException {
        refuseOffline(address.display());
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
        all.addAll(List.of(arguments));
        for (int i = 0; ; i++) {
            Finished finished = execute(all, Optional.empty(), remote.configuration());
            Optional<GitRemote> next = finished.location.flatMap(remote::redirected);
            if (finished.code == 0 || next.isEmpty() || i == MAX_REDIRECTS) {
                return require(heard(finished), arguments[0]);
            }
            remote = next.get();
        }
    }

    /** Checks out the submodules of a repository's work tree, from their whole history where a server gives nothing less. */
    void updateSubmodules(Path repository, Path workTree) throws IOException, InterruptedException {
        refuseOffline("a submodule of " + address.display());
        List<String> update = List.of("update", "--init", "--recursive");
        Finished finished = heard(submodule(repository, workTree, update, GitCheckout.SHALLOW));
        if (finished.code != 0 && finished.isAboutDepth()) {
            // What is there has no history, and would get none.
            require(submodule(repository, workTree, List.of("deinit"), "--all", "--force"), "submodule");
            Folders.delete(repository.resolve("modules"));
            finished = heard(submodule(repository, workTree, update));
        }
        require(finished, "submodule");
    }

    private void refuseOffline(String what) {
        if (isOffline) {
            throw new ExecutorException(
                    what + " is not in the store, and nobody may be asked; build without --offline, or from a bundle");
        }
    }

    private Finished submodule(Path repository, Path workTree, List<String> command, String... more)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository, "--work-tree=" + workTree, "submodule"));
        all.addAll(command);
        all.addAll(List.of(more));
        return execute(all, Optional.of(workTree), remote.configurationOfSubmodules());
    }

    /** Runs a command in a repository with this work tree. */
    String in(Path repository, Path workTree, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
        if (!workTree.equals(repository)) {
            all.add("--work-tree=" + workTree);
        }
        all.addAll(List.of(arguments));
        return require(heard(execute(all, Optional.of(workTree), remote.configuration())), command(arguments));
    }

    boolean succeeds(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + repository));
        all.addAll(List.of(arguments));
        return execute(all, Optional.of(repository), remote.configuration()).code == 0;
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
                + UrlCredentials.redact(reason) + remote.advice());
    }

    /** How a command ended, and where the server sent it that was asked with credentials. */
    private record Finished(int code, String output, String errors, Optional<String> location) {

        /**
         * In the words of servers that know no smart protocol, of those that do not cut history, and of those that give nothing but
         * the last commits.
         */
        private boolean isAboutDepth() {
            return Stream.of("--depth", "shallow", "unadvertised object", "not our ref")
                    .anyMatch(errors::contains);
        }
    }

    private Finished heard(Finished finished) {
        if (!finished.errors.isEmpty()) {
            String heard = UrlCredentials.redact(finished.errors);
            monitor.log(LogStream.ERROR, heard.getBytes(StandardCharsets.UTF_8));
        }
        return finished;
    }

    private Finished execute(List<String> arguments, Optional<Path> folder, Map<String, String> configuration)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 022; exec git \"$@\"", "git"));
        // Only the address that the build names may be one of this machine, and none runs a program.
        command.addAll(List.of("-c", "protocol.allow=never", "-c", "protocol.file.allow=user"));
        for (String protocol : List.of("http", "https", "ssh", "git")) {
            command.addAll(List.of("-c", "protocol." + protocol + ".allow=always"));
        }
        // Nothing that git does outlives the lock under which it was called.
        command.addAll(List.of("-c", "gc.autoDetach=false"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        folder.map(Path::toFile).ifPresent(builder::directory);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(variables(configuration));
        Optional<GitTrace> trace = remote.hasCredentials() ? Optional.of(GitTrace.in(temp)) : Optional.empty();
        trace.ifPresent(kept -> builder.environment().putAll(kept.variables()));
        // Files, for a thread that waits for bytes of a process cannot be interrupted.
        Path output = temp.newPath();
        Path errors = temp.newPath();
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        Process process = start(builder);
        try {
            process.getOutputStream().close();
            int code = process.waitFor();
            Optional<String> location =
                    code != 0 && trace.isPresent() ? trace.get().location() : Optional.empty();
            return new Finished(code, read(output), read(errors), location);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
            if (trace.isPresent()) {
                trace.get().delete();
            }
        }
    }

    private static Map<String, String> variables(Map<String, String> configuration) {
        Map<String, String> variables = new TreeMap<>();
        configuration.forEach((key, value) -> {
            int number = variables.size() / 2;
            variables.put("GIT_CONFIG_KEY_" + number, key);
            variables.put("GIT_CONFIG_VALUE_" + number, value);
        });
        variables.put("GIT_CONFIG_COUNT", Integer.toString(configuration.size()));
        return variables;
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
