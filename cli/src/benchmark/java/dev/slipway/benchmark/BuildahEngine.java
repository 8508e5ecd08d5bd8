package dev.slipway.benchmark;

import dev.slipway.executor.Output;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Of a layout with several images it takes the same one for each platform, so each platform is built from its own. */
    @Override
    public void build(Job job) throws IOException, InterruptedException {
        if (job.platforms().isEmpty()) {
            build(job, "oci:" + job.base(), List.of("--tag", "benchmark"));
        } else {
            Path bases = homes.resolve("bases");
            if (!Files.exists(bases)) {
                Layout.byPlatform(job.base(), bases);
            }
            for (String platform : job.platforms()) {
                List<String> options = List.of("--platform", platform, "--manifest", "benchmark");
                build(job, "oci:" + bases + ":" + Layout.name(platform), options);
            }
        }
        if (job.output().isPresent()) {
            program.run(push(job.output().get()));
        }
    }

    private List<String> push(Output output) {
        List<String> command = words("push", "--tls-verify=false");
        if (output.attributes().containsKey("compression")) {
            command.addAll(List.of("--compression-format", output.attributes().get("compression")));
        }
        String place = output.type().equals("image")
                ? "docker://" + output.attributes().get("name")
                : (output.flag("tar", true) ? "oci-archive:" : "oci:") + output.destination().orElseThrow();
        command.addAll(List.of("benchmark", place));
        return command;
    }

    private void build(Job job, String base, List<String> options) throws IOException, InterruptedException {
        List<String> command = words("build", "--layers", "--network", "host");
        command.addAll(List.of("--build-context", "alpine=container-image://" + base));
        command.addAll(options);
        command.add(job.context().toString());
        program.run(command);
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
