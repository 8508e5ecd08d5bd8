package dev.slipway.local;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.LayoutAddress;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.local.emulation.EmulatorImage;
import dev.slipway.local.emulation.EmulatorInstaller;
import dev.slipway.local.emulation.EmulatorStatus;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.store.ContentReader;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this machine can run, natively and emulated, and how that is changed.
 *
 * <p>An emulator that is registered is there for the whole machine, until it is started anew; this takes root's rights. One that
 * is only kept in the store is registered by each step for itself, which takes Linux 6.7.
 */
public final class MachineEmulators implements AutoCloseable {

    private static final String LAYOUT = "oci-layout://";

    private final LocalExecutor executor;

    private MachineEmulators(LocalExecutor executor) {
        this.executor = executor;
    }

    /**
     * Opens the store, in which emulators are kept.
     *
     * @throws ExecutorException if it cannot be used
     */
    public static MachineEmulators open(ExecutorSettings settings) {
        return new MachineEmulators(LocalExecutor.open(settings));
    }

    /** How each platform runs here that Slipway knows an emulator for, native ones first. Each was found by running something. */
    public List<EmulatorStatus> list() {
        return emulators().statuses();
    }

    /**
     * Registers static emulators of this machine.
     *
     * @param platforms for which platforms; none for all that an emulator is here for and that do not run natively
     * @return how these platforms run now
     * @throws ExecutorException if there is no emulator for one of them, or it cannot be registered
     */
    public List<EmulatorStatus> install(Collection<Platform> platforms) throws InterruptedException {
        return register(installer().available(platforms));
    }

    /**
     * Takes emulators out of an image, keeps them in the store and, where this user may, registers them.
     *
     * @param image a reference, or {@code oci-layout://FOLDER[:TAG][@DIGEST]}
     * @param platforms for which platforms; none for all that the image has an emulator for
     * @return how these platforms run now
     * @throws ExecutorException if the image cannot be had, or lacks an emulator
     */
    public List<EmulatorStatus> installFrom(String image, Collection<Platform> platforms) throws InterruptedException {
        List<Platform> taken = DeepStack.call(() -> take(image, platforms));
        return EmulatorInstaller.isAllowed() ? register(taken) : statuses(taken);
    }

    /**
     * Removes emulators: their handlers, whoever registered them, and what is kept of them in the store.
     *
     * @param platforms for which platforms; none for all
     * @return the platforms that there was something to remove for
     * @throws ExecutorException if this takes rights that this user has not
     */
    public List<Platform> uninstall(Collection<Platform> platforms) {
        EmulatorInstaller installer = installer();
        return (platforms.isEmpty() ? EmulatorInstaller.known() : platforms)
                .stream().filter(installer::uninstall).toList();
    }

    private List<EmulatorStatus> register(List<Platform> platforms) throws InterruptedException {
        List<Platform> foreign = statuses(platforms).stream()
                .filter(status -> status.way() != EmulatorStatus.Way.NATIVE)
                .map(EmulatorStatus::platform)
                .toList();
        EmulatorInstaller installer = installer();
        for (Platform platform : foreign) {
            installer.install(platform);
        }
        return statuses(platforms);
    }

    /** In the order of the platforms. */
    private List<EmulatorStatus> statuses(List<Platform> platforms) {
        List<EmulatorStatus> all = list();
        List<EmulatorStatus> statuses = new ArrayList<>();
        for (Platform platform : platforms) {
            String name = platform.normalized().format();
            all.stream()
                    .filter(status -> status.platform().format().equals(name))
                    .forEach(statuses::add);
        }
        return List.copyOf(statuses);
    }

    private List<Platform> take(String image, Collection<Platform> platforms) throws InterruptedException {
        Optional<LayoutAddress> layout = image.startsWith(LAYOUT)
                ? Optional.of(LayoutAddress.parse(image.substring(LAYOUT.length())))
                : Optional.empty();
        Map<String, Path> layouts =
                layout.map(address -> Map.of("emulators", address.directory())).orElse(Map.of());
        try (LocalWork work = LocalWork.begin(executor, BuildSession.of(Map.of(), layouts));
                ContentReader contents = executor.store().contents().reader()) {
            Vertex source = layout.map(MachineEmulators::source).orElseGet(() -> source(image));
            Result root = work.run(source, List.of(), StepMonitor.NONE).get(0);
            return new EmulatorImage(image, executor.store().roots().files(root), contents)
                    .take(platforms, executor.store().machineFolder());
        } catch (IOException e) {
            throw new ExecutorException("cannot take emulators out of " + image + ": " + FileErrors.reason(e), e);
        }
    }

    private static Vertex source(LayoutAddress layout) {
        return source(SourceOp.of(LAYOUT + "emulators" + layout.suffix(), Map.of("oci.store", "emulators")));
    }

    private static Vertex source(String image) {
        try {
            ImageReference reference = ImageReference.parse(image).withDefaultTag();
            // What was installed long ago is not what is meant: the registry is asked.
            return source(SourceOp.of("docker-image://" + reference, Map.of("image.resolvemode", "pull")));
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(image + " is not an image: " + e.getMessage(), e);
        }
    }

    /** Emulators are programs of this machine. */
    private static Vertex source(SourceOp op) {
        return Vertex.of(op, List.of(), Optional.of(Platform.host()), VertexMetadata.EMPTY);
    }

    /** Asked anew, for what was found before may have changed. */
    private Emulators emulators() {
        return new Emulators(executor.scratch(), executor.store().machineFolder());
    }

    private EmulatorInstaller installer() {
        return new EmulatorInstaller(executor.scratch(), executor.store().machineFolder());
    }

    @Override
    public void close() {
        executor.close();
    }
}
