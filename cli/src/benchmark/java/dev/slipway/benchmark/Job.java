package dev.slipway.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build, as every engine is given it.
 *
 * @param context the folder with the Dockerfile
 * @param base the OCI layout that {@code alpine} stands for
 * @param platforms what is built; none for the machine's own
 * @param archive the OCI archive that is written, if any is
 */
record Job(Path context, Path base, List<String> platforms, Optional<Path> archive) {}
