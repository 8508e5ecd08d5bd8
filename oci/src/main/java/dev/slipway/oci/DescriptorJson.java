package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptors and platforms as JSON, with the members in the order of the Go structs. */
public final class DescriptorJson {

    private DescriptorJson() {}

    static List<Descriptor> readAll(List<JsonObject> objects) throws InvalidImageException, JsonException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonObject object : objects) {
            descriptors.add(read(object));
        }
        return descriptors;
    }

    /** Reads a descriptor. */
    public static Descriptor read(JsonObject object) throws InvalidImageException, JsonException {
        long size = object.number("size");
        if (size < 0) {
            throw new InvalidImageException("the size of " + object.requiredString("digest") + " is negative");
        }
        Optional<JsonObject> platform = object.object("platform");
        return new Descriptor(
                object.string("mediaType"),
                digest(object.requiredString("digest")),
                size,
                object.strings("urls"),
                object.texts("annotations"),
                platform.isPresent() ? Optional.of(platform(platform.get())) : Optional.empty());
    }

    static Digest digest(String text) throws InvalidImageException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException(Reason.of(e), e);
        }
    }

    /** The platform with these members, which are those of an index entry or of a config. */
    static Platform platform(JsonObject object) throws JsonException {
        return new Platform(
                object.string("os"),
                object.string("architecture"),
                object.string("variant"),
                object.string("os.version"),
                object.strings("os.features"));
    }

    static List<Object> writeAll(List<Descriptor> descriptors) {
        List<Object> objects = new ArrayList<>();
        descriptors.forEach(descriptor -> objects.add(write(descriptor)));
        return objects;
    }

    /** A descriptor as a JSON object. */
    public static Map<String, Object> write(Descriptor descriptor) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("mediaType", descriptor.mediaType());
        members.put("digest", descriptor.digest().toString());
        members.put("size", descriptor.size());
        if (!descriptor.urls().isEmpty()) {
            members.put("urls", descriptor.urls());
        }
        if (!descriptor.annotations().isEmpty()) {
            members.put("annotations", descriptor.annotations());
        }
        if (descriptor.mediaType().equals(MediaTypes.OCI_EMPTY)) {
            // Its content is always the same. It is included in the descriptor so that it need not be fetched.
            members.put("data", "e30=");
        }
        descriptor.platform().ifPresent(platform -> members.put("platform", write(platform)));
        return members;
    }

    private static Map<String, Object> write(Platform platform) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("architecture", platform.architecture());
        members.put("os", platform.os());
        if (!platform.osVersion().isEmpty()) {
            members.put("os.version", platform.osVersion());
        }
        if (!platform.osFeatures().isEmpty()) {
            members.put("os.features", platform.osFeatures());
        }
        if (!platform.variant().isEmpty()) {
            members.put("variant", platform.variant());
        }
        return members;
    }
}
