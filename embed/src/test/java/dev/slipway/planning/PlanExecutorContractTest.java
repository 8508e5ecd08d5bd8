package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.testkit.BuildExecutorContract;
import dev.slipway.executor.testkit.SourceKeyContract;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a plan keeps to of what executors promise: how it begins and ends, and the keys of sources. It runs nothing, so that its
 * results have no content, and makes no images: the contracts of those are not for it.
 */
class PlanExecutorContractTest extends BuildExecutorContract {

    @TempDir
    private Path folder;

    private final List<VertexExecutor> planned = new ArrayList<>();

    @Override
    protected VertexExecutor open(Path home) {
        VertexExecutor local = (VertexExecutor) ExecutorProvider.named("local").open(ExecutorSettings.of(home));
        planned.add(local);
        return new PlanExecutor(local);
    }

    @AfterEach
    void closeWhatWasPlannedFor() {
        planned.forEach(BuildExecutor::close);
    }

    /** The executor that would run the build is its owner's to close, who may have begun other work on it. */
    @Override
    @Test
    protected void aClosedExecutorBeginsNothing() {
        VertexExecutor plan = open(folder.resolve("store"));
        plan.close();
        planned.get(0).begin(BuildSession.EMPTY).close();
    }

    @Nested
    class SourceKeys extends SourceKeyContract {
        @Override
        protected VertexExecutor open(Path home) {
            return PlanExecutorContractTest.this.open(home);
        }
    }

    @Test
    void itImaginesAResultForEachOutput() throws Exception {
        VertexExecutor plan = open(folder.resolve("store"));
        try (VertexWork work = plan.begin(BuildSession.EMPTY)) {
            List<Result> results = work.run(twoFiles(), List.of(), StepMonitor.NONE);
            assertThat(results).hasSize(2).doesNotHaveDuplicates();
            assertThat(work.run(twoFiles(), List.of(), StepMonitor.NONE)).isEqualTo(results);
            assertThat(work.readFile(results.get(0), "/first", 10)).isEmpty();
        }
    }

    @Test
    void itSavesNothingButFindsWhatBuildsHaveSaved() throws Exception {
        VertexExecutor plan = open(folder.resolve("store"));
        Digest key = Digest.sha256("key");
        try (VertexWork planning = plan.begin(BuildSession.EMPTY);
                VertexWork building = planned.get(0).begin(BuildSession.EMPTY)) {
            CacheRecord record = new CacheRecord(
                    key, "step", List.of(), List.of(), building.run(twoFiles(), List.of(), StepMonitor.NONE));
            planning.save(record);
            assertThat(building.find(key)).isEmpty();
            building.save(record);
            assertThat(planning.find(key)).contains(record);
        }
    }

    @Test
    void itMakesNoImages() throws Exception {
        ImageSpec spec = new ImageSpec(Platform.host(), Bytes.utf8("{}"), Optional.empty(), Optional.empty());
        try (VertexWork work = open(folder.resolve("store")).begin(BuildSession.EMPTY)) {
            assertThatThrownBy(() -> work.image(Result.EMPTY, spec)).isInstanceOf(ExecutorException.class);
        }
    }

    private static Vertex twoFiles() {
        return Vertex.of(
                new FileOp(List.of(file(0, "/first"), file(1, "/second"))),
                List.of(),
                Optional.empty(),
                VertexMetadata.EMPTY);
    }

    private static FileAction file(int output, String path) {
        FileAction.MakeFile command =
                new FileAction.MakeFile(path, 0644, Bytes.utf8("1"), Optional.empty(), FileAction.NO_TIMESTAMP);
        return new FileAction(Op.NONE, Op.NONE, output, command);
    }
}
