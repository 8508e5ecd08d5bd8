package dev.slipway.local.program;

import dev.slipway.executor.ProgramFile;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.SealedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The programs of single layers. A layer is looked into once: what was found stands in a file of the store from then on. First
 * come the architectures with commas between them, then three texts for each program, its architecture, digest and path; each
 * text ends with a zero byte.
 */
final class LayerPrograms {

    private final Store store;

    LayerPrograms(Store store) {
        this.store = store;
    }

    /** The programs of a layer whose platforms are wanted. */
    List<ProgramFile> find(String layer, Predicate<Platform> wanted) throws IOException, InterruptedException {
        Path file = store.programsFile(layer);
        Optional<String> known = read(file);
        if (known.isPresent()) {
            return parse(known.get(), wanted);
        }
        String found = write(look(layer));
        SealedText.write(store.temp(), file, found);
        return parse(found, wanted);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return SealedText.read(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String write(List<Found> programs) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(
                ",",
                programs.stream().map(Found::architecture).distinct().sorted().toList()));
        text.append('\0');
        for (Found program : programs) {
            text.append(program.architecture).append('\0');
            text.append(program.content.digest()).append('\0');
            text.append(program.path).append('\0');
        }
        return text.toString();
    }

    private static List<ProgramFile> parse(String text, Predicate<Platform> wanted) {
        int end = text.indexOf('\0');
        String architectures = text.substring(0, Math.max(end, 0));
        if (architectures.isEmpty()
                || List.of(architectures.split(",")).stream()
                        .noneMatch(architecture -> wanted.test(platform(architecture)))) {
            return List.of();
        }
        List<ProgramFile> programs = new ArrayList<>();
        String[] fields = text.substring(end + 1).split("\0");
        for (int i = 0; i + 2 < fields.length; i += 3) {
            Platform platform = platform(fields[i]);
            if (wanted.test(platform)) {
                programs.add(new ProgramFile(fields[i + 2], platform, Digest.parse(fields[i + 1])));
            }
        }
        return programs;
    }

    /** The header of an ARM program does not tell which version it needs, so that any may do. */
    private static Platform platform(String architecture) {
        return Platform.of("linux", architecture, architecture.equals("arm") ? "v5" : "")
                .normalized();
    }

    private record Candidate(String path, Content content) {}

    private record Found(String path, Content content, String architecture) {}

    private List<Found> look(String layer) throws IOException, InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        collect(store.layers().load(layer), "/", candidates);
        // In the order in which the bytes are kept.
        candidates.sort(Comparator.<Candidate, String>comparing(candidate -> candidate.content.home())
                .thenComparing(candidate -> candidate.content.offset()));
        List<Found> found = new ArrayList<>();
        try (ContentReader contents = store.contents().reader()) {
            for (Candidate candidate : candidates) {
                ElfHeader.architecture(start(contents, candidate.content))
                        .ifPresent(
                                architecture -> found.add(new Found(candidate.path, candidate.content, architecture)));
            }
        }
        found.sort(Comparator.comparing(Found::path));
        return found;
    }

    private static byte[] start(ContentReader contents, Content content) throws IOException, InterruptedException {
        try (InputStream in = contents.open(content)) {
            return in.readNBytes(ElfHeader.SIZE);
        }
    }

    private static void collect(Directory directory, String prefix, List<Candidate> candidates) {
        for (int i = 0; i < directory.size(); i++) {
            String name = directory.name(i);
            Node node = directory.node(i);
            if (node instanceof Directory child) {
                collect(child, prefix + name + "/", candidates);
            } else if (node instanceof RegularFile file && file.content().size() >= ElfHeader.SIZE) {
                candidates.add(new Candidate(prefix + name, file.content()));
            }
        }
    }

    /** The file at a path of a root, if there is one. Names are taken as they are: no link is followed. */
    static Optional<RegularFile> at(Directory root, String path) {
        Node node = root;
        for (String name : path.substring(1).split("/")) {
            Optional<Node> child = node instanceof Directory directory ? directory.child(name) : Optional.empty();
            if (child.isEmpty()) {
                return Optional.empty();
            }
            node = child.get();
        }
        return node instanceof RegularFile file ? Optional.of(file) : Optional.empty();
    }
}
