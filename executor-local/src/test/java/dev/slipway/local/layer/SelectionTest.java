package dev.slipway.local.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternException;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BuildKit's keys of contents do not find is not there, even where a copy would do without it. */
class SelectionTest {

    private static final String CONTENT = "content";

    private final Directory root = directory(Map.of(
            "a", file(),
            "ab", file(),
            "way", new SymbolicLink(Attributes.DEFAULT_FOLDER, "folder"),
            "folder", directory(Map.of("f.txt", file(), "lost", new SymbolicLink(Attributes.DEFAULT_FOLDER, "none")))));

    private static RegularFile file() {
        return new RegularFile(Attributes.of(0644), Content.own(Digest.sha256(CONTENT), CONTENT.length(), 0));
    }

    private static Directory directory(Map<String, Node> children) {
        return Directory.of(Attributes.DEFAULT_FOLDER, new TreeMap<>(children));
    }

    /** What {@code COPY --parents} reads. */
    private static ContentSelector parents(List<String> include, List<String> exclude, String... required) {
        return new ContentSelector("/", false, true, include, exclude, true, List.of(required));
    }

    /** What {@code COPY --exclude} reads. */
    private static ContentSelector without(String path, boolean wildcard, String... exclude) {
        return new ContentSelector(path, wildcard, true, List.of(), List.of(exclude), !wildcard, List.of());
    }

    private Digest digest(ContentSelector selector) {
        return digest(root, selector);
    }

