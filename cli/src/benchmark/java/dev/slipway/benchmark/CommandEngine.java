package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Slipway as a command. */
final class CommandEngine implements Engine {

    private static final int LARGEST_SECONDS = 1800;

    private final Path launcher;
    private final Path homes;
    private final Program program = new Program(LARGEST_SECONDS);
    private int count;

    /** @param homes where stores are made: to delete one would slow down what comes next on the file system */
    CommandEngine(Path launcher, Path homes) {
        this.launcher = launcher;
        this.homes = homes;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public void forget() {
        count++;
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "build", "--build-context", "alpine=oci-layout://" + job.base()));
        if (!job.platforms().isEmpty()) {
            command.addAll(List.of("--platform", String.join(",", job.platforms())));
        }
        job.outputWords().ifPresent(words -> command.addAll(List.of("--output", words)));
        command.add(job.context().toString());
        program.run(Map.of("SLIPWAY_HOME", homes.resolve(Integer.toString(count)).toString()), command);
    }

    @Override
    public OptionalLong peakMemory() {
        return program.peakMemory();
    }

    @Override
    public void forgetPeakMemory() {
        program.forgetPeakMemory();
    }
}
