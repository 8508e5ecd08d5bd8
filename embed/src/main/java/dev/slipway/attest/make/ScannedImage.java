package dev.slipway.attest.make;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.Predicate;
import dev.slipway.oci.attest.PredicateTypes;
import dev.slipway.oci.attest.SpdxLayers;
import dev.slipway.oci.attest.Subject;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads what a scanner left: one in-toto statement in each file. */
public final class ScannedImage {

    /** BuildKit's limit. */
    private static final int MAX_SIZE = 40 << 20;

    /** The name of the file about the image itself, before its first dot. Others are about what was scanned besides. */
    private static final String CORE = "sbom";

    private static final String CREATOR = "slipway";

    private ScannedImage() {}

    /**
     * The statements, those about the image itself first.
     *
     * @param output the folder that the scanner filled
     * @throws ExecutorException if there is something else in it
     */
    public static List<Attestation> read(BuiltImage output) throws InterruptedException {
        List<Attestation> core = new ArrayList<>();
        List<Attestation> others = new ArrayList<>();
        try (ImageFiles files = output.files()) {
            for (Iterator<FileEntry> walk = files.walk(); walk.hasNext(); ) {
                FileEntry file = walk.next();
                boolean isCore = file.path().split("\\.", 2)[0].equals(CORE);
                (isCore ? core : others).add(attestation(file, files, isCore));
            }
        } catch (IOException e) {
            throw new ExecutorException("cannot read what the sbom scanner wrote: " + e.getMessage(), e);
        }
        core.addAll(others);
        return core;
    }

    private static Attestation attestation(FileEntry file, ImageFiles files, boolean isCore)
            throws IOException, InterruptedException {
        if (file.type() != EntryType.FILE) {
            throw wrong(file, "is not a regular file");
        }
        if (file.size() > MAX_SIZE) {
            throw wrong(file, "exceeds " + MAX_SIZE + " bytes");
        }
        byte[] content;
        try (InputStream in = files.open(file)) {
            content = in.readAllBytes();
        }
        try {
            return attestation(file, content, isCore);
        } catch (JsonException e) {
            throw wrong(file, "is no in-toto statement: " + e.getMessage());
        }
    }

    private static Attestation attestation(FileEntry file, byte[] content, boolean isCore) throws JsonException {
        JsonObject statement = Json.object(content);
        String type = statement.string("predicateType");
        if (!type.equals(PredicateTypes.SPDX)) {
            throw wrong(file, "says " + type + ", and not " + PredicateTypes.SPDX);
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonObject subject : statement.objects("subject")) {
            subjects.add(new Subject(subject.string("name"), subject.texts("digest")));
        }
        Map<String, Object> document = statement
                .object("predicate")
                .orElseThrow(() -> wrong(file, "has no predicate"))
                .members();
        Predicate predicate =
                layers -> isCore && !layers.isEmpty() ? SpdxLayers.note(document, CREATOR, layers) : document;
        return new Attestation(type, file.path(), false, subjects, predicate);
    }

    private static ExecutorException wrong(FileEntry file, String what) {
        return new ExecutorException("the sbom scanner wrote " + file.path() + ", which " + what
                + "; each file has to be an in-toto statement of the type " + PredicateTypes.SPDX
                + ", or choose another scanner with generator=IMAGE");
    }
}
