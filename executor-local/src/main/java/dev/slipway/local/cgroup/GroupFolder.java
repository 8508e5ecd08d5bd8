package dev.slipway.local.cgroup;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.cgroup.Limits.Setting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A group of one hierarchy: a folder that the kernel fills with files.
 *
 * @param path its folder, two below an existing one or one that is made too
 */
record GroupFolder(Hierarchy hierarchy, Path path) {

    private static final String PROCESSES = "cgroup.procs";
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final int CREATION_ATTEMPTS = 100;

    /**
     * Makes the group with these limits.
     *
     * @return whether it has all of them; false if the kernel has no limit of swap
     * @throws IOException whose message says why there is no such group; it may have been made half
     */
    boolean make(List<Setting> settings) throws IOException {
        try {
            createFolder();
        } catch (IOException e) {
            throw refusal(e, path);
        }
        if (hierarchy.unified()) {
            for (Setting setting : settings) {
                hand(requireNonNull(path.getParent()), setting.controller());
            }
            checkEntrance();
        } else if (hierarchy.controllers().contains("cpuset")) {
            // A new group has no processors, and nothing can be put into it.
            inherit(path, "cpuset.cpus");
            inherit(path, "cpuset.mems");
        }
        boolean complete = true;
        for (Setting setting : settings) {
            if (setting.ofSwap() && !Files.exists(path.resolve(setting.file()))) {
                complete = false;
            } else {
                write(path.resolve(setting.file()), setting.value());
            }
        }
        return complete;
    }

    /**
     * Restricts the devices of the group where that is done by writing to its files. What a group above forbids cannot be
     * allowed, and stays forbidden.
     *
     * @throws IOException whose message says why that cannot be done
     */
    void restrict(DeviceRule rule) throws IOException {
        for (Setting setting : rule.separate()) {
            try {
                write(path.resolve(setting.file()), setting.value());
            } catch (NoRightsException e) {
                if (setting.file().equals("devices.deny")) {
                    throw e;
                }
            }
        }
    }

    /**
     * Another build may just be removing the folder that is not needed any more. If that was there when it was to be made and is
     * gone when it is looked at, the JDK says that it exists.
     */
    private void createFolder() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Path above = requireNonNull(path.getParent());
                Files.createDirectories(above);
                removeLeftOnes(above);
                Files.createDirectory(path);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                if (attempt == CREATION_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A group is named after the process that made it, which may have been killed. */
    private static void removeLeftOnes(Path folder) throws IOException {
        try (var groups = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path group : groups) {
                String name = group.getFileName().toString();
                boolean ours = name.matches("[0-9]+-[0-9]+");
                if (ours && !Files.exists(Path.of("/proc", name.substring(0, name.indexOf('-'))))) {
                    remove(group);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A controller is for those groups to which all groups above hand it down, and none of these but the first has processes. */
    private void hand(Path folder, String controller) throws IOException {
        if (!folder.equals(hierarchy.root())) {
            hand(requireNonNull(folder.getParent()), controller);
        }
        Path file = folder.resolve(SUBTREE);
        if (!List.of(Files.readString(file).strip().split(" ")).contains(controller)) {
            write(file, "+" + controller);
        }
    }

    /** Whoever moves a process must have the right to do so in the lowest group that holds both its old and its new one. */
    private void checkEntrance() throws IOException {
        Path own = hierarchy.ownFolder();
        Path common = path;
        while (!own.startsWith(common) && !common.equals(hierarchy.root())) {
            common = requireNonNull(common.getParent());
        }
        if (!Files.isWritable(common.resolve(PROCESSES))) {
            throw new NoRightsException(common.resolve(PROCESSES) + " may not be written to");
        }
    }

    private void inherit(Path group, String file) throws IOException {
        if (!Files.readString(group.resolve(file)).isBlank()) {
            return;
        }
        if (!group.equals(hierarchy.root())) {
            Path above = requireNonNull(group.getParent());
            inherit(above, file);
            write(group.resolve(file), Files.readString(above.resolve(file)));
        }
    }

    private static void write(Path file, String value) throws IOException {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            if (says(e, "Device or resource busy") && file.endsWith(SUBTREE)) {
                throw new IOException("there are processes in " + file.getParent()
                        + " itself, and limits can be set only below a group that has none; move them into a"
                        + " group below it");
            }
            if (says(e, "Invalid argument") || says(e, "Numerical result out of range") || says(e, "No space left")) {
                throw new IOException(file.getFileName() + " does not take " + value.strip() + available(file));
            }
            throw refusal(e, file);
        }
    }

    /** What there is of processors or of memory nodes, for the file that says which of them a group is to have. */
    private static String available(Path file) {
        String name = file.getFileName().toString();
        for (String effective : List.of(name + ".effective", name.replace("cpuset.", "cpuset.effective_"))) {
            try {
                return "; there is "
                        + Files.readString(file.resolveSibling(effective)).strip();
            } catch (IOException e) {
                continue; // The other kind of groups has the other name.
            }
        }
        return "";
    }

    private static IOException refusal(IOException e, Path place) {
        Path file =
                e instanceof FileSystemException known && known.getFile() != null ? Path.of(known.getFile()) : place;
        if (e instanceof AccessDeniedException || says(e, "Permission denied") || says(e, "Operation not permitted")) {
            return new NoRightsException(file + " may not be written to");
        }
        if (says(e, "Read-only")) {
            return new NoRightsException(file + " is read-only");
        }
        if (e instanceof NoSuchFileException) {
            return new IOException(file + " is not there");
        }
        return new IOException(file + ": " + e.getMessage());
    }

    private static boolean says(IOException e, String text) {
        return e.getMessage() != null && e.getMessage().contains(text);
    }

    /** Removes the group, and the folder above it if that holds no other; false if there are processes in it still. */
    boolean remove() {
        boolean removed = remove(path);
        remove(requireNonNull(path.getParent()));
        return removed;
    }

    private static boolean remove(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
