package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.FinalFiles.FinalFile;
import dev.slipway.llb.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the builds of a context must give. The reference made them for linux/amd64 only. */
final class ExpectedBuilds {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExpectedBuilds() {}

    /** The cases of a folder. */
    static JsonNode of(Path folder) throws IOException {
        return JSON.readTree(folder.resolve("expected.json").toFile()).get("cases");
    }

    /** A folder's context as a checkout of its own. */
    static void checkOut(Path folder, Path to) throws IOException {
        Checkout.copy(folder.resolve("context"), to, Set.copyOf(of(folder).findValuesAsText("sha256")));
    }

    /**
     * An image as it is for linux/arm64: it differs in the platform's name, as build arguments, configs and programs tell it, and in
     * the programs of the base.
     */
    static JsonNode forArm64(JsonNode image, FinalFiles base, FinalFiles arm64Base) throws IOException {
        JsonNode translated =
                JSON.readTree(image.toString().replace("amd64", "arm64").replace("x86_64", "aarch64"));
        Map<String, FinalFile> programs = new HashMap<>();
        base.files()
                .forEach((path, file) ->
                        programs.put(file.sha256(), arm64Base.files().get(path)));
        for (JsonNode file : translated.get("files")) {
            FinalFile program = programs.get(file.path("sha256").asText());
            if (file.has("text")) {
                byte[] content = file.get("text").asText().getBytes(StandardCharsets.UTF_8);
                describe(file, content.length, Digest.sha256(content).hex());
            } else if (file.has("sha256") && program != null) {
                describe(file, program.entry().size(), program.sha256());
            }
        }
        return translated;
    }

    private static void describe(JsonNode file, long size, String sha256) {
        ((ObjectNode) file).put("size", size).put("sha256", sha256);
    }
}
