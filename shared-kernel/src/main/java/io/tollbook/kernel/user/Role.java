package io.tollbook.kernel.user;

/** What a user may do, from least to most. {@code number} is the management API's. */
public enum Role {
    GUEST(0),
    USER(1),
    /** Sees what administrators and root see, but for secrets, and changes nothing. Root alone appoints one. */
    AUDITOR(5),
    ADMIN(10),
    ROOT(100);

    private final int number;

    Role(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Role of(int number) {
        for (Role role : values()) if (role.number == number) return role;
        throw io.tollbook.kernel.Refused.invalid(
                "There is no role " + number + "; use 1 (user), 5 (auditor), 10 (admin) or 100 (root).");
    }
}
