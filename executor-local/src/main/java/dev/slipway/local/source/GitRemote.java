package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A git repository, through the {@code git} binary, so that everything a user's git can reach and do works here too. Settings
 * of the user and the machine are left out: they must make no difference to an image.
 */
final class GitRemote {

    private final GitPlace place;
    private final BuildSession session;

    GitRemote(GitPlace place, BuildSession session) {
        this.place = place;
        this.session = session;
    }

    /**
     * The commit that the reference stands for now.
     *
     * @throws ExecutorException if there is none
     */
    String commit() throws IOException, InterruptedException {
        String commit = place.namesCommit() ? place.reference() : lookUp();
        if (!commit.startsWith(place.checksum())) {
            throw new ExecutorException("expected checksum to match " + place.checksum() + ", got " + commit);
        }
        return commit;
    }

    /** Asks for tags and branches of the name; of a tag that is an object of its own, the commit that it is put on. */
    private String lookUp() throws IOException, InterruptedException {
        String wanted = place.reference().isEmpty() ? "HEAD" : place.reference();
        String found = run(List.of("ls-remote", "--", place.url(), wanted, wanted + "^{}"), Optional.empty());
        String commit = "";
        int best = Integer.MAX_VALUE;
        List<String> preferred = List.of(
                wanted + "^{}", "refs/tags/" + wanted + "^{}", wanted, "refs/heads/" + wanted, "refs/tags/" + wanted);
        for (String line : found.lines().toList()) {
            int tab = line.indexOf('\t');
            int rank = tab < 0 ? -1 : preferred.indexOf(line.substring(tab + 1));
            if (rank >= 0 && rank < best) {
                best = rank;
                commit = line.substring(0, tab);
            }
        }
        if (commit.isEmpty()) {
            throw new ExecutorException("repository " + place.url() + " does not contain ref " + wanted
                    + "; name a branch, a tag or a commit that it has");
        }
        return commit;
    }

    /** Checks a commit out into an empty folder. */
    void checkOut(String commit, Path folder) throws IOException, InterruptedException {
        run(List.of("init", "--quiet"), Optional.of(folder));
        run(List.of("remote", "add", "origin", place.url()), Optional.of(folder));
        fetch(commit, folder);
        run(List.of("checkout", "--quiet", "--force", commit), Optional.of(folder));
        if (!place.skipSubmodules()) {
            run(List.of("submodule", "update", "--quiet", "--init", "--recursive"), Optional.of(folder));
        }
    }

    /** Not every server gives out single commits, and those of plain files give out no part of the history alone. */
    private void fetch(String commit, Path folder) throws IOException, InterruptedException {
        List<List<String>> ways = List.of(
                List.of("fetch", "--quiet", "--depth=1", "--no-tags", "origin", commit),
                List.of("fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*"));
        ExecutorException failure = null;
        for (List<String> way : ways) {
            try {
                run(way, Optional.of(folder));
                return;
            } catch (ExecutorException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private String run(List<String> arguments, Optional<Path> folder) throws IOException, InterruptedException {
        // The modes of what git writes must not depend on whoever runs the build.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask 022; exec git \"$@\"", "git"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        folder.ifPresent(path -> builder.directory(path.toFile()));
        environment(builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new ExecutorException(
                        "git " + arguments.get(0) + " of " + place.url() + " failed: " + output.strip());
            }
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void environment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_ALLOW_PROTOCOL", "http:https:ssh:git");
        environment.put("LC_ALL", "C.UTF-8");
        authorization().ifPresent(header -> {
            // By the environment, where no list of processes shows it, and for this server alone.
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "http." + place.url() + ".extraheader");
            environment.put("GIT_CONFIG_VALUE_0", "Authorization: " + header);
        });
    }

    private Optional<String> authorization() {
        Optional<String> header = secret(place.headerSecret());
        return header.or(() -> secret(place.tokenSecret())
                .map(token -> "basic "
                        + Base64.getEncoder()
                                .encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8))));
    }

    private Optional<String> secret(Optional<String> id) {
        return id.flatMap(session.secrets()::get).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }
}
