package dev.slipway.local.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads records, component by component as their types say, so that none can be forgotten. Both ends are the same
 * program: a record needs no version.
 */
final class RecordCodec {

    private static final int MAX_LENGTH = 64 << 20;

    private RecordCodec() {}

    /** Writes a value of this type. */
    static void write(DataOutput out, Type type, Object value) throws IOException {
        if (type instanceof ParameterizedType generic) {
            List<?> values =
                    value instanceof Optional<?> optional ? optional.stream().toList() : (List<?>) value;
            out.writeInt(values.size());
            for (Object element : values) {
                write(out, generic.getActualTypeArguments()[0], element);
            }
        } else if (value instanceof Record) {
            writeRecord(out, (Class<?>) type, value);
        } else if (value instanceof byte[] bytes) {
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof String text) {
            write(out, byte[].class, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Enum<?> constant) {
            write(out, String.class, constant.name());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            out.writeLong(number.longValue());
        } else {
            throw new IllegalArgumentException("a record cannot be sent that has a " + type.getTypeName());
        }
    }

    private static void writeRecord(DataOutput out, Class<?> type, Object value) throws IOException {
        if (type.isInterface()) {
            write(out, String.class, value.getClass().getName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = invoke(component.getAccessor(), value);
            write(out, component.getGenericType(), part);
        }
    }

    private static Object invoke(Method accessor, Object record) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    /** Reads a value of this type. */
    static Object read(DataInput in, Type type) throws IOException {
        if (type instanceof ParameterizedType generic) {
            return readMany(in, generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == byte[].class) {
            byte[] bytes = new byte[length(in)];
            in.readFully(bytes);
            return bytes;
        } else if (plain == String.class) {
            return new String((byte[]) read(in, byte[].class), StandardCharsets.UTF_8);
        } else if (plain == boolean.class) {
            return in.readBoolean();
        } else if (plain == int.class || plain == Integer.class) {
            return (int) in.readLong();
        } else if (plain == long.class) {
            return in.readLong();
        } else if (plain.isEnum()) {
            String name = (String) read(in, String.class);
            return Arrays.stream(plain.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no " + name));
        }
        return readRecord(in, plain);
    }

    private static Object readMany(DataInput in, ParameterizedType type) throws IOException {
        List<Object> values = new ArrayList<>();
        for (int count = length(in); count > 0; count--) {
            values.add(read(in, type.getActualTypeArguments()[0]));
        }
        return type.getRawType() == Optional.class ? values.stream().findFirst() : List.copyOf(values);
    }

    private static Object readRecord(DataInput in, Class<?> type) throws IOException {
        try {
            Class<?> actual = type.isInterface() ? permitted(type, (String) read(in, String.class)) : type;
            RecordComponent[] components = actual.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = read(in, components[i].getGenericType());
            }
            var constructor = actual.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot read a " + type.getSimpleName(), e);
        }
    }

    private static Class<?> permitted(Class<?> type, String name) throws IOException {
        return Arrays.stream(type.getPermittedSubclasses())
                .filter(subclass -> subclass.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + name));
    }

    private static int length(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("a length is " + length);
        }
        return length;
    }
}
