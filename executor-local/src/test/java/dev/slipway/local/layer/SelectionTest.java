package dev.slipway.local.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternException;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BuildKit's keys of contents do not find is not there, even where a copy would do without it. */
class SelectionTest {

    private final Directory root = directory(Map.of(
            "a", file(),
            "ab", file(),
            "way", new SymbolicLink(Attributes.DEFAULT_FOLDER, "folder"),
            "folder", directory(Map.of("f.txt", file(), "lost", new SymbolicLink(Attributes.DEFAULT_FOLDER, "none")))));

    private static RegularFile file() {
        return new RegularFile(Attributes.of(0644), Content.own(Digest.sha256("content"), 7, 0));
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
        return Selection.digest(root, List.of(selector));
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

        assertThatThrownBy(() -> Selection.digest(lost, List.of(without("/", false, "x"))))
                .hasMessageStartingWith("\"/lost\": not found; ");
        assertThatCode(() -> Selection.digest(lost, List.of(without("/", false, "lost"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> Selection.digest(lost, List.of(ContentSelector.required("/"))))
                .doesNotThrowAnyException();
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
}
