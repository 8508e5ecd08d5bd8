package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.text.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for each credential once in a while only, and one at a time: helpers are slow. */
final class CachedCredentials implements CredentialSource {

    private static final long LIFETIME = Duration.ofSeconds(290).toNanos();

    private final CredentialSource source;
    private final Map<Question, Answer> answers = new HashMap<>();

    CachedCredentials(CredentialSource source) {
        this.source = source;
    }

    @Override
    public Optional<Credential> find(String host) throws IOException {
        return find(host, "");
    }

    @Override
    public synchronized Optional<Credential> find(String host, String repository) throws IOException {
        Question question = new Question(host, repository);
        Answer answer = answers.get(question);
        if (answer == null || System.nanoTime() - answer.time > LIFETIME) {
            answer = ask(question);
            answers.put(question, answer);
        }
        if (answer.problem.isPresent()) {
            throw new IOException(answer.problem.get());
        }
        return answer.credential;
    }

    private Answer ask(Question question) {
        try {
            return new Answer(System.nanoTime(), source.find(question.host, question.repository), Optional.empty());
        } catch (IOException e) {
            return new Answer(System.nanoTime(), Optional.empty(), Optional.of(Reason.of(e)));
        }
    }

    private record Question(String host, String repository) {}

    private record Answer(long time, Optional<Credential> credential, Optional<String> problem) {}
}
