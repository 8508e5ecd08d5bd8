package dev.slipway.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Buildah, with layers. It has no daemon. */
final class BuildahEngine implements Engine {

    private final String client;
    private final Program program = new Program(Map.of());

    BuildahEngine(String client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "buildah";
    }

    @Override
    public String absence() {
        return program.absence(client, "images");
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        program.run(List.of(client, "rmi", "--all", "--force"));
        program.run(List.of(client, "prune", "--all", "--force"));
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(client, "build", "--layers", "--network", "host"));
        command.addAll(List.of("--build-context", "alpine=container-image://oci:" + job.base()));
        if (job.platforms().isEmpty()) {
            command.addAll(List.of("--tag", "benchmark"));
        } else {
            command.addAll(List.of("--platform", String.join(",", job.platforms()), "--manifest", "benchmark"));
        }
        command.add(job.context().toString());
        program.run(command);
        if (job.archive().isPresent()) {
            program.run(List.of(client, "push", "benchmark", "oci-archive:" + job.archive().get()));
        }
    }

    @Override
    public OptionalLong peakMemory() {
        return program.peakMemory();
    }
}
