package dev.slipway.benchmark;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Slipway as a library, in this JVM. */
final class LibraryEngine implements Engine {

    private final Path homes;
    private int count;
    private Slipway slipway;

    /** @param homes where stores are made: to delete one would slow down what comes next on the file system */
    LibraryEngine(Path homes) {
        this.homes = homes;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public void forget() throws IOException {
        close();
        slipway = Slipway.open(homes.resolve(Integer.toString(count++)));
    }

    @Override
    public void build(Job job) throws InterruptedException {
        BuildRequest request =
                BuildRequest.of(job.context()).buildContext("alpine", "oci-layout://" + job.base());
        if (!job.platforms().isEmpty()) {
            request = request.platforms(job.platforms().toArray(String[]::new));
        }
        if (job.output().isPresent()) {
            request = request.output(job.output().get());
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

    @Override
    public void forgetPeakMemory() {
        System.gc();
        Memory.forgetPeak();
    }

    @Override
    public void close() {
        if (slipway != null) {
            slipway.close();
        }
    }
}
