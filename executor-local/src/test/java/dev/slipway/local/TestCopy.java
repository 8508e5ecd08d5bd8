package dev.slipway.local;

import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.Owner;
import java.util.List;
import java.util.Optional;

/** A copy as COPY makes it, with what a test wants otherwise. */
public final class TestCopy {

    public String source;
    public String destination;
    public Optional<Owner> owner = Optional.empty();
    public int mode = -1;
    public String modeText = "";
    public boolean followSymlink = true;
    public boolean directoryContents = true;
    public boolean attemptUnpack;
    public boolean createDestinationPath = true;
    public boolean allowWildcard = true;
    public boolean allowEmptyWildcard = true;
    public long timestamp = FileAction.NO_TIMESTAMP;
    public List<String> include = List.of();
    public List<String> exclude = List.of();
    public boolean alwaysReplace;
    public List<String> required = List.of();

    public TestCopy(String source, String destination) {
        this.source = source;
        this.destination = destination;
    }

    public Copy build() {
        return new Copy(
                source,
                destination,
                owner,
                mode,
                modeText,
                followSymlink,
                directoryContents,
                attemptUnpack,
                createDestinationPath,
                allowWildcard,
                allowEmptyWildcard,
                timestamp,
                include,
                exclude,
                alwaysReplace,
                required);
    }
}
