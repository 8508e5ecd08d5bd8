package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** Where COPY and ADD find their files. */
public sealed interface MainContext {

    /** The name of the main context among the folders of a session. */
    String NAME = "context";

    /**
     * A folder of the client.
     *
     * @param name of the folder in the session
     * @param session id of the session; empty if the build has only one
     * @param ignorePatterns the patterns of {@code .dockerignore}
     */
    record Local(String name, String session, List<String> ignorePatterns) implements MainContext {

        public Local {
            requireNonNull(name, "name is null");
            requireNonNull(session, "session is null");
            ignorePatterns = List.copyOf(ignorePatterns);
        }
    }

    /**
     * A git repository.
     *
     * @param reference its URL with fragment or query
     * @param keepGitDir whether {@code .git} is kept, whatever the URL says
     * @param commitTime whether files carry the time of the commit
     * @param subdirectory the folder that is the context, if not all
     */
    record Git(String reference, boolean keepGitDir, boolean commitTime, Optional<String> subdirectory)
            implements MainContext {

        public Git {
            requireNonNull(reference, "reference is null");
            requireNonNull(subdirectory, "subdirectory is null");
        }
    }

    /**
     * A file behind a URL. Standard input is handed over in this way, too.
     *
     * @param url its address
     * @param archive whether it is an archive to unpack; else it is the Dockerfile
     * @param subdirectory the folder that is the context, if not all
     */
    record Http(String url, boolean archive, Optional<String> subdirectory) implements MainContext {

        public Http {
            requireNonNull(url, "url is null");
            requireNonNull(subdirectory, "subdirectory is null");
        }
    }
}
