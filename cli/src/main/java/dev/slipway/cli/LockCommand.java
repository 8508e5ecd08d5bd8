package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.lock.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway lock}. */
@Command(
        name = "lock",
        description = "Write down what all images, repositories and URLs of a build are, for build --locked.",
        mixinStandardHelpOptions = true)
final class LockCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Option(
            names = "--bundle",
            paramLabel = "FOLDER|FILE.tar",
            description =
                    "Also write all of them into one OCI layout, for build --offline --bundle on a machine without"
                            + " a network.")
    private Optional<Path> bundle = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        BuildRequest request = options.request();
        Path file = options.lockFile()
                .orElseThrow(() -> new UsageException(
                        "the Dockerfile is in no folder of this machine; name the lock file with --lock-file"));
        try (Slipway slipway = UserConfig.open()) {
            Lock lock = bundle.isPresent() ? slipway.bundle(request, bundle.get()) : slipway.lock(request);
            lock.write(file);
        } catch (IOException e) {
            throw new UsageException("cannot write the lock file " + file + ": " + e.getMessage());
        }
        System.out.println(file);
        return 0;
    }
}
