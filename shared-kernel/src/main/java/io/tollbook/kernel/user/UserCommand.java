package io.tollbook.kernel.user;

import io.tollbook.kernel.Command;

public sealed interface UserCommand<R> extends Command<R>
        permits RegisterUser,
                ChangeUser,
                ChangePassword,
                ChangeRole,
                EnableUser,
                DisableUser,
                DeleteUser,
                IssueAccessToken,
                RecordSignIn {
    UserId user();
}
