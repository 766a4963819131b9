package io.tollbook.kernel.channel;

import io.tollbook.kernel.Command;

public sealed interface ChannelCommand<R> extends Command<R>
        permits CreateChannel,
                ChangeChannel,
                EnableChannel,
                DisableChannel,
                DeleteChannel,
                DisableChannelKey,
                EnableChannelKey,
                RetireChannelKey,
                DeleteChannelKeys,
                SwitchChannelKeys,
                RevealChannelKeys,
                RecordChannelTest,
                RecoverChannel,
                RecordChannelBalance,
                RecordChannelModels,
                RecordChannelOutage {
    ChannelId channel();
}
