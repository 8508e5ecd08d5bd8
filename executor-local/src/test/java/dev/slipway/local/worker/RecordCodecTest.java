package dev.slipway.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.event.LogStream;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.cdi.ContainerEdits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final Mount.SessionFile FILE = new Mount.SessionFile("id", 1, -1, 0400, true);

    private static final Task TASK = new Task(
            new ExecOp(
                    new ProcessMeta(
                            List.of("sh", "-c", "echo é \ud83d\ude00"),
                            List.of("A=b"),
                            "/w",
                            "1000:1001",
                            Optional.of(new ProcessMeta.Proxy("h", "s", "", "n", "")),
                            List.of(new ProcessMeta.HostIp("host", "1.2.3.4")),
                            "name",
                            List.of(new ProcessMeta.Ulimit("nofile", 1024, -1)),
                            "group",
                            true,
                            List.of(0, 3)),
                    List.of(
                            Mount.of(0, "", "/", 0, false, new Mount.Bind()),
                            Mount.of(1, "x", "/c", -1, false, new Mount.Cache("c", Mount.Cache.Sharing.LOCKED)),
                            Mount.of(-1, "", "/t", -1, false, new Mount.Tmpfs(1L << 40)),
                            Mount.of(-1, "", "/s", -1, true, new Mount.Secret(FILE)),
                            Mount.of(-1, "", "/a", -1, true, new Mount.Ssh(FILE))),
                    NetworkMode.NONE,
                    SecurityMode.INSECURE,
                    List.of(new ExecOp.SecretEnvironment("id", "NAME", true)),
                    List.of(new ExecOp.CdiDevice("vendor.com/device=x", false))),
            Optional.of(Platform.of("linux", "arm", "v7")),
            List.of("", "abc"),
            new ContainerEdits(
                    List.of("A=b"),
                    List.of(new ContainerEdits.DeviceNode(
                            "x", "/dev/x", "c", 1, 2, 0660, Optional.of(3), Optional.empty())),
                    List.of(new ContainerEdits.HostMount("/a", "/b", List.of("ro"))),
                    List.of(new ContainerEdits.Hook("poststop", "/h", List.of("h"), List.of(), Optional.of(4))),
                    List.of(44)),
            List.of(new Task.Limit("memory", "1")),
            List.of(),
            List.of(new Task.Agent("default", "/run/agent")),
            List.of("security.insecure"));

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        assertThat(RecordCodec.read(in(bytes(Task.class, TASK)), Task.class)).isEqualTo(TASK);
    }

    @Test
    void aConstantThatIsNotKnownIsRefused() throws IOException {
        byte[] text = bytes(String.class, "UNCONFINED");
        assertThatThrownBy(() -> RecordCodec.read(in(text), SecurityMode.class))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no UNCONFINED");
    }

    @Test
    void bytesStayAsTheyAre() throws IOException {
        byte[] output = {0, -1, 13, 10};
        Answer answer = new Answer.Log(LogStream.ERROR, output);
        Answer.Log read = (Answer.Log) RecordCodec.read(in(bytes(Answer.class, answer)), Answer.class);
        assertThat(read.stream()).isEqualTo(LogStream.ERROR);
        assertThat(read.bytes()).isEqualTo(output);
    }

    @Test
    void whatIsCutOffIsNoRecord() throws IOException {
        byte[] bytes = bytes(Task.class, TASK);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RecordCodec.read(in(part), Task.class)).isInstanceOf(EOFException.class);
        }
    }

    private static byte[] bytes(Class<?> type, Object record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordCodec.write(new DataOutputStream(bytes), type, record);
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
