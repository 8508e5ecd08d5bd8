package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.User;

/** {@code USER}: who runs every later process. It is not checked whether the user exists. */
final class UserConverter {

    private UserConverter() {}

    static void convert(StepContext step, User user) {
        String name = step.expand(user.user());
        step.state().user(name);
        step.image().user(name);
        step.commit("USER " + name, false);
    }
}
