package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.attest.PackageUrl;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something from outside that a build used.
 *
 * @param uri where it is, without credentials
 * @param digests of it, in hexadecimal digits, by algorithm
 */
public record Material(String uri, SortedMap<String, String> digests) {

    private static final int SHA256_LENGTH = 64;

    public Material {
        requireNonNull(uri, "uri is null");
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(digests, "digests is null")));
    }

    /**
     * An image.
     *
     * @param name as the build names it, with tag or digest
     * @param digest what it stood for: a manifest, or an index
     * @param layout whether it came from an OCI layout
     */
    public static Material image(ImageReference name, Optional<Platform> platform, Digest digest, boolean layout) {
        String uri = layout ? PackageUrl.oci(name, platform) : PackageUrl.docker(name, platform);
        return new Material(uri, digests(digest));
    }

    /** A commit of a git repository. */
    static Material git(String url, String commit) {
        String algorithm = commit.length() == SHA256_LENGTH ? "sha256" : "sha1";
        return new Material(UrlCredentials.redact(url), new TreeMap<>(Map.of(algorithm, commit)));
    }

    /** A file behind a URL. */
    static Material http(String url, Digest digest) {
        return new Material(UrlCredentials.redact(url), digests(digest));
    }

    private static SortedMap<String, String> digests(Digest digest) {
        return new TreeMap<>(Map.of(digest.algorithm(), digest.hex()));
    }

    Map<String, Object> toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("uri", uri);
        members.put("digest", digests);
        return members;
    }
}
