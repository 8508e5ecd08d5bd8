package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where a path leads inside a root, all links followed. {@code ..} never leads out of the root, and what is missing is taken
 * as it is written.
 *
 * @param names the components, none of which is a link, {@code .} or {@code ..}; none for the root itself
 * @param existing how many of them, from the first, are there
 * @param entry what is there; empty for the root itself, and if it is missing
 */
public record RootPath(List<String> names, int existing, Optional<RootFiles.Entry> entry) {

    /** As many as Linux follows in one path, and some more. */
    private static final int MAX_LINKS = 255;

    public RootPath {
        names = List.copyOf(names);
    }

    /**
     * Follows a path.
     *
     * @throws ExecutorException if it leads through too many links
     */
    public static RootPath resolve(RootFiles files, String path) {
        List<String> names = new ArrayList<>();
        List<Optional<RootFiles.Entry>> entries = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(split(path));
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            if (name.equals("..")) {
                removeLast(names);
                removeLast(entries);
                continue;
            }
            names.add(name);
            Optional<RootFiles.Entry> entry = isFolder(entries) ? files.find(join(names)) : Optional.empty();
            if (entry.isPresent() && entry.get().kind() == RootFiles.Kind.LINK) {
                if (++links > MAX_LINKS) {
                    throw new ExecutorException(
                            path + ": too many levels of symbolic links; look for one that leads back to itself");
                }
                String target = entry.get().target();
                removeLast(names);
                if (target.startsWith("/")) {
                    names.clear();
                    entries.clear();
                }
                List<String> steps = split(target);
                Collections.reverse(steps);
                steps.forEach(rest::push);
            } else {
                entries.add(entry);
            }
        }
        int existing = (int) entries.stream().takeWhile(Optional::isPresent).count();
        return new RootPath(names, existing, entries.isEmpty() ? Optional.empty() : entries.get(entries.size() - 1));
    }

    /**
     * Follows the path of something that is to be mounted.
     *
     * @throws ExecutorException if it is not there, or the path leads through too many links
     */
    public static RootPath ofSource(RootFiles files, String path) {
        RootPath found = resolve(files, path);
        if (!found.exists()) {
            throw new ExecutorException(
                    "nothing to mount at " + path + ": no such file or folder; check the source of the mount");
        }
        return found;
    }

    /** The whole path, such as {@code /etc/hosts}; {@code /} for the root itself. */
    public String path() {
        return join(names);
    }

    /** The path of the first components. */
    public String path(int count) {
        return join(names.subList(0, count));
    }

    /** Whether it is there. */
    public boolean exists() {
        return existing == names.size();
    }

    /** Whether a folder is there. */
    boolean isExistingFolder() {
        return names.isEmpty() || entry.isPresent() && entry.get().kind() == RootFiles.Kind.FOLDER;
    }

    private static boolean isFolder(List<Optional<RootFiles.Entry>> entries) {
        return entries.isEmpty()
                || entries.get(entries.size() - 1)
                        .filter(entry -> entry.kind() == RootFiles.Kind.FOLDER)
                        .isPresent();
    }

    private static String join(List<String> names) {
        return "/" + String.join("/", names);
    }

    private static List<String> split(String path) {
        List<String> names = new ArrayList<>(Arrays.asList(path.split("/")));
        names.removeIf(name -> name.isEmpty() || name.equals("."));
        return names;
    }

    private static void removeLast(List<?> list) {
        if (!list.isEmpty()) {
            list.remove(list.size() - 1);
        }
    }
}
