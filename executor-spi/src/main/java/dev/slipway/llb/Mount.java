package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

/**
 * One mount of an {@link ExecOp}.
 *
 * @param input position of the vertex's input that is mounted, or {@link Op#NONE} for an empty folder
 * @param selector path inside the input, or empty for all of it
 * @param destination where the process sees it; a relative path leads on from its working folder
 * @param output position among the vertex's outputs, or {@link Op#NONE} if what is written is thrown away
 * @param readOnly whether the process may write
 * @param kind what is mounted
 * @param resultId BuildKit's name for a result of this mount, mostly empty
 * @param contentCache whether the input counts by its content in cache keys
 */
public record Mount(
        int input,
        String selector,
        String destination,
        int output,
        boolean readOnly,
        Kind kind,
        String resultId,
        ContentCache contentCache) {

    public Mount {
        requireNonNull(selector, "selector is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(resultId, "resultId is null");
        requireNonNull(contentCache, "contentCache is null");
    }

    /** A mount without the two fields that Dockerfiles never set. */
    public static Mount of(int input, String selector, String destination, int output, boolean readOnly, Kind kind) {
        return new Mount(input, selector, destination, output, readOnly, kind, "", ContentCache.DEFAULT);
    }

    /** Whether a mount's input counts by content. Constants stand in the order of their wire numbers. */
    public enum ContentCache {
        DEFAULT,
        ON,
        OFF
    }

    /** What is mounted: a result of the graph, or something that the executor or the session provides. */
    public sealed interface Kind permits Bind, Cache, Tmpfs, Secret, Ssh {

        /** Calls the visitor's method for this kind of mount. */
        <R> R accept(KindVisitor<R> visitor);
    }

    /**
     * One method for each kind of mount; a switch that the compiler keeps complete.
     *
     * @param <R> what a visit returns
     */
    public interface KindVisitor<R> {

        R visitBind(Bind bind);

        R visitCache(Cache cache);

        R visitTmpfs(Tmpfs tmpfs);

        R visitSecret(Secret secret);

        R visitSsh(Ssh ssh);
    }

    /** The input itself. */
    public record Bind() implements Kind {

        @Override
        public <R> R accept(KindVisitor<R> visitor) {
            return visitor.visitBind(this);
        }
    }

    /**
     * A folder that outlives the build.
     *
     * @param id its name in the store
     * @param sharing what happens when two steps want it at once
     */
    public record Cache(String id, Sharing sharing) implements Kind {

        public Cache {
            requireNonNull(id, "id is null");
            requireNonNull(sharing, "sharing is null");
        }

        @Override
        public <R> R accept(KindVisitor<R> visitor) {
            return visitor.visitCache(this);
        }

        /** How a cache folder is shared. Constants stand in the order of their wire numbers. */
        public enum Sharing {
            SHARED,
            PRIVATE,
            LOCKED
        }
    }

    /**
     * A folder in memory.
     *
     * @param size its limit in bytes, 0 for the executor's default
     */
    public record Tmpfs(long size) implements Kind {

        public Tmpfs {
            if (size < 0) {
                throw new IllegalArgumentException("size is " + size);
            }
        }

        @Override
        public <R> R accept(KindVisitor<R> visitor) {
            return visitor.visitTmpfs(this);
        }
    }

    /** A secret as a file. */
    public record Secret(SessionFile file) implements Kind {

        public Secret {
            requireNonNull(file, "file is null");
        }

        @Override
        public <R> R accept(KindVisitor<R> visitor) {
            return visitor.visitSecret(this);
        }
    }

    /** An agent's socket. */
    public record Ssh(SessionFile file) implements Kind {

        public Ssh {
            requireNonNull(file, "file is null");
        }

        @Override
        public <R> R accept(KindVisitor<R> visitor) {
            return visitor.visitSsh(this);
        }
    }

    /**
     * Something that the build session provides at a path.
     *
     * @param id its id in the session
     * @param uid owner
     * @param gid group
     * @param mode permission bits
     * @param optional whether the mount is left out where the session has nothing of that id
     */
    public record SessionFile(String id, int uid, int gid, int mode, boolean optional) {

        public SessionFile {
            requireNonNull(id, "id is null");
            if (mode < 0) {
                throw new IllegalArgumentException("mode is " + mode);
            }
        }
    }
}
