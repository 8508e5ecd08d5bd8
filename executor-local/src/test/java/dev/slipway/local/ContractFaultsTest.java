package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.ForwardingVertexExecutor;
import dev.slipway.executor.ForwardingVertexWork;
import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.executor.testkit.BuildExecutorContract;
import dev.slipway.executor.testkit.BuiltImageContract;
import dev.slipway.executor.testkit.RecordContract;
import dev.slipway.executor.testkit.ResultContract;
import dev.slipway.executor.testkit.SourceKeyContract;
import dev.slipway.executor.testkit.StepContract;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contracts find what is wrong with an executor: each test here breaks one promise of the local executor. */
class ContractFaultsTest {

    /** What is wrong with the executors that the contracts below open. */
    private static UnaryOperator<VertexExecutor> fault = UnaryOperator.identity();

    static Stream<Arguments> faults() {
        return Stream.of(
                executor(BuildExecutorContract.class, "itHasAName", local -> new ForwardingVertexExecutor(local) {
                    @Override
                    public String name() {
                        return "my executor";
                    }
                }),
                executor(BuildExecutorContract.class, "aClosedExecutorBeginsNothing", local -> {
                    return new ForwardingVertexExecutor(local) {
                        @Override
                        public void close() {}
                    };
                }),
                executor(
                        BuildExecutorContract.class,
                        "aRecordKeepsWhatAStepSaid",
                        local -> new ForwardingVertexExecutor(local) {
                            @Override
                            public RunRecorder record() {
                                return new TwiceTold(super.record());
                            }
                        }),
                work(
                        SourceKeyContract.class,
                        "anArchiveHasTheTimeOfItsNewestFile",
                        work -> new ForwardingVertexWork(work) {
                            @Override
                            public Optional<Instant> sourceTime(Vertex source) throws InterruptedException {
                                return super.sourceTime(source).map(time -> time.minusSeconds(1));
                            }
                        }),
                work(ResultContract.class, "programsAreFoundByTheirPlatform", work -> new ForwardingVertexWork(work) {
                    @Override
                    public List<ProgramFile> programs(Result result, Predicate<Platform> wanted)
                            throws InterruptedException {
                        return super.programs(result, platform -> true);
                    }
                }),
                work(SourceKeyContract.class, "aChangedByteChangesTheKey", work -> new ForwardingVertexWork(work) {
                    @Override
                    public Digest sourceKey(Vertex source, StepMonitor monitor) {
                        return source.digest();
                    }
                }),
                work(SourceKeyContract.class, "equalFoldersHaveEqualKeys", work -> new ForwardingVertexWork(work) {
                    @Override
                    public Digest sourceKey(Vertex source, StepMonitor monitor) {
                        return Digest.sha256(UUID.randomUUID().toString());
                    }
                }),
                work(ResultContract.class, "onlyWhatIsChosenCounts", work -> new ForwardingVertexWork(work) {
                    @Override
                    public Digest contentDigest(Result result, List<ContentSelector> selectors)
                            throws InterruptedException {
                        return super.contentDigest(result, List.of(ContentSelector.of("/")));
                    }
                }),
                work(ResultContract.class, "onlyARequiredPathHasToBeThere", work -> new ForwardingVertexWork(work) {
                    @Override
                    public Digest contentDigest(Result result, List<ContentSelector> selectors)
                            throws InterruptedException {
                        return super.contentDigest(
                                result,
                                List.of(ContentSelector.of(selectors.get(0).path())));
                    }
                }),
                work(ResultContract.class, "aFileIsReadUpToALimit", work -> new ForwardingVertexWork(work) {
                    @Override
                    public Optional<byte[]> readFile(Result result, String path, int limit)
                            throws InterruptedException {
                        return super.readFile(result, path, 1000);
                    }
                }),
                work(RecordContract.class, "aLaterBuildFindsARecord", work -> new ForwardingVertexWork(work) {
                    @Override
                    public void save(CacheRecord record) {}
                }),
                work(StepContract.class, "aStepGivesAResultForEachOutput", work -> new ForwardingVertexWork(work) {
                    @Override
                    public List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor)
                            throws InterruptedException {
                        return super.run(vertex, inputs, monitor).subList(0, 1);
                    }
                }),
                work(StepContract.class, "closedWorkRunsNothing", work -> new ForwardingVertexWork(work) {
                    @Override
                    public void close() {}
                }),
                layers("aBlobIsWhatItsDescriptorSays", layer -> new Layer(layer) {
                    @Override
                    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
                        LayerBlob blob = super.blob(wanted, monitor);
                        Descriptor own = blob.descriptor();
                        Descriptor wrong = Descriptor.of(own.mediaType(), own.digest(), own.size() + 1);
                        return new LayerBlob(wrong, blob.diffId(), blob.unpackedSize());
                    }
                }),
                layers("aBlobIsCompressedAsItIsWanted", layer -> new Layer(layer) {
                    @Override
                    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
                        return super.blob(LayerRequest.USUAL, monitor);
                    }
                }),
                layers("aLayerOfABaseImageIsConvertedOnlyIfThatIsForced", layer -> new Layer(layer) {
                    @Override
                    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
                        return super.blob(new LayerRequest(wanted.compression(), true, wanted.latest()), monitor);
                    }
                }),
                layers("noFileOfANewLayerIsLaterThanIsWanted", layer -> new Layer(layer) {
                    @Override
                    public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
                        return super.blob(
                                new LayerRequest(wanted.compression(), wanted.force(), Optional.empty()), monitor);
                    }
                }),
                layers("layersStandInTheOrderOfTheSteps", Layer::new),
                files("theOtherNamesOfAFileAreHardLinks", files -> new Files(files) {
                    @Override
                    public Iterator<FileEntry> walk() {
                        List<FileEntry> walked = new ArrayList<>();
                        super.walk().forEachRemaining(file -> walked.add(FileEntry.file(file.path(), 0644, 0)));
                        return walked.iterator();
                    }
                }),
                files("aWalkComesToFoldersFirstAndToNamesInOrder", files -> new Files(files) {
                    @Override
                    public Iterator<FileEntry> walk() {
                        List<FileEntry> walked = new ArrayList<>();
                        super.walk().forEachRemaining(walked::add);
                        Collections.reverse(walked);
                        return walked.iterator();
                    }
                }),
                files("findFollowsLinks", files -> new Files(files) {
                    @Override
                    public Optional<FileEntry> find(String path) throws InterruptedException {
                        return super.find(path).map(file -> file.withPath(path));
                    }
                }));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void aBrokenPromiseIsFound(Class<?> contract, String test, UnaryOperator<VertexExecutor> broken) {
        TestExecutionSummary summary = run(contract, test, broken);
        assertThat(summary.getTestsFailedCount()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void aPromiseThatIsKeptPasses(Class<?> contract, String test) {
        TestExecutionSummary summary = run(contract, test, UnaryOperator.identity());
        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    }

    private static TestExecutionSummary run(Class<?> contract, String test, UnaryOperator<VertexExecutor> broken) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(contract, test))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        fault = broken;
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            fault = UnaryOperator.identity();
        }
        return listener.getSummary();
    }

    private static Arguments executor(Class<?> contract, String test, UnaryOperator<VertexExecutor> broken) {
        Class<?> tested = Stream.<Class<?>>of(
                        Executors.class, SourceKeys.class, Steps.class, Results.class, Records.class, Images.class)
                .filter(contract::isAssignableFrom)
                .findFirst()
                .orElseThrow();
        return Arguments.of(tested, test, broken);
    }

    private static Arguments work(Class<?> contract, String test, UnaryOperator<VertexWork> broken) {
        return executor(contract, test, local -> new ForwardingVertexExecutor(local) {
            @Override
            public VertexWork begin(BuildSession session) {
                return broken.apply(super.begin(session));
            }
        });
    }

    private static Arguments layers(String test, Function<BuiltLayer, BuiltLayer> broken) {
        return images(test, broken, UnaryOperator.identity());
    }

    private static Arguments files(String test, UnaryOperator<ImageFiles> broken) {
        return images(test, Function.identity(), broken);
    }

    private static Arguments images(
            String test, Function<BuiltLayer, BuiltLayer> layers, UnaryOperator<ImageFiles> files) {
        return work(BuiltImageContract.class, test, work -> new ForwardingVertexWork(work) {
            @Override
            public BuiltImage image(Result root, ImageSpec spec) {
                return new Image(super.image(root, spec), layers, files);
            }
        });
    }

    /** Records each event twice. */
    private record TwiceTold(RunRecorder recorder) implements RunRecorder {

        @Override
        public void accept(BuildEvent event) {
            recorder.accept(event);
            recorder.accept(event);
        }

        @Override
        public Optional<Path> log(Digest step) {
            return recorder.log(step);
        }

        @Override
        public void close() {
            recorder.close();
        }
    }

    static VertexExecutor openBroken(Path home) {
        return fault.apply(LocalExecutor.open(ExecutorSettings.of(home)));
    }

    static class Executors extends BuildExecutorContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    static class SourceKeys extends SourceKeyContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    static class Steps extends StepContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    static class Results extends ResultContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    static class Records extends RecordContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    static class Images extends BuiltImageContract {
        @Override
        protected VertexExecutor open(Path home) {
            return openBroken(home);
        }
    }

    private record Image(BuiltImage image, Function<BuiltLayer, BuiltLayer> layer, UnaryOperator<ImageFiles> opened)
            implements BuiltImage {

        @Override
        public ImageSpec spec() {
            return image.spec();
        }

        @Override
        public List<? extends BuiltLayer> layers() throws InterruptedException {
            return image.layers().stream().map(layer).toList();
        }

        @Override
        public ImageFiles files() throws InterruptedException {
            return opened.apply(image.files());
        }
    }

    /** Passes everything on, and is equal to nothing else. */
    private static class Layer implements BuiltLayer {

        private final BuiltLayer layer;

        private Layer(BuiltLayer layer) {
            this.layer = layer;
        }

        @Override
        public Optional<Instant> created() {
            return layer.created();
        }

        @Override
        public LayerBlob blob(LayerRequest wanted, StepMonitor monitor) throws InterruptedException {
            return layer.blob(wanted, monitor);
        }

        @Override
        public InputStream open(Descriptor blob) throws IOException {
            return layer.open(blob);
        }
    }

    private static class Files implements ImageFiles {

        private final ImageFiles files;

        private Files(ImageFiles files) {
            this.files = files;
        }

        @Override
        public FileEntry root() {
            return files.root();
        }

        @Override
        public Iterator<FileEntry> walk() {
            return files.walk();
        }

        @Override
        public Optional<FileEntry> find(String path) throws InterruptedException {
            return files.find(path);
        }

        @Override
        public InputStream open(FileEntry file) throws IOException, InterruptedException {
            return files.open(file);
        }

        @Override
        public void close() throws IOException {
            files.close();
        }
    }
}
