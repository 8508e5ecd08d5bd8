package dev.slipway.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Docker's daemon, driven by {@code docker buildx}. The client finds it by {@code DOCKER_HOST}. */
final class BuildxEngine implements Engine {

    private final String client;
    private final List<Long> daemon;
    private final Program program = new Program();

    /** @param daemon the daemon's processes, whose memory and time are told */
    BuildxEngine(String client, List<Long> daemon) {
        this.client = client;
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "buildx";
    }

    @Override
    public String absence() {
        return program.absence(client, "buildx", "ls");
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        program.run(List.of(client, "builder", "prune", "--all", "--force"));
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(client, "buildx", "build", "--provenance=false"));
        command.addAll(List.of("--network", "host", "--progress", "plain", "--build-context", "alpine=oci-layout://" + job.base()));
        if (!job.platforms().isEmpty()) {
            command.addAll(List.of("--platform", String.join(",", job.platforms())));
        }
        String output = job.outputWords().orElse("type=cacheonly");
        command.addAll(List.of("--output", output, job.context().toString()));
        program.run(command);
    }

    @Override
    public List<Long> lasting() {
        return daemon;
    }

    @Override
    public OptionalLong peakMemory() {
        return Memory.peak(daemon);
    }
}
