package dev.slipway.frontend.check;

import dev.slipway.frontend.value.PortSpec;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.tree.Statement;
import java.util.Locale;

/** A port with a protocol in capitals, or with an address that belongs to {@code docker run}. */
public final class ExposeCheck {

    private ExposeCheck() {}

    public static void run(Checks checks, Statement statement, PortSpec port) {
        if (!port.protocol().equals(port.protocol().toLowerCase(Locale.ROOT))) {
            String detail = "Defined protocol '" + port.text() + "' in EXPOSE instruction should be lowercase";
            checks.report(Rules.EXPOSE_PROTO_CASING, detail, statement);
        }
        if (!port.ip().isEmpty() || !port.hostPort().isEmpty()) {
            String detail = "EXPOSE instruction should not define an IP address or host-port mapping, found '"
                    + port.text() + "'";
            checks.report(Rules.EXPOSE_INVALID_FORMAT, detail, statement);
        }
    }
}
