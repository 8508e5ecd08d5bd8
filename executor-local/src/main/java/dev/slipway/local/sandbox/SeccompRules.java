package dev.slipway.local.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The system calls that no step needs and that reach beyond its root: what Docker's profile forbids to a process with the
 * default capabilities. What new kernels bring is allowed until it is listed here.
 */
final class SeccompRules {

    /** The flags of {@code clone} that make namespaces. */
    static final int NAMESPACE_FLAGS = 0x7e020000;

    /** The family of sockets between virtual machines and their hosts. */
    static final int VSOCK = 40;

    /** Name, and number on amd64, i386, arm64 and arm. */
    private static final String TABLE = """
            acct 163 51 89 51
            add_key 248 286 217 309
            bpf 321 357 280 386
            clock_settime 227 264 112 262
            clock_settime64 - 404 - 404
            create_module 174 127 - -
            delete_module 176 129 106 129
            fanotify_init 300 338 262 367
            finit_module 313 350 273 379
            fsconfig 431 431 431 431
            fsmount 432 432 432 432
            fsopen 430 430 430 430
            fspick 433 433 433 433
            get_kernel_syms 177 130 - -
            get_mempolicy 239 275 236 320
            init_module 175 128 105 128
            io_uring_enter 426 426 426 426
            io_uring_register 427 427 427 427
            io_uring_setup 425 425 425 425
            ioperm 173 101 - -
            iopl 172 110 - -
            kcmp 312 349 272 378
            kexec_file_load 320 - 294 401
            kexec_load 246 283 104 347
            keyctl 250 288 219 311
            lookup_dcookie 212 253 18 249
            mbind 237 274 235 319
            migrate_pages 256 294 238 400
            mount 165 21 40 21
            mount_setattr 442 442 442 442
            move_mount 429 429 429 429
            move_pages 279 317 239 344
            nfsservctl 180 169 42 169
            open_by_handle_at 304 342 265 371
            open_tree 428 428 428 428
            perf_event_open 298 336 241 364
            pidfd_getfd 438 438 438 438
            pivot_root 155 217 41 218
            process_madvise 440 440 440 440
            query_module 178 167 - -
            quotactl 179 131 60 131
            quotactl_fd 443 443 443 443
            reboot 169 88 142 88
            request_key 249 287 218 310
            set_mempolicy 238 276 237 321
            set_mempolicy_home_node 450 450 450 450
            setdomainname 171 121 162 121
            sethostname 170 74 161 74
            setns 308 346 268 375
            settimeofday 164 79 170 79
            stime - 25 - -
            swapoff 168 115 225 115
            swapon 167 87 224 87
            _sysctl 156 149 - 149
            sysfs 139 135 - 135
            syslog 103 103 116 103
            umount - 22 - -
            umount2 166 52 39 52
            unshare 272 310 97 337
            uselib 134 86 - 86
            userfaultfd 323 374 282 388
            ustat 136 62 - 62
            vhangup 153 111 58 111
            vm86 - 166 - -
            vm86old - 113 - -
            """;

    /** One set of numbers that a processor knows. */
    enum Abi {
        AMD64("SCMP_ARCH_X86_64", 0xc000003e, 56, 435, 41, Map.of("mknod", 133, "mknodat", 259)),
        I386("SCMP_ARCH_X86", 0x40000003, 120, 435, 359, Map.of("mknod", 14, "mknodat", 297)),
        ARM64("SCMP_ARCH_AARCH64", 0xc00000b7, 220, 435, 198, Map.of("mknodat", 33)),
        ARM("SCMP_ARCH_ARM", 0x40000028, 120, 435, 281, Map.of("mknod", 14, "mknodat", 324));

        final String ociName;

        /** How the kernel tells a filter which set a call's number is of. */
        final int audit;

        final int clone;
        final int clone3;
        final int socket;
        private final Map<String, Integer> makingDevices;

        Abi(String ociName, int audit, int clone, int clone3, int socket, Map<String, Integer> makingDevices) {
            this.ociName = ociName;
            this.audit = audit;
            this.clone = clone;
            this.clone3 = clone3;
            this.socket = socket;
            this.makingDevices = makingDevices;
        }

        /** The number of a call that makes device files, if there is one. */
        Optional<Integer> number(DeviceRules.Call call) {
            return Optional.ofNullable(makingDevices.get(call.name()));
        }

        /** The sets that this machine's processor knows; none if there are no rules for it. */
        static List<Abi> host() {
            return switch (System.getProperty("os.arch", "")) {
                case "amd64" -> List.of(AMD64, I386);
                case "aarch64" -> List.of(ARM64, ARM);
                default -> List.of();
            };
        }
    }

    private SeccompRules() {}

    /** The names of the calls that are refused. */
    static List<String> names() {
        return TABLE.lines().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    /** The numbers of the calls that are refused. */
    static List<Integer> numbers(Abi abi) {
        List<Integer> numbers = new ArrayList<>();
        TABLE.lines().forEach(line -> {
            String number = line.split(" ")[1 + abi.ordinal()];
            if (!number.equals("-")) {
                numbers.add(Integer.parseInt(number));
            }
        });
        return List.copyOf(numbers);
    }
}
