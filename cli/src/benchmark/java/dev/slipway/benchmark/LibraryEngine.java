package dev.slipway.benchmark;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Slipway as a library, in this JVM. */
final class LibraryEngine implements Engine {

    private final Path home;
    private Slipway slipway;

    LibraryEngine(Path home) {
        this.home = home;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public void forget() throws IOException {
        if (slipway != null) {
            slipway.close();
        }
        Folders.delete(home);
        slipway = Slipway.open(home);
    }

    @Override
    public void build(Job job) throws InterruptedException {
        BuildRequest request =
                BuildRequest.of(job.context()).buildContext("alpine", "oci-layout://" + job.base());
        if (!job.platforms().isEmpty()) {
            request = request.platforms(job.platforms().toArray(String[]::new));
        }
        if (job.archive().isPresent()) {
            request = request.output(Output.ociArchive(job.archive().get()));
        }
        slipway.build(request, Progress.none());
    }

    @Override
    public int warmUps() {
        return 20;
    }

    @Override
    public OptionalLong peakMemory() {
        return Memory.peak(ProcessHandle.current().pid());
    }
}
