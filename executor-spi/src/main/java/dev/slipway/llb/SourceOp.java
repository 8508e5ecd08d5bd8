package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings something into the build from outside: an image, a client's folder, a git repository, a URL.
 *
 * @param identifier scheme and address, such as {@code docker-image://docker.io/library/alpine:3.22@sha256:...},
 *     {@code local://context}, {@code git://host/path#ref}, {@code https://...}, {@code oci-layout://name@sha256:...}
 * @param attributes options of the source, by the names that BuildKit gives them ({@code local.followpaths}, ...)
 */
public record SourceOp(String identifier, SortedMap<String, String> attributes) implements Op {

    public SourceOp {
        requireNonNull(identifier, "identifier is null");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(attributes, "attributes is null")));
    }

    /** A source with these attributes, in whatever order they come. */
    public static SourceOp of(String identifier, Map<String, String> attributes) {
        return new SourceOp(identifier, new TreeMap<>(attributes));
    }

    /** The part of the identifier before {@code ://}, such as {@code docker-image}, {@code local} or {@code https}. */
    public String scheme() {
        int end = identifier.indexOf("://");
        return end < 0 ? "" : identifier.substring(0, end);
    }

    /** The part of the identifier after {@code ://}. */
    public String address() {
        int end = identifier.indexOf("://");
        return end < 0 ? identifier : identifier.substring(end + 3);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSource(this);
    }
}
