package dev.slipway.local.emulation;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Platform;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An image that holds static emulators, as {@code tonistiigi/binfmt} does. */
public final class EmulatorImage {

    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/bin", "/bin");

    private final String name;
    private final Directory root;
    private final ContentReader contents;

    /**
     * @param name for messages
     * @param root the files of the image
     * @param contents reads them
     */
    public EmulatorImage(String name, Directory root, ContentReader contents) {
        this.name = name;
        this.root = root;
        this.contents = contents;
    }

    /**
     * Copies emulators into a folder.
     *
     * @param wanted the platforms to take one for; none for all that the image has
     * @return the platforms that there is one for now, one for each emulator
     * @throws ExecutorException if the image lacks one, or has only one that could not be used
     */
    public List<Platform> take(Collection<Platform> wanted, Path folder) throws IOException, InterruptedException {
        List<Platform> taken = new ArrayList<>();
        for (Platform platform : wanted.isEmpty() ? EmulatorInstaller.known() : wanted) {
            String emulator = "qemu-" + EmulatorInstaller.program(platform).qemuName();
            Optional<RegularFile> file = find(emulator);
            if (file.isPresent()) {
                copy(file.get(), new QemuBinary(emulator, folder.resolve(emulator)));
                taken.add(platform);
            } else if (!wanted.isEmpty()) {
                throw new ExecutorException("the image " + name + " has no emulator for " + platform.format()
                        + ": no file /usr/bin/" + emulator);
            }
        }
        if (taken.isEmpty()) {
            throw new ExecutorException("the image " + name + " has no emulators: no file /usr/bin/qemu-...");
        }
        return List.copyOf(taken);
    }

    private Optional<RegularFile> find(String emulator) {
        for (String folder : FOLDERS) {
            for (String suffix : List.of("", "-static")) {
                Optional<Node> node = PathResolver.resolve(root, folder + "/" + emulator + suffix)
                        .node();
                if (node.isPresent() && node.get() instanceof RegularFile file) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** What other processes may be looking at is replaced as a whole. */
    private void copy(RegularFile file, QemuBinary target) throws IOException, InterruptedException {
        Path aside = Files.createTempFile(target.file().getParent(), target.name(), ".new");
        try {
            try (InputStream in = contents.open(file.content())) {
                Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (!new QemuBinary(target.name(), aside).isUsable()) {
                throw new ExecutorException(target.name() + " of the image " + name + " is not a static program for "
                        + Platform.host().format() + ", so that it cannot run in other roots");
            }
            Files.move(aside, target.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
