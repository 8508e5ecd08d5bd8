package dev.slipway.oci.layer;

import java.time.Instant;
import java.util.Map;

/**
 * One member of a tar archive as it is written there, with long names and PAX records already applied.
 *
 * @param type the type flag
 * @param records all PAX records that belong to it
 */
record TarMember(
        String name,
        char type,
        long mode,
        long uid,
        long gid,
        long size,
        Instant modified,
        String linkName,
        long deviceMajor,
        long deviceMinor,
        Map<String, byte[]> records) {}