    private static Digest digest(Directory root, ContentSelector selector) {
        try {
            return Selection.digest(root, false, List.of(selector), SelectionTest::learn);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void learn(Collection<RegularFile> files) {
        for (RegularFile file : files) {
            MessageDigest digest =
                    TarSum.ofFile(file.attributes(), file.content().size());
            file.checksum(digest.digest(CONTENT.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aSourceWithParentsThatIsExcludedIsNotFound() {
        assertThatCode(() -> digest(parents(List.of("folder"), List.of("**/lost"), "/folder")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> digest(parents(List.of("folder"), List.of("folder"), "/folder")))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("\"/folder\": not found; ");
        assertThatThrownBy(() -> digest(parents(List.of("folder/f.txt"), List.of("**/*.txt"), "/folder/f.txt")))
                .hasMessageStartingWith("\"/folder/f.txt\": not found; ");
    }

    @Test
    void aSourceWithParentsIsNotSoughtBehindLinks() {
        assertThatThrownBy(() -> digest(parents(List.of("way/f.txt"), List.of(), "/way/f.txt")))
                .hasMessageStartingWith("\"/way/f.txt\": not found; ");
    }

    @Test
    void theWholeOfARootIsNoSourceWithParents() {
        assertThatThrownBy(() -> digest(parents(List.of(""), List.of(), "/")))
                .hasMessageStartingWith("\"/\": not found; ");
    }

    @Test
    void aNameThatBeginsLikeTheSourceIsEnough() {
        assertThatCode(() -> digest(parents(List.of("a", "ab"), List.of("a"), "/a")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsExcludedDoesNotCount() {
        Digest all = digest(without("/folder", false, "none"));

        assertThat(digest(without("/folder", false, "lost"))).isNotEqualTo(all);
        assertThat(digest(without("/folder", false, "nothing"))).isEqualTo(all);
    }

    @Test
    void aLinkInARootThatLeadsNowhereIsNotFoundWherePatternsChoose() {
        Directory lost = directory(Map.of("lost", new SymbolicLink(Attributes.DEFAULT_FOLDER, "none"), "a", file()));

        assertThatThrownBy(() -> digest(lost, without("/", false, "x")))
                .hasMessageStartingWith("\"/lost\": not found; ");
        assertThatCode(() -> digest(lost, without("/", false, "lost"))).doesNotThrowAnyException();
        assertThatCode(() -> digest(lost, ContentSelector.required("/"))).doesNotThrowAnyException();
        assertThatCode(() -> digest(without("/folder", false, "x"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/[", "/folder/x[1*", "/a*[", "/way/["})
    void aDamagedPatternIsAnError(String pattern) {
        assertThatThrownBy(() -> digest(without(pattern, true)))
                .isInstanceOf(PatternException.class)
                .hasMessage("syntax error in pattern");
    }

    @Test
    void aPatternThatMatchesNothingIsNoneBelowNothing() {
        assertThat(digest(without("/folder/none*", true))).isEqualTo(digest(without("/none*", true)));
        assertThatThrownBy(() -> digest(without("/none/*", true)))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("\"/none\": not found; ");
    }

    @Test
    void aLinkThatLeadsNowhereIsASourceWithParents() {
        assertThatCode(() -> digest(parents(List.of("folder/lost"), List.of(), "/folder/lost")))
                .doesNotThrowAnyException();
    }

    /** The digests are those of a real BuildKit's records. */
    @Test
    void filesAndFoldersAreHashedAsBuildKitDoesIt() {
        RegularFile script = file(0644, "#!/usr/bin/env bash\nexit 0");
        Directory existing = directory(Map.of("etc", directory(Map.of("file-in-existing-dir", file(0644, "")))));
        Directory context = directory(Map.of("script", script, "existing", existing));

        assertThat(record(digest(context, ContentSelector.required("/script"))))
                .isEqualTo("sha256:982b7b903e7ea0fa013ebd627fef78f07600c1732c6a1adfe4a3281e1d4e1a91");
        assertThat(record(digest(context, ContentSelector.required("/existing"))))
                .isEqualTo("sha256:2f9791fda0f4f34258473b01fa00feeb2fcb69cd48551dfc307b0f21fb09423f");
    }

    private static RegularFile file(int mode, String content) {
        Attributes attributes = Attributes.of(mode);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        RegularFile file = new RegularFile(attributes, Content.own(Digest.sha256(bytes), bytes.length, 0));
        file.checksum(TarSum.ofFile(attributes, bytes.length).digest(bytes));
        return file;
    }

    private static String record(Digest content) {
        return Digest.sha256(content + "@-1").toString();
    }

    @Test
    void whatAClientsFolderItselfIsLikeDoesNotCount() throws Exception {
        Directory other = Directory.of(Attributes.of(0700), new TreeMap<>(Map.of("a", file())));
        Directory one = directory(Map.of("a", file()));

        assertThat(Selection.digest(other, true, List.of(ContentSelector.of("/")), SelectionTest::learn))
                .isEqualTo(Selection.digest(one, true, List.of(ContentSelector.of("/")), SelectionTest::learn));
        assertThat(digest(other, ContentSelector.of("/"))).isNotEqualTo(digest(one, ContentSelector.of("/")));
    }

    @Test
    void nothingAtAllIsNoEmptyFolder() {
        assertThat(digest(Directory.EMPTY, ContentSelector.of("/")))
                .isEqualTo(Digest.sha256(Digest.sha256("").toString()))
                .isNotEqualTo(digest(directory(Map.of()), ContentSelector.of("/")));
    }

    @Test
    void severalSelectorsAreHashedTogether() throws Exception {
        List<ContentSelector> both = List.of(ContentSelector.of("/a"), ContentSelector.of("/folder/f.txt"));
        String each = Digest.of(file(0644, CONTENT).checksum()).toString();

        assertThat(Selection.digest(root, false, both, SelectionTest::learn))
                .isEqualTo(Digest.sha256(each + "\0" + each));
    }

    /** A socket is an empty file, and times are no part of anything. */
    @Test
    void attributesOfFilesCountAndThoseOfTheSystemDoNot() {
        Attributes plain = Attributes.of(0644);
        Attributes labelled = plain.withXattrs(new TreeMap<>(Map.of("security.selinux", Bytes.utf8("label"))));
        Attributes marked = plain.withXattrs(new TreeMap<>(Map.of("user.mark", Bytes.utf8("1"))));

        assertThat(TarSum.ofFile(labelled, 0).digest())
                .isEqualTo(TarSum.ofFile(plain, 0).digest())
                .isEqualTo(TarSum.ofSpecial(new SpecialFile(plain, SpecialFile.Kind.SOCKET, 0, 0))
                        .digest())
                .isEqualTo(TarSum.ofFile(plain.withModified(Instant.MAX), 0).digest())
                .isNotEqualTo(TarSum.ofFile(marked, 0).digest());
    }
}
