package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Buildah, with layers. It has no daemon. */
final class BuildahEngine implements Engine {

    private final String client;
    private final Path homes;
    private final Program program = new Program();
    private int count;

    /** @param homes where stores are made: to delete one would slow down what comes next on the file system */
    BuildahEngine(String client, Path homes) {
        this.client = client;
        this.homes = homes;
    }

    private List<String> words(String... words) {
        Path home = homes.resolve(Integer.toString(count));
        List<String> all = new ArrayList<>(List.of(client, "--root", home.toString(), "--runroot", home + ".run"));
        all.addAll(List.of(words));
        return all;
    }

    @Override
    public String name() {
        return "buildah";
    }

    @Override
    public String absence() {
        return program.absence(client, "--version");
    }

    @Override
    public void forget() {
        count++;
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        List<String> command = words("build", "--layers", "--network", "host");
        command.addAll(List.of("--build-context", "alpine=container-image://oci:" + job.base()));
        if (job.platforms().isEmpty()) {
            command.addAll(List.of("--tag", "benchmark"));
        } else {
            command.addAll(List.of("--platform", String.join(",", job.platforms()), "--manifest", "benchmark"));
        }
        command.add(job.context().toString());
        program.run(command);
        if (job.archive().isPresent()) {
            program.run(words("push", "benchmark", "oci-archive:" + job.archive().get()));
        }
    }

    @Override
    public OptionalLong peakMemory() {
        return program.peakMemory();
    }
}
