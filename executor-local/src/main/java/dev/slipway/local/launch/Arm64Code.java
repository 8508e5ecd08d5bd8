package dev.slipway.local.launch;

/** The launcher for arm64. {@link ChildProgram} says how the list lies in memory. */
final class Arm64Code {

    static final String LISTING = """
            read the list to its end, 1 MiB at a time:
            13 00 a2 d2  mov x19, BASE
            f4 03 13 aa  mov x20, x19
            more:
            00 00 80 d2  mov x0, 0                 read(0,
            e1 03 14 aa  mov x1, x20                   x20,
            02 02 a0 d2  mov x2, 0x100000              1 MiB)
            e8 07 80 d2  mov x8, 63
            01 00 00 d4  svc 0
            94 02 00 8b  add x20, x20, x0
            1f 00 00 f1  cmp x0, 0
            2c ff ff 54  b.gt more
            75 16 40 f9  ldr x21, [x19, 40]        the first call

            next:
            a8 02 40 a9  ldp x8, x0, [x21]
            a1 0a 41 a9  ldp x1, x2, [x21, 16]
            a3 12 42 a9  ldp x3, x4, [x21, 32]
            a5 5a 43 a9  ldp x5, x22, [x21, 48]    x22: what is expected of it
            01 00 00 d4  svc 0
            b5 02 01 91  add x21, x21, 64
            df 06 00 f1  cmp x22, FORK
            40 02 00 54  b.eq forked
            df 02 13 eb  cmp x22, x19
            8a 01 00 54  b.ge aside
            c0 fe ff b6  tbz x0, 63, next
            1f 00 16 eb  cmp x0, x22               an error that is passed over
            80 fe ff 54  b.eq next

            failed:
            60 56 01 a9  stp x0, x21, [x19, 16]
            40 00 80 d2  mov x0, 2                 write(2,
            e1 03 13 aa  mov x1, x19                   BASE,
            02 04 80 d2  mov x2, 32                    32)
            08 08 80 d2  mov x8, 64
            01 00 00 d4  svc 0
            a0 0f 80 d2  mov x0, 125
            16 00 00 14  b exit

            aside:
            60 fd ff b4  cbz x0, next              the child goes on here
            e0 fe ff b7  tbnz x0, 63, failed
            f5 03 16 aa  mov x21, x22              and the parent there
            e8 ff ff 17  b next

            forked:
            e0 fc ff b4  cbz x0, next              the child goes on
            60 fe ff b7  tbnz x0, 63, failed
            f4 03 00 aa  mov x20, x0
            wait:
            e0 03 14 aa  mov x0, x20               wait4(child,
            61 82 00 91  add x1, x19, 32               BASE + 32,
            02 00 80 d2  mov x2, 0                     0,
            03 00 80 d2  mov x3, 0                     0)
            88 20 80 d2  mov x8, 260
            01 00 00 d4  svc 0
            1f 10 00 b1  cmn x0, EINTR
            20 ff ff 54  b.eq wait
            60 22 40 b9  ldr w0, [x19, 32]
            01 18 00 72  ands w1, w0, 0x7f         the signal that ended it
            60 00 00 54  b.eq exited
            20 00 02 11  add w0, w1, 128
            02 00 00 14  b exit
            exited:
            00 7c 08 53  lsr w0, w0, 8
            exit:
            c8 0b 80 d2  mov x8, 94                exit_group(x0)
            01 00 00 d4  svc 0
            """;

    private Arm64Code() {}
}
