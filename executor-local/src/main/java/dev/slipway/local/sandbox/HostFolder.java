package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The files of a folder of this machine, as a root. */
public record HostFolder(Path folder) implements RootFiles {

    @Override
    public Optional<Entry> find(String path) {
        Path file = host(path);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return Optional.of(
                        new Entry(Kind.LINK, 0, Files.readSymbolicLink(file).toString()));
            }
            Kind kind = attributes.isDirectory() ? Kind.FOLDER : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
            return Optional.of(new Entry(kind, kind == Kind.FILE ? attributes.size() : 0, ""));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(host(path));
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + host(path) + ": " + e.getMessage(), e);
        }
    }

    private Path host(String path) {
        return folder.resolve(path.substring(1));
    }
}
