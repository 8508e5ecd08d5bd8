package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.Optional;

/**
 * The name of an image with tag and digest, in its full form: {@code docker.io/library/alpine:3.22}.
 *
 * @param domain the host of the registry, with its port if it has one, such as {@code docker.io}; empty in the rare case that
 *     the first part of the name looks like a host but is not one ({@code a_b.c/x})
 * @param path the repository in the registry, such as {@code library/alpine}
 * @param tag such as {@code 3.22}
 * @param digest the digest that the reference is pinned to
 */
public record ImageReference(String domain, String path, Optional<String> tag, Optional<Digest> digest) {

    static final String DEFAULT_DOMAIN = "docker.io";
    static final String OFFICIAL = "library/";

    public ImageReference {
        requireNonNull(domain, "domain is null");
        requireNonNull(path, "path is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(digest, "digest is null");
    }

    /**
     * Reads a full or familiar reference: {@code alpine} is {@code docker.io/library/alpine}. A missing tag stays missing.
     *
     * @throws IllegalArgumentException if this is not a reference; the message is Docker's
     */
    public static ImageReference parse(String text) {
        return ImageReferenceParser.parse(requireNonNull(text, "text is null"));
    }

    /** Domain and path: the reference without tag and digest. */
    public String name() {
        return domain.isEmpty() ? path : domain + "/" + path;
    }

    /** This reference with the tag {@code latest} if it has neither tag nor digest. */
    public ImageReference withDefaultTag() {
        return tag.isEmpty() && digest.isEmpty()
                ? new ImageReference(domain, path, Optional.of("latest"), digest)
                : this;
    }

    /** This reference pinned to a digest. It keeps its tag. */
    public ImageReference withDigest(Digest other) {
        return new ImageReference(domain, path, tag, Optional.of(requireNonNull(other, "other is null")));
    }

    /** This reference without its digest. */
    public ImageReference withoutDigest() {
        return new ImageReference(domain, path, tag, Optional.empty());
    }

    /** The short form that people write: {@code alpine:3.22} for {@code docker.io/library/alpine:3.22}. */
    public String familiar() {
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return toString();
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        return (official ? path.substring(OFFICIAL.length()) : path) + suffix();
    }

    /** The full form. */
    @Override
    public String toString() {
        return name() + suffix();
    }

    private String suffix() {
        return tag.map(text -> ":" + text).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}
