package dev.slipway.cli;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.llb.Platform;
import dev.slipway.oci.merge.IndexAnnotation;
import dev.slipway.oci.merge.IndexMerge;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.SentImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway image merge}: what {@code docker buildx imagetools create} does, of all places. */
@Command(
        name = "merge",
        description = "Join images and indexes, such as those of separate builds, into one index.",
        mixinStandardHelpOptions = true)
final class ImageMergeCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description = "Image or index, written as for inspect; or a digest, or a descriptor as JSON, of the only"
                    + " repository or layout that is named.")
    private List<String> sources = List.of();

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "IMAGE",
            description = "Where the index goes, written as for copy.")
    private List<String> tags = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read a source from a file.")
    private List<String> files = List.of();

    @Option(names = "--append", description = "Add to what is at the first --tag.")
    private boolean append;

    @Option(
            names = "--annotation",
            paramLabel = "[LEVEL[PLATFORM]:]KEY=VALUE",
            description = "Note something on the index (index:) or on its entries (manifest-descriptor:).")
    private List<String> annotations = List.of();

    @Option(
            names = {"-p", "--platform"},
            paramLabel = "PLATFORM",
            description = "Keep these platforms only, with what is attested of them.")
    private List<String> platforms = List.of();

    @Option(
            names = "--prefer-index",
            arity = "0..1",
            paramLabel = "true|false",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether a single image becomes an index (default: true).")
    private boolean preferIndex;

    @Option(names = "--dry-run", description = "Print the index, and write nothing.")
    private boolean dryRun;

    @Option(names = "--metadata-file", paramLabel = "FILE", description = "Write the descriptor of the index as JSON.")
    private Optional<String> metadataFile = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but the digest.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        if (tags.isEmpty() && !dryRun) {
            throw new UsageException("say where the index goes with --tag, or only look at it with --dry-run");
        }
        List<ImagePlace> targets = tags.stream().map(ImageAccess::place).toList();
        List<IndexAnnotation> notes = annotations.stream()
                .filter(text -> !text.isEmpty())
                .flatMap(text -> IndexAnnotationOption.parse(text).stream())
                .toList();
        List<Platform> wanted = ImageAccess.platforms(platforms);
        return ImageAccess.run(places -> {
            try (MergeSources opened = MergeSources.open(places, texts(), targets)) {
                SentImage merged = opened.merge(notes, preferIndex, wanted);
                for (Platform twice : IndexMerge.listedTwice(merged)) {
                    System.err.println("WARNING: there are two images for " + TerminalText.line(twice.formatAll())
                            + " in the index, and those who pull it get the first; leave one out");
                }
                if (dryRun) {
                    System.out.write(merged.blobs().read(merged.root()).toArray());
                    System.out.println();
                    return 0;
                }
                for (ImagePlace target : targets) {
                    places.sink(target).write(merged, new TransferProgress(quiet));
                }
                if (metadataFile.isPresent()) {
                    MergeMetadata.write(Path.of(metadataFile.get()), merged.root(), targets);
                }
                System.out.println(merged.root().digest());
            }
            return 0;
        });
    }

    /** As with buildx: what is there already, then the files, then the arguments. */
    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        if (append && !tags.isEmpty()) {
            texts.add(tags.get(0));
        }
        for (String file : files) {
            texts.add(Files.readString(Path.of(file), StandardCharsets.UTF_8).strip());
        }
        texts.addAll(sources);
        if (texts.isEmpty()) {
            throw new UsageException("name what is to be joined");
        }
        return texts;
    }
}
