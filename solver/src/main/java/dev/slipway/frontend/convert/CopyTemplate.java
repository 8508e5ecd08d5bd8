package dev.slipway.frontend.convert;

import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Root;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.Owner;
import java.util.List;
import java.util.Optional;

/**
 * The settings that all copies of one instruction share.
 *
 * @param destination where they go
 * @param owner who owns the files
 * @param mode permission bits, or -1
 * @param modeText a symbolic mode, or empty
 * @param excludes what is left out
 */
record CopyTemplate(String destination, Optional<Owner> owner, int mode, String modeText, List<String> excludes) {

    static CopyTemplate of(TransferRequest request, String destination, Root base) {
        return new CopyTemplate(
                destination,
                request.owner(FileNode.userInput(base)),
                request.mode(),
                request.modeText(),
                request.excludes());
    }

    /** Copies one file or folder under a known name. */
    Copy exactly(String source, boolean unpack) {
        return copy(source, false, unpack, List.of(), List.of());
    }

    /**
     * Copies what matches a path with wildcards, through symbolic links; the content of folders, not the folders.
     *
     * @param source path with wildcards
     * @param unpack whether archives are unpacked
     * @param includes the only files that are copied, or empty for all
     * @param required the paths that must exist
     */
    Copy matching(String source, boolean unpack, List<String> includes, List<String> required) {
        return copy(source, true, unpack, includes, required);
    }

    private Copy copy(String source, boolean matching, boolean unpack, List<String> includes, List<String> required) {
        return new Copy(
                source,
                destination,
                owner,
                mode,
                modeText,
                matching,
                matching,
                unpack,
                true,
                matching,
                matching,
                FileAction.NO_TIMESTAMP,
                includes,
                excludes,
                false,
                required);
    }
}
