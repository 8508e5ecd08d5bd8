package dev.slipway.benchmark;

import dev.slipway.executor.Output;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Jib, as a library in a warm JVM of its own. It builds no Dockerfiles: it makes layers of the same files. It writes no OCI layouts
 * either, and makes the archive that it can make instead.
 */
final class JibEngine implements Engine {

    private static final String SERVER = "dev.slipway.benchmark.jib.JibServer";

    private final String classPath;
    private final Path caches;
    private final LocalRegistry registry;
    private Optional<Process> process = Optional.empty();
    private Optional<String> base = Optional.empty();
    private int count;

    /**
     * @param classPath Jib and all that it needs; empty if it is not there
     * @param caches where it keeps layers
     * @param registry where it finds its base image
     */
    JibEngine(String classPath, Path caches, LocalRegistry registry) {
        this.classPath = classPath;
        this.caches = caches;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "Jib";
    }

    @Override
    public String absence() {
        return classPath.isEmpty() ? "JIB_CLASS_PATH is not set" : LocalRegistry.absence();
    }

    @Override
    public boolean builds(Work work) {
        return work.context().equals("java100");
    }

    @Override
    public void forget() {
        count++;
    }

    @Override
    public void build(Job job) throws IOException, InterruptedException {
        if (process.isEmpty()) {
            String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
            process = Optional.of(new ProcessBuilder(java, "-cp", classPath, SERVER)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        if (base.isEmpty()) {
            base = Optional.of(registry.push(job.base(), "base:1"));
        }
        Output output = job.output().orElseThrow();
        String place = output.type().equals("image")
                ? output.attributes().get("name")
                : output.destination().orElseThrow() + ".tar";
        Path cache = caches.resolve(Integer.toString(count));
        ask(String.join("\t", job.context().toString(), base.get(), cache.toString(), output.type(), place));
    }

    private void ask(String line) throws IOException {
        BufferedWriter out = process.orElseThrow().outputWriter();
        out.write(line + "\n");
        out.flush();
        BufferedReader in = process.orElseThrow().inputReader();
        String answer = in.readLine();
        if (!"done".equals(answer)) {
            throw new IOException(answer == null ? "Jib's process has ended" : answer);
        }
    }

    @Override
    public List<Long> lasting() {
        return process.map(Process::pid).stream().toList();
    }

    @Override
    public OptionalLong peakMemory() {
        return process.isPresent() ? Memory.peak(process.get().pid()) : OptionalLong.empty();
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroy);
    }
}
