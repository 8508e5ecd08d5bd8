package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.cache.CacheExport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** {@code --cache-to}. */
final class CacheToOption {

    private static final String NAME = "--cache-to";

    @Option(
            names = NAME,
            paramLabel = "CACHE",
            description = "Where to write the cache of this build: NAME of a registry, type=registry,ref=NAME,"
                    + " type=local,dest=FOLDER or type=inline; mode=max for the results of all steps.")
    private List<String> caches = List.of();

    /** A request that writes its cache to these places. An empty value, such as a variable that is not set, is none, as in buildx. */
    BuildRequest addTo(BuildRequest request) {
        BuildRequest more = request;
        for (String text : caches) {
            if (!text.isEmpty()) {
                more = more.cacheTo(UsageException.checked(NAME + " " + text, () -> parse(text)));
            }
        }
        return more;
    }

    private static CacheExport parse(String text) {
        Map<String, String> pairs = CacheFields.pairs(NAME, text);
        return new CacheExport(CacheFields.takeType(pairs), new TreeMap<>(pairs));
    }
}
