package dev.slipway.local.sandbox;

import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The roots of a test's request for a sandbox that wants each of them in one folder, and afterwards what was changed in them. */
final class FlatRoots {

    private final Path folder;
    private final Map<Path, FileStatus> before = new HashMap<>();
    private int count;

    FlatRoots(Path folder) {
        this.folder = folder;
    }

    SandboxRequest flatten(SandboxRequest request) {
        try {
            List<SandboxMount> mounts = new ArrayList<>();
            for (SandboxMount mount : request.mounts()) {
                SandboxMount.Source source = mount.source();
                if (source instanceof SandboxMount.Layers layers && !isFlat(layers.overlay())) {
                    source = new SandboxMount.Layers(flatten(layers.overlay()), layers.path());
                }
                mounts.add(new SandboxMount(mount.destination(), source, mount.readOnly()));
            }
            return new SandboxRequest(
                    flatten(request.root()),
                    mounts,
                    request.process(),
                    request.secretEnvironment(),
                    request.network(),
                    request.security(),
                    request.platform(),
                    request.logLimits(),
                    request.provisions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isFlat(Overlay overlay) {
        return overlay.lowers().size() == 1 && overlay.upper().isEmpty();
    }

    private Overlay flatten(Overlay overlay) throws IOException, InterruptedException {
        Optional<Path> upper = overlay.upper().map(Overlay.Upper::folder);
        Path target = upper.orElse(folder.resolve(Integer.toString(count++)));
        Files.createDirectories(target);
        List<Path> lowers = new ArrayList<>(overlay.lowers());
        java.util.Collections.reverse(lowers);
        for (Path lower : lowers) {
            int exitCode = new ProcessBuilder("cp", "-a", lower + "/.", target.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IOException("cannot copy " + lower);
            }
        }
        before.putAll(statuses(target));
        return upper.isPresent()
                ? Overlay.writable(List.of(), target, overlay.upper().get().work(), overlay.files())
                : Overlay.readOnly(List.of(target), overlay.files());
    }

    private static Map<Path, FileStatus> statuses(Path folder) throws IOException {
        Map<Path, FileStatus> statuses = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                statuses.put(file, FileStatus.of(file));
            }
        }
        return statuses;
    }

    /** Leaves in the folders that can be changed what was changed. */
    void removeUnchanged() {
        try {
            Map<Path, FileStatus> unchanged = new HashMap<>();
            for (Map.Entry<Path, FileStatus> each : before.entrySet()) {
                boolean isThere = Files.exists(each.getKey(), java.nio.file.LinkOption.NOFOLLOW_LINKS);
                if (isThere && FileStatus.of(each.getKey()).equals(each.getValue())) {
                    unchanged.put(each.getKey(), each.getValue());
                }
            }
            for (Path path : unchanged.keySet().stream()
                    .sorted(Comparator.<Path>reverseOrder())
                    .toList()) {
                boolean isFilled = Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                        && path.toFile().list().length > 0;
                if (!isFilled) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
