package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.Statement;
import dev.slipway.oci.attest.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A statement about an image, as a file beside the image's own. Its subjects are all regular files of the image.
 *
 * @param name of the file
 * @param content of the file
 */
record StatementFile(String name, Bytes content) {

    private static final int MODE = 0600;

    /** The files of the statements about an image, without those only for registries. */
    static List<StatementFile> of(BuiltImage image, List<Attestation> attestations, FileOptions options)
            throws IOException, InterruptedException {
        List<Attestation> own = attestations.stream()
                .filter(attestation -> !attestation.inlineOnly())
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        List<Subject> subjects = subjects(image);
        String platform = image.spec().platform().format().replace('/', '_');
        Map<String, StatementFile> files = new LinkedHashMap<>();
        for (Attestation attestation : own) {
            String name = options.attestationPrefix() + attestation.fileName();
            if (options.mixesPlatforms()) {
                int dot = name.lastIndexOf('.');
                int end = dot < 0 ? name.length() : dot;
                name = name.substring(0, end) + "." + platform + name.substring(end);
            }
            byte[] json = Statement.of(attestation, subjects, List.of()).toIndentedJson();
            if (files.put(name, new StatementFile(name, Bytes.of(json))) != null) {
                throw new ExecutorException("two attestations would be written into one file, " + name
                        + "; give one another name with filename=NAME");
            }
        }
        return List.copyOf(files.values());
    }

    private static List<Subject> subjects(BuiltImage image) throws IOException, InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        Map<String, Digest> digests = new HashMap<>();
        try (ImageFiles files = image.files()) {
            for (Iterator<FileEntry> walk = files.walk(); walk.hasNext(); ) {
                FileEntry entry = walk.next();
                Digest digest;
                if (entry.type() == EntryType.FILE) {
                    digest = digest(files, entry);
                } else if (entry.type() == EntryType.HARD_LINK) {
                    digest = requireNonNull(digests.get(entry.linkTarget()));
                } else {
                    continue;
                }
                digests.put(entry.path(), digest);
                subjects.add(Subject.of(entry.path(), digest));
            }
        }
        return subjects;
    }

    private static Digest digest(ImageFiles files, FileEntry entry) throws IOException, InterruptedException {
        MessageDigest digest = Digest.newSha256();
        try (InputStream in = new DigestInputStream(files.open(entry), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(digest.digest());
    }

    /**
     * The file in an output.
     *
     * @param folder the folder of the image, with a slash at its end; empty if it has none
     */
    FileEntry entry(String folder, Instant time) {
        return FileEntry.file(folder + name, MODE, content.length()).withModified(time);
    }
}
