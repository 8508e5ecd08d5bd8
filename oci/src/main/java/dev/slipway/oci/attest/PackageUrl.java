package dev.slipway.oci.attest;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Platform;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Images as package URLs: {@code pkg:docker/alpine@3.22?platform=linux%2Famd64}. */
public final class PackageUrl {

    private PackageUrl() {}

    /** The URL of an image in a registry. A reference without tag and digest stands for {@code latest}. */
    public static String docker(ImageReference image, Optional<Platform> platform) {
        return of("docker", image, platform);
    }

    /** The URL of an image in an OCI layout. */
    public static String oci(ImageReference image, Optional<Platform> platform) {
        return of("oci", image, platform);
    }

    private static String of(String type, ImageReference image, Optional<Platform> platform) {
        ImageReference tagged = image.withDefaultTag();
        String name = new ImageReference(tagged.domain(), tagged.path(), Optional.empty(), Optional.empty()).familiar();
        String path = Arrays.stream(name.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
        List<String> qualifiers = new ArrayList<>();
        tagged.digest().ifPresent(digest -> qualifiers.add("digest=" + digest));
        platform.ifPresent(
                it -> qualifiers.add("platform=" + it.normalized().format().replace("/", "%2F")));
        return "pkg:" + type + "/" + path
                + tagged.tag().map(tag -> "@" + tag).orElse("")
                + (qualifiers.isEmpty() ? "" : "?" + String.join("&", qualifiers));
    }
}
