package dev.slipway.oci.cache;

import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.oci.config.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The values in a cache's document. */
final class DocumentValues {

    private DocumentValues() {}

    static Digest digest(String text) throws InvalidCacheException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidCacheException(Reason.of(e), e);
        }
    }

    /** A position in a list. */
    static int position(long number) throws InvalidCacheException {
        if (number != (int) number) {
            throw new InvalidCacheException(number + " is no position");
        }
        return (int) number;
    }

    static Instant time(String text) throws InvalidCacheException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidCacheException("\"" + text + "\" is not a time", e);
        }
    }

    static String text(Instant time) {
        return Timestamps.format(time.atOffset(ZoneOffset.UTC));
    }
}
