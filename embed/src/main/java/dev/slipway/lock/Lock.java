package dev.slipway.lock;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * What a build takes from outside, by digest. Written as JSON that people can read and compare: sorted, and the same for the same
 * sources.
 *
 * @param dockerfile the name of the Dockerfile that it is for, without its folder
 * @param targets the stages that were locked as targets; the empty name is that of the last one
 * @param platforms the platforms that were locked
 * @param frontends what {@code # syntax=} names, by reference. Slipway reads Dockerfiles itself; it is here for those who do not
 * @param images by normalised reference, such as {@code docker.io/library/alpine:3.22}
 * @param repositories commits of git repositories by identifier, such as {@code git://github.com/owner/repository.git#main}
 * @param urls digests of files by URL
 */
public record Lock(
        String dockerfile,
        SortedSet<String> targets,
        SortedSet<String> platforms,
        SortedMap<String, Digest> frontends,
        SortedMap<String, LockedImage> images,
        SortedMap<String, String> repositories,
        SortedMap<String, Digest> urls) {

    /** What a lock file is called unless it is given a name. It is beside the Dockerfile. */
    public static final String NAME = "slipway.lock";

    public Lock {
        requireNonNull(dockerfile, "dockerfile is null");
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(requireNonNull(targets, "targets is null")));
        platforms = Collections.unmodifiableSortedSet(new TreeSet<>(requireNonNull(platforms, "platforms is null")));
        frontends = copy(requireNonNull(frontends, "frontends is null"));
        images = copy(requireNonNull(images, "images is null"));
        repositories = copy(requireNonNull(repositories, "repositories is null"));
        urls = copy(requireNonNull(urls, "urls is null"));
    }

    private static <V> SortedMap<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /**
     * Reads a lock.
     *
     * @throws IllegalArgumentException if it is none, or of a later version
     */
    public static Lock parse(byte[] json) {
        return LockJson.read(requireNonNull(json, "json is null"));
    }

    /**
     * Reads a lock file.
     *
     * @throws IllegalArgumentException if it cannot be read, or is none
     */
    public static Lock read(Path file) {
        try {
            return parse(Files.readAllBytes(requireNonNull(file, "file is null")));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "the lock file " + file + " does not exist; make it with slipway lock", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the lock file " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lock file " + file + ": " + e.getMessage(), e);
        }
    }

    /** The lock as it is written. */
    public byte[] toJson() {
        return LockJson.write(this);
    }

    /** Writes a lock file. One that is there is replaced as a whole, and stays if it cannot be. */
    public void write(Path file) throws IOException {
        Path place = requireNonNull(file, "file is null").toAbsolutePath();
        Path aside = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".new");
        try {
            Files.write(aside, toJson());
            if (Files.getFileStore(place.getParent()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        aside, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(aside, place, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * This lock and another one of the same Dockerfile: one that covers the targets and platforms of both.
     *
     * @throws IllegalArgumentException if they are of different Dockerfiles, or disagree
     */
    public Lock merge(Lock other) {
        if (!dockerfile.equals(requireNonNull(other, "other is null").dockerfile)) {
            throw new IllegalArgumentException(
                    "one lock is for " + dockerfile + ", the other for " + other.dockerfile + "; keep them apart");
        }
        return new Lock(
                dockerfile,
                union(targets, other.targets),
                union(platforms, other.platforms),
                union(frontends, other.frontends, Lock::same),
                union(images, other.images, LockedImage::merge),
                union(repositories, other.repositories, Lock::same),
                union(urls, other.urls, Lock::same));
    }

    private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
        SortedSet<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private static <V> SortedMap<String, V> union(
            SortedMap<String, V> one, SortedMap<String, V> other, BinaryOperator<V> merge) {
        SortedMap<String, V> both = new TreeMap<>(one);
        other.forEach((key, value) -> both.merge(key, value, merge));
        return both;
    }

    private static <V> V same(V one, V other) {
        if (!one.equals(other)) {
            throw new IllegalArgumentException("a source changed while it was locked; lock again");
        }
        return one;
    }

    /** What each source stands for, by the identifier that executors know it by. */
    public SortedMap<String, String> pins() {
        SortedMap<String, String> pins = new TreeMap<>(repositories);
        urls.forEach((url, digest) -> pins.put(url, digest.toString()));
        images.forEach((reference, image) ->
                pins.put("docker-image://" + reference, image.digest().toString()));
        return pins;
    }
}
