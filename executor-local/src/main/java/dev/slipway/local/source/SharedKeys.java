package dev.slipway.local.source;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.oci.json.JsonWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys of sources in BuildKit's caches. */
final class SharedKeys {

    private static final String HEADER = "http.header.";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private SharedKeys() {}

    /**
     * An image is known by what its reference stands for and by its layers.
     *
     * @param root the digest of its manifest, or of the index that it was found in
     */
    static List<String> ofImage(Digest root, Platform platform, List<Digest> diffIds) {
        Platform normal = platform.normalized();
        JsonWriter json = JsonWriter.go().startObject();
        json.member("Digest", root.toString());
        json.member("OS", normal.os());
        json.member("Arch", normal.architecture());
        text(json, "Variant", normal.variant());
        text(json, "OSVersion", normal.osVersion());
        if (!normal.osFeatures().isEmpty()) {
            json.member("OSFeatures", normal.osFeatures());
        }
        List<String> keys = new ArrayList<>();
        keys.add(Digest.sha256(json.endObject().toBytes()).toString());
        chainId(diffIds).ifPresent(chain -> keys.add(chain.toString()));
        return keys;
    }

    /** What the image specification calls the chain id of layers: a digest of each with those below it. */
    private static Optional<Digest> chainId(List<Digest> diffIds) {
        return diffIds.stream().reduce((below, layer) -> Digest.sha256(below + " " + layer));
    }

    /** A commit is known by its id, and by what of it is taken. */
    static String ofRepository(GitAddress address, RepositorySource.Commit commit) {
        boolean named = GitAddress.isCommit(commit.reference());
        StringBuilder key = new StringBuilder(
                named ? commit.reference() : address.keepGitFolder() ? commit.object() : commit.commit());
        if (address.keepGitFolder()) {
            key.append(".git#").append(commit.reference());
        }
        if (!address.writtenFolder().isEmpty()) {
            key.append(':').append(address.writtenFolder());
        }
        if (!address.submodules()) {
            key.append("(skip-submodules)");
        }
        address.attribute("git.mtime")
                .filter(time -> !time.equals("checkout"))
                .ifPresent(time -> key.append("(mtime=").append(time).append(')'));
        return key.toString();
    }

    /**
     * A file behind a URL is known by its bytes and what the build makes of them.
     *
     * @param mode as the build gives it, or 0
     * @param modified what the server says, unless the build gives the digest
     */
    static String ofDownload(
            SourceOp op, String name, int mode, long uid, long gid, Digest content, Optional<Instant> modified) {
        JsonWriter json = JsonWriter.go().startObject();
        json.member("Filename", name);
        json.member("Perm", mode);
        json.member("UID", uid);
        json.member("GID", gid);
        json.member("Checksum", content.toString());
        text(json, "LastModTime", modified.map(HTTP_DATE::format).orElse(""));
        text(json, "AuthHeaderSecret", op.attributes().getOrDefault("http.authheadersecret", ""));
        List<Map<String, Object>> headers = headers(op);
        if (!headers.isEmpty()) {
            json.member("Header", headers);
        }
        return Digest.sha256(json.endObject().toBytes()).toString();
    }

    private static List<Map<String, Object>> headers(SourceOp op) {
        Map<String, String> sorted = new TreeMap<>();
        op.attributes().forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                sorted.put(canonical(name.substring(HEADER.length())), value);
            }
        });
        return sorted.entrySet().stream()
                .<Map<String, Object>>map(
                        header -> new TreeMap<>(Map.of("Name", header.getKey(), "Value", header.getValue())))
                .toList();
    }

    /** The name of a header as Go writes it: {@code User-Agent}. */
    private static String canonical(String name) {
        StringBuilder canonical = new StringBuilder();
        boolean first = true;
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            canonical.append(first ? Character.toUpperCase(c) : c);
            first = c == '-';
        }
        return canonical.toString();
    }

    private static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }
}
