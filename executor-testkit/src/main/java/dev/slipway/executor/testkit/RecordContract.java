package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.llb.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises about records: later builds find what one saved, as long as the results exist. */
public abstract class RecordContract extends ContractFixture {

    private static final Digest KEY = Digest.sha256("key");

    private VertexExecutor executor;
    private VertexWork work;

    /** For subclasses. */
    protected RecordContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        executor = closing(open(home()));
        work = closing(executor.begin(BuildSession.EMPTY));
    }

    /** There is nothing under a key that was never used. */
    @Test
    protected void anUnknownKeyHasNoRecord() {
        assertEquals(Optional.empty(), work.find(KEY));
    }

    /** What was saved is found as it was, with the parts of its key in their order. */
    @Test
    protected void aRecordIsFoundAsItWasSaved() throws Exception {
        CacheRecord record = record("made");
        work.save(record);
        assertEquals(Optional.of(record), work.find(KEY));
        assertEquals(Optional.empty(), work.find(Digest.sha256("another key")));
    }

    /** The last record of a key counts. */
    @Test
    protected void aLaterRecordTakesThePlaceOfAnEarlierOne() throws Exception {
        work.save(record("early"));
        CacheRecord late = record("late");
        work.save(late);
        assertEquals(Optional.of(late), work.find(KEY));
    }

    /** The next build finds what this one saved, and can read what it names. */
    @Test
    protected void aLaterBuildFindsARecord() throws Exception {
        CacheRecord record = record("made");
        work.save(record);
        work.close();
        VertexWork later = closing(executor.begin(BuildSession.EMPTY));
        assertEquals(Optional.of(record), later.find(KEY));
        assertEquals("made", content(later, record));
    }

    /** So does another process, for which another executor on the same folder stands. */
    @Test
    protected void aLaterExecutorFindsARecord() throws Exception {
        CacheRecord record = record("made");
        work.save(record);
        work.close();
        executor.close();
        VertexWork later = closing(closing(open(home())).begin(BuildSession.EMPTY));
        assertEquals(Optional.of(record), later.find(KEY));
        assertEquals("made", content(later, record));
    }

    /** Whatever was removed meanwhile: results of a record that is found can be read. */
    @Test
    protected void whatARecordNamesIsThere() throws Exception {
        work.save(record("made"));
        work.close();
        if (executor.cache().isPresent()) {
            executor.cache().get().prune(PruneRequest.EVERYTHING.withAll());
        }
        VertexWork later = closing(executor.begin(BuildSession.EMPTY));
        Optional<CacheRecord> found = later.find(KEY);
        if (found.isPresent()) {
            assertEquals("made", content(later, found.get()));
        }
    }

    private CacheRecord record(String content) throws InterruptedException {
        List<Result> results = new Steps(work)
                .run(Llb.file(Optional.empty(), Optional.empty(), Llb.makeFile("/file", content))
                        .vertex());
        return new CacheRecord(
                KEY,
                "[1/1] write \"a file\"",
                List.of(new Part("op", "write"), new Part("input 0: /src", "none\nat all")),
                List.of(new Part(CacheRecord.SOURCE, "local://context")),
                results);
    }

    private static String content(VertexWork work, CacheRecord record) throws InterruptedException {
        byte[] content = work.readFile(record.results().get(0), "/file", 100).orElseThrow();
        return new String(content, StandardCharsets.UTF_8);
    }
}
