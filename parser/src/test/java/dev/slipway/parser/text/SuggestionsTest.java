package dev.slipway.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    @Test
    void theNearestWordIsSuggested() {
        assertThat(Suggestions.nearest("tagret", List.of("source", "target", "targets")))
                .contains("target");
        assertThat(Suggestions.nearest("ab", List.of("abcd", "abc", "abd"))).contains("abc");
    }

    @Test
    void threeLettersAreTooFar() {
        assertThat(Suggestions.nearest("abc", List.of("xyz", "abcdef"))).isEmpty();
        assertThat(Suggestions.nearest("", List.of("RUN", "ab"))).contains("ab");
    }

    @Test
    void aWordThatExistsNeedsNoSuggestion() {
        assertThat(Suggestions.nearest("abc", List.of("abd", "abc"))).isEmpty();
    }

    @Test
    void letterCaseCountsOrIsFollowed() {
        assertThat(Suggestions.nearest("Link", List.of("link"))).contains("link");
        assertThat(Suggestions.nearestIgnoringCase("FORM", List.of("FROM"))).contains("FROM");
        assertThat(Suggestions.nearestIgnoringCase("form", List.of("FROM"))).contains("from");
        assertThat(Suggestions.nearestIgnoringCase("Form", List.of("FROM"))).contains("from");
        assertThat(Suggestions.nearestIgnoringCase("From", List.of("FROM"))).isEmpty();
    }

    @Test
    void hugeWordsTakeNoTime() {
        assertThat(Suggestions.nearest("x".repeat(10_000_000), List.of("x"))).isEmpty();
    }
}
