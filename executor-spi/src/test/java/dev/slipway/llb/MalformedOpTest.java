package dev.slipway.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ops that lack something or count by positions that are not there: they are refused when they are made, not when they run. */
class MalformedOpTest {

    private static final Vertex SOURCE =
            Vertex.of(SourceOp.of("local://context", Map.of()), List.of(), Optional.empty(), VertexMetadata.EMPTY);

    private static void make(Op op, int inputs) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            edges.add(new Edge(SOURCE, 0));
        }
        Vertex.of(op, edges, Optional.empty(), VertexMetadata.EMPTY);
    }

    private static FileOp action(int input, int secondary, int output) {
        return new FileOp(List.of(
                new FileAction(input, secondary, output, new MakeDirectory("/a", 0755, false, Optional.empty(), -1))));
    }

    private static ExecOp mounts(Mount... mounts) {
        ProcessMeta meta = new ProcessMeta(
                List.of("true"), List.of(), "/", "", Optional.empty(), List.of(), "", List.of(), "", true, List.of());
        return new ExecOp(
                meta, List.of(mounts), ExecOp.NetworkMode.UNSET, ExecOp.SecurityMode.SANDBOX, List.of(), List.of());
    }

    private static Mount mount(int input, int output) {
        return Mount.of(input, "", "/", output, false, new Mount.Bind());
    }

    @Test
    void positionsThatAreThereAreTaken() {
        make(action(0, 1, 0), 2);
        make(action(-1, -1, 0), 0);
        make(mounts(mount(0, 0), mount(-1, -1), mount(1, 1)), 2);
        // A Dockerfile may mount something over the root.
        make(mounts(mount(0, 0), mount(1, 0)), 2);
        make(new MergeOp(List.of(0, 1)), 2);
        make(new DiffOp(-1, 0), 1);
    }

    @Test
    void positionsThatAreNotThereAreRefused() {
        for (int wrong : new int[] {-2, 2, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            List<Op> ops = new ArrayList<>(List.of(
                    action(wrong, -1, 0),
                    action(0, wrong, 0),
                    mounts(mount(wrong, 0)),
                    new MergeOp(List.of(0, wrong)),
                    new DiffOp(wrong, 0),
                    new DiffOp(0, wrong)));
            Owner owner = new Owner(Optional.of(new UserName("user", wrong)), Optional.empty());
            ops.add(new FileOp(
                    List.of(new FileAction(0, -1, 0, new MakeDirectory("/a", 0755, false, Optional.of(owner), -1)))));
            ops.forEach(op -> assertThatThrownBy(() -> make(op, 2))
                    .as(op.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("input " + wrong));
        }
        assertThatThrownBy(() -> make(action(0, 1, 0), 1)).hasMessageContaining("input 1 of action 0");
    }

    @Test
    void outputsThatLeaveGapsAreRefused() {
        for (Op op : List.of(
                action(0, -1, 1),
                action(0, -1, -2),
                mounts(mount(0, 1)),
                mounts(mount(0, 0), mount(1, 2)),
                mounts(mount(0, Integer.MAX_VALUE)))) {
            assertThatThrownBy(() -> make(op, 2))
                    .as(op.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no output");
        }
        assertThatThrownBy(() -> new Edge(SOURCE, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vertex.of(
                        new MergeOp(List.of(0)), List.of(new Edge(SOURCE, 1)), Optional.empty(), VertexMetadata.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output 1");
    }

    @Test
    void whatIsMissingOrNegativeIsRefusedByName() throws Exception {
        Set<Class<?>> records = new LinkedHashSet<>();
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            collect(op, records);
        }
        assertThat(records).hasSizeGreaterThan(20).contains(Copy.class, Mount.SessionFile.class, FileAction.class);
        for (Class<?> type : records) {
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                Object[] values = new Object[components.length];
                for (int j = 0; j < values.length; j++) {
                    values[j] = sample(components[j].getGenericType());
                }
                create(type, values);
                String name = type.getSimpleName() + "." + components[i].getName();
                if (!components[i].getType().isPrimitive()) {
                    values[i] = null;
                    assertThatThrownBy(() -> create(type, values))
                            .as(name)
                            .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
                } else if (components[i].getName().equals("mode")) {
                    values[i] = -7;
                    assertThatThrownBy(() -> create(type, values))
                            .as(name)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("mode is -7");
                }
            }
        }
        assertThatThrownBy(() -> new Mount.Tmpfs(-1)).hasMessage("size is -1");
    }

    /** All records that an op is made of. */
    private static void collect(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, records));
        } else if (type instanceof Class<?> plain && plain.isSealed()) {
            Arrays.stream(plain.getPermittedSubclasses()).forEach(subclass -> collect(subclass, records));
        } else if (type instanceof Class<?> plain && plain.isRecord() && records.add(plain)) {
            Arrays.stream(plain.getRecordComponents())
                    .forEach(component -> collect(component.getGenericType(), records));
        }
    }

    private static Object sample(Type type) throws Exception {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return raw == Optional.class ? Optional.empty() : raw == SortedMap.class ? new TreeMap<>() : List.of();
        }
        Class<?> plain = (Class<?>) type;
        if (plain == boolean.class) {
            return false;
        } else if (plain == int.class) {
            return 0;
        } else if (plain == long.class) {
            return 0L;
        } else if (plain == String.class) {
            return "text";
        } else if (plain == Bytes.class) {
            return Bytes.utf8("data");
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        } else if (plain.isSealed()) {
            return sample(plain.getPermittedSubclasses()[0]);
        }
        RecordComponent[] components = plain.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sample(components[i].getGenericType());
        }
        return create(plain, values);
    }

    private static Object create(Class<?> type, Object... values) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }
}
