package dev.slipway.local.store;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.LastUse;
import dev.slipway.local.store.folder.SealedText;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.TempFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cache records by key, one in a sealed file of lines: {@code step}, the parts of the key, the notes and the results, in this
 * order, each with its value after a tab. Tabs, line ends and backslashes in values are written with a backslash.
 */
public final class Records {

    private static final String STEP = "step";
    private static final String PART = "part";
    private static final String NOTE = "note";
    private static final String RESULT = "result";

    private final Path folder;
    private final TempFolder temp;
    private final Roots roots;

    Records(StoreFolder store, TempFolder temp, Roots roots) {
        this.folder = store.of(StoreFolder.Part.RECORDS);
        this.temp = temp;
        this.roots = roots;
    }

    /** Keeps a record; one of the same key is replaced. */
    public void save(CacheRecord record) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, STEP, record.step());
        for (Part part : record.parts()) {
            line(text, PART, part.name(), part.value());
        }
        for (Part note : record.notes()) {
            line(text, NOTE, note.name(), note.value());
        }
        for (Result result : record.results()) {
            line(text, RESULT, result.id());
        }
        SealedText.write(temp, file(record.key()), text.toString());
    }

    private static void line(StringBuilder text, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i].replace("\\", "\\\\").replace("\t", "\\t");
            text.append(i == 0 ? "" : "\t").append(field.replace("\n", "\\n").replace("\r", "\\r"));
        }
        text.append('\n');
    }

    /** The record of this key, if all its results are there. */
    public Optional<CacheRecord> find(Digest key) {
        try {
            Optional<CacheRecord> record = read(file(key));
            if (record.isEmpty() || !roots.has(record.get().results())) {
                return Optional.empty();
            }
            LastUse.now(file(key));
            return record;
        } catch (IOException e) {
            // What cannot be read is as good as none.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The record in a file, whatever became of its results; none if the file is damaged. */
    public static Optional<CacheRecord> read(Path file) throws IOException {
        try {
            Digest key = Digest.parse("sha256:" + file.getFileName());
            return SealedText.read(file).flatMap(text -> parse(key, text.lines().toList()));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<CacheRecord> parse(Digest key, List<String> lines) {
        String step = "";
        List<Part> parts = new ArrayList<>();
        List<Part> notes = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            String value = fields.length > 1 ? unescape(fields[1]) : "";
            switch (fields[0]) {
                case STEP -> step = value;
                case PART -> parts.add(new Part(value, fields.length > 2 ? unescape(fields[2]) : ""));
                case NOTE -> notes.add(new Part(value, fields.length > 2 ? unescape(fields[2]) : ""));
                case RESULT -> results.add(new Result(value));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new CacheRecord(key, step, parts, notes, results));
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                plain.append(
                        switch (escaped) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private Path file(Digest key) {
        return folder.resolve(key.hex());
    }
}
