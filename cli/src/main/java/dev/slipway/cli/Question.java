package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;

/** What can be asked of a Dockerfile that is not built: by commands of their own, or by {@code build --call}. */
enum Question {
    CHECK {
        @Override
        int answer(Slipway slipway, BuildRequest request, FormatOption format) throws InterruptedException {
            return print(slipway.check(request), format).isCleanInBuildKit() ? 0 : 1;
        }
    },

    /** A check that fails for our own rules as well. */
    STRICT_CHECK {
        @Override
        int answer(Slipway slipway, BuildRequest request, FormatOption format) throws InterruptedException {
            return print(slipway.check(request), format).isClean() ? 0 : 1;
        }
    },
    OUTLINE {
        @Override
        int answer(Slipway slipway, BuildRequest request, FormatOption format) throws InterruptedException {
            TargetOutline outline = slipway.outline(request);
            format.print(outline.toText(), outline.toJson());
            return 0;
        }
    },
    TARGETS {
        @Override
        int answer(Slipway slipway, BuildRequest request, FormatOption format) throws InterruptedException {
            TargetList targets = slipway.targets(request);
            format.print(targets.toText(), targets.toJson());
            return 0;
        }
    };

    private static CheckReport print(CheckReport report, FormatOption format) {
        format.print(report.toText(), report.toJson());
        return report;
    }

    /** Prints the answer and returns the exit code. */
    abstract int answer(Slipway slipway, BuildRequest request, FormatOption format) throws InterruptedException;

    /** Answers with the user's store. */
    int answer(BuildRequest request, FormatOption format) throws InterruptedException {
        try (Slipway slipway = UserConfig.open()) {
            return answer(slipway, request, format);
        }
    }
}
