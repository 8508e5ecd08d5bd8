package dev.slipway.oci.layer;

import java.time.Instant;
import java.util.Map;

/**
 * One member of a tar archive as it is written there, with long names and PAX records already applied.
 *
 * @param type the type flag
 * @param size of the file, in bytes
 * @param stored how many bytes of it the archive has: fewer than its size if it has holes
 * @param records all PAX records that belong to it
 */
record TarMember(
        String name,
        char type,
        long mode,
        long uid,
        long gid,
        long size,
        long stored,
        Instant modified,
        String linkName,
        long deviceMajor,
        long deviceMinor,
        Map<String, byte[]> records) {}
