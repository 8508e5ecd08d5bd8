package dev.slipway.local.sandbox.confine;

import static dev.slipway.local.launch.SystemCall.MOUNT_SETATTR;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;

/** What may be done with what is mounted: {@code MOUNT_ATTR_...} flags. */
public final class MountAttributes {

    /** The size of the structure that {@code mount_setattr} takes. */
    private static final int SIZE = 32;

    private MountAttributes() {}

    /** Adds the call that restricts what may be done with an open mount; with {@code AT_RECURSIVE}, with those in it too. */
    public static void restrict(ChildProgram program, int descriptor, long attributes, long recursive) {
        program.call(
                "restrict a mount",
                MOUNT_SETATTR,
                descriptor,
                program.text(""),
                Linux.AT_EMPTY_PATH | recursive,
                program.words(attributes, 0, 0, 0),
                SIZE);
    }

    /** Adds the call after which nobody can write to what is mounted at this path of the child's mount namespace. */
    public static void protect(ChildProgram program, String path) {
        long readOnly = program.words(Linux.MOUNT_ATTR_RDONLY, 0, 0, 0);
        int here = ChildProgram.WORKING_FOLDER;
        program.call("protect " + path, MOUNT_SETATTR, here, program.text(path), 0, readOnly, SIZE);
    }
}
