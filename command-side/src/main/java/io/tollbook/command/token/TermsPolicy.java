package io.tollbook.command.token;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.token.TokenTerms;
import java.util.regex.Pattern;

/** What an API key's terms must keep to, so that no key stores megabytes or an address that can never match. */
final class TermsPolicy {
    static final int MODELS_MAX = 500;
    static final int MODEL_NAME_MAX = 255;
    static final int ADDRESSES_MAX = 100;
    static final int GROUP_MAX = 64;

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private TermsPolicy() {}

    static void check(TokenTerms terms) {
        if (terms.models().size() > MODELS_MAX) throw Refused.invalid("A key names at most " + MODELS_MAX + " models.");
        for (String model : terms.models())
            if (model.isBlank() || model.length() > MODEL_NAME_MAX)
                throw Refused.invalid("A model's name has 1 to " + MODEL_NAME_MAX + " characters.");
        if (terms.addresses().size() > ADDRESSES_MAX)
            throw Refused.invalid("A key names at most " + ADDRESSES_MAX + " network addresses.");
        for (String address : terms.addresses())
            if (!isAddressOrRange(address))
                throw Refused.invalid(
                        "\"" + shortened(address) + "\" is neither a network address nor a range like 10.0.0.0/8.");
        if (terms.group().length() > GROUP_MAX)
            throw Refused.invalid("The group's name is longer than " + GROUP_MAX + " characters.");
        checkVisible("name", terms.name());
        checkVisible("group", terms.group());
    }

    private static void checkVisible(String field, String text) {
        if (text.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("The " + field + " has an invisible character.");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    static boolean isAddressOrRange(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int bits = bits(address);
        if (bits == 0) return false;
        if (slash < 0) return true;
        String prefix = text.substring(slash + 1);
        return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= bits;
    }

    /** 32 or 128; 0 for what is no address. Names are not looked up. */
    private static int bits(String address) {
        if (address.length() > 45) return 0;
        var four = IPV4.matcher(address);
        if (four.matches()) {
            for (int i = 1; i <= 4; i++) if (Integer.parseInt(four.group(i)) > 255) return 0;
            return 32;
        }
        if (!IPV6.matcher(address).matches()) return 0;
        try {
            java.net.InetAddress.ofLiteral(address);
            return 128;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
