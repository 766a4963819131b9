package io.tollbook.console.account;

import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.channel.ChannelId;
import org.jspecify.annotations.Nullable;

/** The fields that narrow a list of calls. */
class CallFilters extends Filters {
    private final TextField request;
    private final TextField username;
    private final TextField account;
    private final TextField model;
    private final TextField channel;

    CallFilters() {
        request = text("request", "Request id");
        request.setPrefixComponent(Glyph.SEARCH.icon());
        username = text("user", "User");
        account = text("account", "Account");
        model = text("model", "Model");
        channel = text("channel", "Channel id");
        for (TextField exact : new TextField[] {username, model}) exact.setTooltipText("Exact; % stands for anything");
    }

    CallFilter filter() {
        String hold = given(request);
        Long accountId = number(account, "An account is a number; it is the one of its user.");
        Long channelId = number(channel, "A channel id is a number; see the list of channels.");
        return new CallFilter(
                accountId == null ? null : new AccountId(accountId),
                hold == null ? null : new HoldId(hold),
                given(username),
                given(model),
                channelId == null ? null : new ChannelId(channelId));
    }

    private static @Nullable String given(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }

    private static @Nullable Long number(TextField field, String otherwise) {
        String text = given(field);
        if (text == null) return null;
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refused.invalid(otherwise);
        }
    }
}
