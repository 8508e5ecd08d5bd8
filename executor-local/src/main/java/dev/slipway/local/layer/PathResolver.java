package dev.slipway.local.layer;

import dev.slipway.executor.ExecutorException;
import dev.slipway.oci.disk.DeepStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows paths inside a root, part by part, links included: the root is all there is, so an absolute link begins at it and
 * {@code ..} ends at it. What does not exist is taken as it is written.
 */
public final class PathResolver {

    /** As in BuildKit. */
    private static final int MAX_LINKS = 255;

    /** The longest path of Linux, without the NUL at its end. */
    private static final int MAX_BYTES = 4095;

    private static final int SHOWN = 80;

    private final String wanted;
    private final Deque<String> rest = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private final List<Optional<Node>> nodes = new ArrayList<>();
    private int links;

    private PathResolver(Folder root, String path) {
        this.wanted = path;
        nodes.add(Optional.of(root));
        prepend(path);
    }

    /**
     * Finds where a path leads, following all links in it.
     *
     * @throws ExecutorException if there are too many links, or a part that is not a folder has parts below it
     */
    public static Place resolve(Folder root, String path) {
        return new PathResolver(root, path).walk(true);
    }

    /** Like {@link #resolve}, but a link at the end of the path is the place itself. */
    public static Place resolveParent(Folder root, String path) {
        return new PathResolver(root, path).walk(false);
    }

    /**
     * What is at the end of a path, following all links in it; empty if there is nothing, be it that a part on the way is no folder.
     *
     * @throws ExecutorException if there are too many links
     */
    public static Optional<Place> find(Folder root, String path) {
        try {
            return Optional.of(resolve(root, path)).filter(place -> place.node().isPresent());
        } catch (NotAFolderException e) {
            return Optional.empty();
        }
    }

    private Place walk(boolean followLast) {
        while (!rest.isEmpty()) {
            String part = rest.removeFirst();
            if (part.equals("..")) {
                leave();
                continue;
            }
            Optional<Node> here = nodes.get(nodes.size() - 1);
            if (here.isPresent() && !(here.get() instanceof Folder)) {
                throw new NotAFolderException("lstat " + path(names) + "/" + part + ": not a directory");
            }
            Optional<Node> next = here.flatMap(folder -> ((Folder) folder).child(part));
            if (next.orElse(null) instanceof SymbolicLink link && (followLast || !rest.isEmpty())) {
                follow(link);
            } else {
                names.add(part);
                nodes.add(next);
            }
        }
        if (names.size() > DeepStack.MAX_FOLDERS) {
            throw tooLong(path(names));
        }
        return new Place(names, nodes.get(nodes.size() - 1));
    }

    private static ExecutorException tooLong(String path) {
        return new ExecutorException(path.substring(0, Math.min(path.length(), SHOWN))
                + "...: the path is too long; Linux takes no" + " more than " + MAX_BYTES + " bytes");
    }

    private void follow(SymbolicLink link) {
        if (++links > MAX_LINKS) {
            throw new ExecutorException(wanted + ": too many links");
        }
        if (link.target().startsWith("/")) {
            names.clear();
            nodes.subList(1, nodes.size()).clear();
        }
        prepend(link.target());
    }

    private void leave() {
        if (!names.isEmpty()) {
            names.remove(names.size() - 1);
            nodes.remove(nodes.size() - 1);
        }
    }

    private void prepend(String path) {
        if (path.length() > MAX_BYTES) {
            throw tooLong(path);
        }
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                rest.addFirst(parts[i]);
            }
        }
    }

    private static String path(List<String> names) {
        return "/" + String.join("/", names);
    }

    private static final class NotAFolderException extends ExecutorException {

        private static final long serialVersionUID = 1;

        private NotAFolderException(String message) {
            super(message);
        }
    }

    /**
     * A place in a root. None of the folders in its path is a link.
     *
     * @param names the parts of its path; none for the root itself
     * @param node what is there, or empty if there is nothing
     */
    public record Place(List<String> names, Optional<Node> node) {

        public Place {
            names = List.copyOf(names);
        }

        /** The path as text. */
        public String path() {
            return PathResolver.path(names);
        }

        /** What is there, if it is a folder. */
        public Optional<Folder> folder() {
            return node.filter(Folder.class::isInstance).map(Folder.class::cast);
        }
    }
}
