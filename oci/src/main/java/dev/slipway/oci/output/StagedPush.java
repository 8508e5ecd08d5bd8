package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An image that is stored in registries under its digest. Publishing moves its tags. */
final class StagedPush implements StagedOutput {

    private final RegistryClient registries;
    private final List<Push> pushes;
    private final StepMonitor monitor;

    private StagedPush(RegistryClient registries, List<Push> pushes, StepMonitor monitor) {
        this.registries = registries;
        this.pushes = pushes;
        this.monitor = monitor;
    }

    /** Stores an image in all of its repositories. If a tag stands for this image already, nothing is left to do. */
    static StagedPush write(
            MadeImages made, List<ImageReference> targets, RegistryClient registries, StepMonitor monitor)
            throws IOException {
        Origins origins = new Origins(made.origins());
        Set<String> repositories = new HashSet<>();
        List<Push> pushes = new ArrayList<>();
        for (ImageReference name : targets) {
            ImageReference target =
                    name.tag().isPresent() ? name : name.withDigest(made.root().digest());
            Push push = new Push(target, made.root(), made.blobs(), origins.at(target.domain()));
            boolean isThere = registries.has(push);
            boolean isNew = repositories.add(target.name());
            if (isNew && !isThere) {
                registries.store(push, monitor);
            }
            if (isNew) {
                origins.add(ImageTree.of(made.root(), made.blobs()), target);
            }
            if (isThere) {
                say(monitor, push, "is there already");
            } else {
                pushes.add(push);
            }
        }
        return new StagedPush(registries, pushes, monitor);
    }

    private static void say(StepMonitor monitor, Push push, String what) {
        String line = push.target().withDigest(push.root().digest()) + " " + what + "\n";
        monitor.log(LogStream.OUTPUT, line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void publish() throws IOException {
        for (Push push : pushes) {
            registries.tag(push);
            say(monitor, push, "is pushed");
        }
    }

    @Override
    public void close() {
        // Nobody sees an image without a tag, and the registry can remove it at any time.
    }
}
