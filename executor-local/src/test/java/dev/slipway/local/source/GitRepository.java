package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bare repository of a test, and where its commits are made. */
record GitRepository(Path bare, Path work) {

    /** A repository {@code NAME.git} in a folder, with one file {@code NAME}. */
    static GitRepository in(Path folder, String name) throws IOException, InterruptedException {
        Path bare = folder.resolve(name + ".git");
        Path work = Files.createDirectories(folder.resolve("work-" + name));
        GitRepository repository = new GitRepository(bare, work);
        repository.git("init", "-q", "-b", "main");
        repository.commit(name, "of " + name);
        repository.git("clone", "-q", "--bare", ".", bare.toString());
        repository.git("remote", "add", "origin", bare.toString());
        repository.push();
        return repository;
    }

    void commit(String path, String content) throws IOException, InterruptedException {
        Files.createDirectories(work.resolve(path).getParent());
        Files.writeString(work.resolve(path), content);
        git("add", path);
        git("commit", "-q", "-m", path);
    }

    /** Puts the last commit of another repository in a folder, as the submodule of this address. */
    void addSubmodule(String path, String url, GitRepository other) throws IOException, InterruptedException {
        git("config", "-f", ".gitmodules", "submodule." + path + ".path", path);
        git("config", "-f", ".gitmodules", "submodule." + path + ".url", url);
        git("update-index", "--add", "--cacheinfo", "160000," + other.git("rev-parse", "HEAD") + "," + path);
        git("add", ".gitmodules");
        git("commit", "-q", "-m", path);
    }

    void push() throws IOException, InterruptedException {
        git("push", "-q", "--all", "origin");
        git("push", "-q", "--tags", "origin");
        git("--git-dir=" + bare, "update-server-info");
    }

    String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
