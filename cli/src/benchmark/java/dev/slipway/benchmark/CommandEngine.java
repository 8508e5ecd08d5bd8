package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Slipway as a command. */
final class CommandEngine implements Engine {

    private final Path launcher;
    private final Path home;
    private final Program program;

    CommandEngine(Path launcher, Path home) {
        this.launcher = launcher;
        this.home = home;
        this.program = new Program(Map.of("SLIPWAY_HOME", home.toString()));
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public void forget() throws IOException {
        Folders.delete(home);
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "build", "--build-context", "alpine=oci-layout://" + job.base()));
        if (!job.platforms().isEmpty()) {
            command.addAll(List.of("--platform", String.join(",", job.platforms())));
        }
        job.archive().ifPresent(archive -> command.addAll(List.of("--output", "type=oci,dest=" + archive)));
        command.add(job.context().toString());
        program.run(command);
    }

    @Override
    public OptionalLong peakMemory() {
        return program.peakMemory();
    }
}
