package dev.slipway.local.launch;

import dev.slipway.oci.posix.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The users and groups that the administrator lets an ordinary user be in namespaces of his own, and the programs that make him
 * so: {@code newuidmap} and {@code newgidmap} have root's rights and see to it that he becomes nobody else.
 *
 * @param users numbers of users outside, besides his own
 * @param groups numbers of groups outside, besides his own
 * @param userMapper the program for users
 * @param groupMapper the program for groups
 */
record SubordinateIds(List<IdMap.Range> users, List<IdMap.Range> groups, Path userMapper, Path groupMapper) {

    SubordinateIds {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /** Those of the user who runs this JVM, if he has any and the programs are installed. */
    static Optional<SubordinateIds> find(OwnIds own) {
        List<IdMap.Range> users = parse(read(Path.of("/etc/subuid")), System.getProperty("user.name", ""), own.uid());
        List<IdMap.Range> groups = parse(read(Path.of("/etc/subgid")), System.getProperty("user.name", ""), own.uid());
        Optional<Path> userMapper = program("newuidmap");
        Optional<Path> groupMapper = program("newgidmap");
        return users.isEmpty() || groups.isEmpty() || userMapper.isEmpty() || groupMapper.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubordinateIds(users, groups, userMapper.get(), groupMapper.get()));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // Most systems without sub-ids have no such file.
        }
    }

    /** Lines of {@code name:first:count}; the name may be the number of the user. */
    static List<IdMap.Range> parse(List<String> lines, String name, int uid) {
        List<IdMap.Range> ranges = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.strip().split(":");
            boolean own =
                    fields.length == 3 && (fields[0].equals(name) || fields[0].equals(Integer.toUnsignedString(uid)));
            if (own && fields[1].matches("[0-9]{1,10}") && fields[2].matches("[0-9]{1,10}")) {
                ranges.add(new IdMap.Range(Long.parseLong(fields[1]), Long.parseLong(fields[2])));
            }
        }
        return ranges;
    }

    private static Optional<Path> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin";
        return Stream.of(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The commands that make a process's user and group root in its namespace, and the others those from 1 on. */
    List<List<String>> commands(long process, OwnIds own) {
        return List.of(
                command(userMapper, process, own.uid(), users), command(groupMapper, process, own.gid(), groups));
    }

    private static List<String> command(Path program, long process, int own, List<IdMap.Range> others) {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), Long.toString(process), "0", Integer.toUnsignedString(own), "1"));
        long next = 1;
        for (IdMap.Range range : others) {
            command.add(Long.toString(next));
            command.add(Long.toString(range.first()));
            command.add(Long.toString(range.count()));
            next += range.count();
        }
        return command;
    }
}
