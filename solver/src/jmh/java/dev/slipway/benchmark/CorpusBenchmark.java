package dev.slipway.benchmark;

import dev.slipway.frontend.Conversion;
import dev.slipway.llb.Vertex;
import dev.slipway.parser.DockerfileParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** All conversions of a corpus, one after the other on one core. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 3)
@Measurement(iterations = 5, time = 2)
public class CorpusBenchmark {

    /** The vertices of all conversions. */
    @State(Scope.Benchmark)
    public static class Graphs {

        private List<Vertex> vertices;

        /** Converts the corpus. */
        @Setup
        public void convert(Corpus corpus) {
            vertices = corpus.jobs().stream()
                    .flatMap(job -> job.convert(job.dockerfile()).definition().vertices().stream())
                    .toList();
        }
    }

    /** Bytes to tree. */
    @Benchmark
    public void parse(Corpus corpus, ProcessorTime time, Blackhole hole) {
        time.ran();
        corpus.jobs().forEach(job -> hole.consume(DockerfileParser.parse(job.source())));
    }

    /** Tree to definition and image: what each further platform costs. */
    @Benchmark
    public void convert(Corpus corpus, ProcessorTime time, Blackhole hole) {
        time.ran();
        corpus.jobs().forEach(job -> hole.consume(job.convert(job.dockerfile())));
    }

    /** Ops to bytes and digests, which is a part of the conversion. */
    @Benchmark
    public void encode(Graphs graphs, ProcessorTime time, Blackhole hole) {
        time.ran();
        graphs.vertices.forEach(vertex ->
                hole.consume(Vertex.of(vertex.op(), vertex.inputs(), vertex.platform(), vertex.metadata())));
    }

    /** Bytes to the bytes of the definition and of the image's config. */
    @Benchmark
    public void everything(Corpus corpus, ProcessorTime time, Blackhole hole) {
        time.ran();
        for (Corpus.Job job : corpus.jobs()) {
            Conversion conversion = job.convert(DockerfileParser.parse(job.source()));
            hole.consume(conversion.definition().encodedOps());
            hole.consume(conversion.image().toJson());
        }
    }
}
