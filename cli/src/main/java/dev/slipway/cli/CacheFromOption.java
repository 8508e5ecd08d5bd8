package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.cache.CacheImport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** {@code --cache-from}. */
final class CacheFromOption {

    private static final String NAME = "--cache-from";

    @Option(
            names = NAME,
            paramLabel = "CACHE",
            description = "A cache to use besides the store: NAME of a registry, type=registry,ref=NAME or"
                    + " type=local,src=FOLDER.")
    private List<String> caches = List.of();

    /** A request that uses these caches. An empty value, such as a variable that is not set, is none, as in buildx. */
    BuildRequest addTo(BuildRequest request) {
        BuildRequest more = request;
        for (String text : caches) {
            if (!text.isEmpty()) {
                more = more.cacheFrom(UsageException.checked(NAME + " " + text, () -> parse(text)));
            }
        }
        return more;
    }

    private static CacheImport parse(String text) {
        Map<String, String> pairs = CacheFields.pairs(NAME, text);
        return new CacheImport(CacheFields.takeType(pairs), new TreeMap<>(pairs));
    }
}
