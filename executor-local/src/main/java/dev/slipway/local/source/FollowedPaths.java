package dev.slipway.local.source;

import dev.slipway.executor.pattern.Glob;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds what has to be taken from a folder so that certain paths can be followed there: the paths themselves and all links on
 * their way. Links lead nowhere but into the folder. The rules are those of fsutil, with which BuildKit's client does this.
 */
final class FollowedPaths {

    private static final int MAX_LINKS = 10_000;

    private final Path folder;
    private final TreeSet<String> found = new TreeSet<>();
    private int links;

    FollowedPaths(Path folder) {
        this.folder = folder;
    }

    /** The paths, relative and without those inside others; empty if the whole folder is needed. */
    Optional<List<String>> resolve(List<String> paths) throws IOException {
        for (String path : paths) {
            follow(path);
        }
        List<String> outer = new ArrayList<>();
        for (String path : found) {
            if (path.isEmpty()) {
                return Optional.empty();
            }
            String last = outer.isEmpty() ? "" : outer.get(outer.size() - 1);
            if (outer.isEmpty() || !path.startsWith(last + "/")) {
                outer.add(path);
            }
        }
        return Optional.of(outer);
    }

    private void follow(String path) throws IOException {
        List<String> parts = parts(path);
        if (parts.isEmpty()) {
            found.add("");
            return;
        }
        String current = "";
        for (int i = 0; i < parts.size(); i++) {
            current = current.isEmpty() ? parts.get(i) : current + "/" + parts.get(i);
            List<String> targets = targets(current, true);
            boolean last = i == parts.size() - 1;
            if ((last || !targets.isEmpty()) && !found.add(current)) {
                return;
            }
            if (!targets.isEmpty()) {
                String rest = String.join("/", parts.subList(i + 1, parts.size()));
                for (String target : targets) {
                    follow(target + "/" + rest);
                }
                return;
            }
        }
    }

    /** Where links lead that are at this path; none if there is no link. */
    private List<String> targets(String path, boolean wildcard) throws IOException {
        int slash = path.lastIndexOf('/');
        String parent = path.substring(0, Math.max(0, slash));
        String name = path.substring(slash + 1);
        if (wildcard && Glob.hasWildcard(name)) {
            return matching(parent, name);
        }
        Path file;
        try {
            file = folder.resolve(path);
        } catch (InvalidPathException e) {
            return List.of();
        }
        if (!Files.isSymbolicLink(file) || ++links > MAX_LINKS) {
            return List.of();
        }
        String target = Files.readSymbolicLink(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
        return List.of(target.startsWith("/") ? target : parent + "/" + target);
    }

    private List<String> matching(String parent, String pattern) throws IOException {
        List<String> targets = new ArrayList<>();
        Glob glob;
        try {
            glob = Glob.of(pattern);
        } catch (IllegalArgumentException e) {
            return targets;
        }
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.resolve(parent))) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return targets;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (String name : names) {
            if (glob.matches(name)) {
                targets.addAll(targets(parent.isEmpty() ? name : parent + "/" + name, false));
            }
        }
        return targets;
    }

    /** The parts of a path inside the folder: what leads out of it stays at the top. */
    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }
}
