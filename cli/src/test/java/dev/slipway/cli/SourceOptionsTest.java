package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {

    private static final String DENY_ALL =
            "{\"rules\": [{\"action\": \"DENY\", \"selector\": {\"identifier\": \"*\"}}]}";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeDockerfile() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    }

    private Outcome llb(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "llb";
        System.arraycopy(options, 0, all, 1, options.length);
        all[all.length - 1] = folder.toString();
        return InProcess.run(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pull", "--pull=true", "--pull=always", "--pull=missing", "--pull=never", "--pull=false"})
    void pullTakesAValueAndNotTheContextForOne(String option) {
        Outcome outcome = llb(option);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void anotherValueOfPullIsRefused() {
        Outcome outcome = llb("--pull=sometimes");
        assertThat(outcome.err()).contains("--pull=sometimes: expected always, missing or never");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void aPolicyOfBuildxIsRefusedUnlessItIsSwitchedOff() throws Exception {
        Files.writeString(folder.resolve("Dockerfile.rego"), "package docker\n");
        Outcome refused = llb();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Dockerfile.rego", "--policy disabled=true");
        assertThat(llb("--policy", "disabled=true").exitCode()).isZero();
        assertThat(llb("--policy", "disabled=false").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename=policy.rego", "strict=true", "reset=true,filename=a.rego"})
    void otherPoliciesAreRefused(String policy) {
        Outcome outcome = llb("--policy", policy);
        assertThat(outcome.err()).contains("--policy " + policy);
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void aSourcePolicyIsEnforced() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.json"), DENY_ALL);
        Outcome outcome = llb("--source-policy-file", policy.toString());
        assertThat(outcome.err()).contains("source \"local://context\" denied by policy");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aSourcePolicyThatIsNoneIsRefused() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.json"), DENY_ALL.replace("action", "Action"));
        Outcome outcome = llb("--source-policy-file", policy.toString());
        assertThat(outcome.err()).contains("\"Action\" is not a field");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void aLockIsWrittenBesideTheDockerfileAndUsed() throws Exception {
        Outcome locked = InProcess.run("lock", folder.toString());
        assertThat(locked.err()).isEmpty();
        assertThat(locked.out().strip())
                .isEqualTo(folder.resolve("slipway.lock").toString());
        assertThat(llb("--locked").exitCode()).isZero();
        Files.writeString(folder.resolve("other"), "FROM scratch\n");
        Outcome other = llb("--locked", "-f", folder.resolve("other").toString());
        assertThat(other.err()).contains("the lock is for Dockerfile, and this is other");
    }

    @Test
    void anOfflineBuildCannotPush() {
        Outcome outcome =
                InProcess.run("build", "--offline", "-o", "type=registry,name=127.0.0.1:1/app", folder.toString());
        assertThat(outcome.err()).contains("an offline build cannot push");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aLockThatIsNotThereIsNamed() {
        Outcome outcome = llb("--locked");
        assertThat(outcome.err())
                .contains(folder.resolve("slipway.lock") + " does not exist; make it with slipway lock");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }
}
