package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files and folders that a root gets only because something is mounted there. They are no part of the layer: afterwards
 * each is removed, if it is still empty. The folders of the kernel's files ({@code /dev}, {@code /proc}, {@code /sys}) stay, as
 * BuildKit leaves them.
 */
public final class MountStubs {

    private final List<List<String>> paths;

    private MountStubs(List<List<String>> paths) {
        this.paths = paths;
    }

    /** The places of a request's mounts that are missing before it runs. */
    public static MountStubs of(SandboxRequest request) {
        return of(request, List.of());
    }

    /**
     * The places of mounts that are missing before a request runs.
     *
     * @param further places of what the sandbox mounts for itself
     */
    public static MountStubs of(SandboxRequest request, List<String> further) {
        boolean parents = request.process().removeMountStubsRecursive();
        List<List<String>> paths = new ArrayList<>();
        Stream<String> own = Stream.concat(Stream.of(MountList.RESOLV_CONF, MountList.HOSTS), further.stream());
        Stream.concat(own, request.mounts().stream().map(SandboxMount::destination))
                .map(destination -> RootPath.resolve(request.root().files(), destination))
                .forEach(place -> {
                    int length = place.names().size();
                    int shortest = parents ? place.existing() + 1 : Math.max(length, place.existing() + 1);
                    IntStream.rangeClosed(shortest, length)
                            .forEach(count -> paths.add(place.names().subList(0, count)));
                });
        return new MountStubs(paths);
    }

    /** Removes what is still empty. Nothing of the step runs any more, so that nothing changes meanwhile. */
    public void remove(Path upper) {
        paths.stream().sorted((one, other) -> other.size() - one.size()).forEach(names -> remove(upper, names));
    }

    private static void remove(Path upper, List<String> names) {
        try {
            Path folder = upper;
            for (String name : names.subList(0, names.size() - 1)) {
                folder = folder.resolve(name);
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    return;
                }
            }
            Path stub = folder.resolve(names.get(names.size() - 1));
            if (isEmpty(stub)) {
                BasicFileAttributeView view = Files.getFileAttributeView(folder, BasicFileAttributeView.class);
                BasicFileAttributes times = view.readAttributes();
                Files.delete(stub);
                view.setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
            }
        } catch (DirectoryNotEmptyException e) {
            // The step put something into it: it is a folder of the layer.
        } catch (IOException e) {
            throw new ExecutorException("cannot remove the mount point /" + String.join("/", names), e);
        }
    }

    private static boolean isEmpty(Path stub) throws IOException {
        if (Files.isDirectory(stub, LinkOption.NOFOLLOW_LINKS)) {
            return true; // Deleting says whether it is empty.
        }
        return Files.isRegularFile(stub, LinkOption.NOFOLLOW_LINKS) && Files.size(stub) == 0;
    }
}
