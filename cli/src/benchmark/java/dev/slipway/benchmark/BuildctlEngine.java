package dev.slipway.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** BuildKit's daemon, driven by its own client. The client finds it by {@code BUILDKIT_HOST}. */
final class BuildctlEngine implements Engine {

    private final String client;
    private final List<Long> daemon;
    private final Program program = new Program();

    /** @param daemon the daemon's processes, whose memory and time are told */
    BuildctlEngine(String client, List<Long> daemon) {
        this.client = client;
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "BuildKit";
    }

    @Override
    public String absence() {
        return System.getenv("BUILDKIT_HOST") == null
                ? "BUILDKIT_HOST is not set"
                : program.absence(client, "debug", "workers");
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        program.run(List.of(client, "prune", "--all"));
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        String folder = job.context().toString();
        List<String> command = new ArrayList<>(List.of(client, "build", "--progress", "plain"));
        command.addAll(List.of("--frontend", "dockerfile.v0", "--local", "context=" + folder));
        command.addAll(List.of("--local", "dockerfile=" + folder, "--oci-layout", "base=" + job.base()));
        command.addAll(List.of("--opt", "context:alpine=oci-layout://base@" + Layout.digest(job.base())));
        if (!job.platforms().isEmpty()) {
            command.addAll(List.of("--opt", "platform=" + String.join(",", job.platforms())));
        }
        job.outputWords().ifPresent(words -> command.addAll(List.of("--output", words + insecure(job))));
        program.run(command);
    }

    /** The registry on loopback speaks plain HTTP. */
    private static String insecure(Job job) {
        return job.output().orElseThrow().type().equals("image") ? ",registry.insecure=true" : "";
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
