package dev.slipway.parser;

import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instructions that move files: COPY, ADD. */
final class TransferBuilder {

    private static final FlagSet ADD_FLAGS = FlagSet.of(
            List.of("link", "keep-git-dir", "unpack"), List.of("chown", "chmod", "checksum"), List.of("exclude"));

    private static final FlagSet COPY_FLAGS =
            FlagSet.of(List.of("link", "parents"), List.of("chown", "from", "chmod"), List.of("exclude"));

    /** What all inline files of one instruction may hold. More can only be had by using one heredoc many times. */
    private static final long MAX_INLINE = 64L << 20;

    private TransferBuilder() {}

    static Add add(RawInstruction raw) {
        requireDestination(raw);
        FlagValues flags = ADD_FLAGS.parse(raw);
        return new Add(
                raw.statement(),
                transfer(raw),
                flags.value("chown"),
                flags.value("chmod"),
                flags.isOn("link"),
                flags.optional("keep-git-dir"),
                flags.value("checksum"),
                flags.optional("unpack"),
                flags.all("exclude"));
    }

    static Copy copy(RawInstruction raw) {
        requireDestination(raw);
        FlagValues flags = COPY_FLAGS.parse(raw);
        return new Copy(
                raw.statement(),
                transfer(raw),
                flags.value("from"),
                flags.value("chown"),
                flags.value("chmod"),
                flags.isOn("link"),
                flags.isOn("parents"),
                flags.all("exclude"));
    }

    private static void requireDestination(RawInstruction raw) {
        if (raw.words().size() < 2) {
            throw new Refusal(raw.keyword()
                    + " requires at least two arguments, but only one was provided."
                    + " Destination could not be determined");
        }
    }

    private static Transfer transfer(RawInstruction raw) {
        int last = raw.words().size() - 1;
        String destination = raw.words().get(last);
        if (HeredocMarker.of(destination).isPresent()) {
            throw new Refusal(raw.keyword() + " cannot accept a heredoc as a destination");
        }
        // By name: of two heredocs with one name, the last one counts for both.
        Map<String, Heredoc> heredocs = new HashMap<>();
        raw.heredocs().forEach(heredoc -> heredocs.put(heredoc.name(), heredoc));
        List<String> sources = new ArrayList<>();
        List<Transfer.InlineFile> inlineFiles = new ArrayList<>();
        long size = 0;
        for (String source : raw.words().subList(0, last)) {
            Optional<Heredoc> marker = HeredocMarker.of(source);
            if (marker.isEmpty()) {
                sources.add(source);
                continue;
            }
            Transfer.InlineFile file =
                    inlineFile(marker.get(), heredocs.get(marker.get().name()));
            inlineFiles.add(file);
            size += file.content().length();
            if (size > MAX_INLINE) {
                throw new Refusal(
                        "the heredocs of " + raw.keyword() + " are larger than " + MAX_INLINE + " characters");
            }
        }
        return new Transfer(sources, inlineFiles, destination);
    }

    /** In JSON form a marker is read but no body is: the file is empty, as in BuildKit. */
    private static Transfer.InlineFile inlineFile(Heredoc marker, @Nullable Heredoc heredoc) {
        String content = heredoc == null ? "" : heredoc.content();
        return new Transfer.InlineFile(
                marker.name(), marker.chomp() ? Heredoc.chomp(content) : content, marker.expand());
    }
}
