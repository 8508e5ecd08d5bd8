package dev.slipway.local.launch;

/** The launcher for amd64. {@link ChildProgram} says how the list lies in memory. */
final class Amd64Code {

    static final String LISTING = """
            read the list to its end, 1 MiB at a time:
            bb 00 00 00 10        mov ebx, BASE
            89 dd                 mov ebp, ebx
            more:
            31 c0                 xor eax, eax              read(
            31 ff                 xor edi, edi                  0,
            89 ee                 mov esi, ebp                  ebp,
            ba 00 00 10 00        mov edx, 0x100000             1 MiB)
            0f 05                 syscall
            01 c5                 add ebp, eax
            85 c0                 test eax, eax
            7f ed                 jg more
            48 8b 5b 28           mov rbx, [rbx + 40]       the first call

            next:
            48 8b 03              mov rax, [rbx]
            48 8b 7b 08           mov rdi, [rbx + 8]
            48 8b 73 10           mov rsi, [rbx + 16]
            48 8b 53 18           mov rdx, [rbx + 24]
            4c 8b 53 20           mov r10, [rbx + 32]
            4c 8b 43 28           mov r8, [rbx + 40]
            4c 8b 4b 30           mov r9, [rbx + 48]
            0f 05                 syscall
            48 8b 4b 38           mov rcx, [rbx + 56]       what is expected of it
            48 83 c3 40           add rbx, 64
            48 83 f9 01           cmp rcx, FORK
            74 46                 je forked
            48 81 f9 00 00 00 10  cmp rcx, BASE
            7d 31                 jge aside
            48 85 c0              test rax, rax
            79 c7                 jns next
            48 39 c8              cmp rax, rcx              an error that is passed over
            74 c2                 je next

            failed:
            bf 00 00 00 10        mov edi, BASE
            48 89 47 10           mov [rdi + 16], rax
            48 89 5f 18           mov [rdi + 24], rbx
            89 fe                 mov esi, edi              write(2, BASE, 32)
            bf 02 00 00 00        mov edi, 2
            ba 20 00 00 00        mov edx, 32
            b8 01 00 00 00        mov eax, 1
            0f 05                 syscall
            bf 7d 00 00 00        mov edi, 125
            eb 46                 jmp exit

            aside:
            48 85 c0              test rax, rax
            78 d4                 js failed
            74 94                 jz next                   the child goes on here
            48 89 cb              mov rbx, rcx              and the parent there
            eb 8f                 jmp next

            forked:
            48 85 c0              test rax, rax
            74 8a                 jz next                   the child goes on
            78 c6                 js failed
            89 c5                 mov ebp, eax
            wait:
            b8 3d 00 00 00        mov eax, 61               wait4(
            89 ef                 mov edi, ebp                  child,
            be 20 00 00 10        mov esi, BASE + 32            BASE + 32,
            31 d2                 xor edx, edx                  0,
            45 31 d2              xor r10d, r10d                0)
            0f 05                 syscall
            83 f8 fc              cmp eax, -EINTR
            74 e8                 je wait
            8b 3c 25 20 00 00 10  mov edi, [BASE + 32]
            89 f8                 mov eax, edi
            83 e0 7f              and eax, 0x7f             the signal that ended it
            74 08                 jz exited
            8d b8 80 00 00 00     lea edi, [rax + 128]
            eb 03                 jmp exit
            exited:
            c1 ef 08              shr edi, 8
            exit:
            b8 e7 00 00 00        mov eax, 231              exit_group(edi)
            0f 05                 syscall
            """;

    private Amd64Code() {}
}
