package dev.slipway.lock;

import dev.slipway.llb.Digest;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lock as JSON. Fields that are not known are refused: a later version may mean something by them. */
final class LockJson {

    private static final long VERSION = 1;

    private LockJson() {}

    static byte[] write(Lock lock) {
        JsonWriter json = JsonWriter.readable().startObject();
        json.member("version", VERSION);
        json.member("dockerfile", lock.dockerfile());
        json.member("targets", lock.targets());
        json.member("platforms", lock.platforms());
        if (!lock.frontends().isEmpty()) {
            json.member("frontends", texts(lock.frontends()));
        }
        json.startObject("images");
        lock.images()
                .forEach((reference, image) -> json.startObject(reference)
                        .member("digest", image.digest().toString())
                        .member("platforms", texts(image.platforms()))
                        .endObject());
        json.endObject();
        json.member("git", lock.repositories());
        json.member("urls", texts(lock.urls()));
        return (json.endObject() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(SortedMap<String, Digest> digests) {
        Map<String, String> texts = new TreeMap<>();
        digests.forEach((name, digest) -> texts.put(name, digest.toString()));
        return texts;
    }

    static Lock read(byte[] document) {
        try {
            JsonObject json = Json.object(document);
            if (json.number("version") != VERSION) {
                throw new IllegalArgumentException("version " + json.number("version") + " is not known; " + VERSION
                        + " is: use the Slipway that wrote it, or write it anew");
            }
            known(json, "version", "dockerfile", "targets", "platforms", "frontends", "images", "git", "urls");
            return new Lock(
                    json.requiredString("dockerfile"),
                    new TreeSet<>(json.strings("targets")),
                    new TreeSet<>(json.strings("platforms")),
                    digests(json, "frontends"),
                    images(json.object("images")),
                    json.texts("git"),
                    digests(json, "urls"));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static SortedMap<String, LockedImage> images(Optional<JsonObject> json) throws JsonException {
        SortedMap<String, LockedImage> images = new TreeMap<>();
        if (json.isPresent()) {
            for (String reference : json.get().names()) {
                JsonObject image = json.get().object(reference).orElseThrow();
                known(image, "digest", "platforms");
                images.put(
                        reference,
                        new LockedImage(digest(image.requiredString("digest")), digests(image, "platforms")));
            }
        }
        return images;
    }

    private static SortedMap<String, Digest> digests(JsonObject json, String field) throws JsonException {
        SortedMap<String, Digest> digests = new TreeMap<>();
        json.texts(field).forEach((name, text) -> digests.put(name, digest(text)));
        return digests;
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a digest", e);
        }
    }

    private static void known(JsonObject json, String... fields) {
        List<String> known = Arrays.asList(fields);
        json.names().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("\"" + name + "\" is not a field of a lock; write it anew");
        });
    }
}
