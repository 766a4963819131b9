package io.tollbook.kernel.pricing;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price of one model, by tokens, by the call, by the second or by the picture. A ratio of 1 is 1 quota a token, which is
 * 2 USD a million. An expression wins over all of these; they may stand beneath it and count again when it is taken away.
 *
 * @param inputRatio quota per input token; null if the model is not priced by tokens
 * @param completionRatio output token's price over input token's
 * @param cacheReadRatio cached token's price over input token's
 * @param cacheWriteRatio five-minute cache write's price over input token's
 * @param cacheWriteHourRatio one-hour cache write's price over input token's
 * @param perCall USD a call
 * @param maxOutputTokens the most the model can answer, for holds; null for the site's default
 * @param own prices of other tokens than text; null if there are none
 * @param tiers dearer prices for long prompts, the lowest threshold first
 * @param perSecond USD a second
 * @param perPicture USD a picture, by {@code size/quality} or by size alone; one that is not listed costs what the dearest does
 * @param expression the price as a formula
 */
public record ModelPrice(
        @Nullable BigDecimal inputRatio,
        BigDecimal completionRatio,
        BigDecimal cacheReadRatio,
        BigDecimal cacheWriteRatio,
        BigDecimal cacheWriteHourRatio,
        @Nullable BigDecimal perCall,
        @Nullable Integer maxOutputTokens,
        @Nullable OwnRatios own,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ContextTier> tiers,
        @Nullable BigDecimal perSecond,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, BigDecimal> perPicture,
        @Nullable Expression expression) {
    /** No ratio or price may be above this: 1,000,000. */
    public static final BigDecimal RATIO_MAX = new BigDecimal(1_000_000);

    private static final int DECIMALS_MAX = 12;
    private static final int TIERS_MAX = 20;
    private static final int PICTURES_MAX = 200;
    private static final int PICTURE_NAME_MAX = 64;

    public ModelPrice {
        own = OwnRatios.NONE.equals(own) ? null : own;
        // Documents of before do not say these.
        tiers = tiers == null ? List.of() : List.copyOf(tiers);
        perPicture = perPicture == null ? Map.of() : Map.copyOf(perPicture);
        long ways = Stream.of(inputRatio, perCall, perSecond, perPicture.isEmpty() ? null : perPicture)
                .filter(way -> way != null)
                .count();
        if (ways > 1 || ways == 0 && expression == null)
            throw Refused.invalid(
                    "A model is priced either by tokens or per call, by the second, by the picture, or by an expression.");
        check("model ratio", inputRatio);
        check("completion ratio", completionRatio);
        check("cache ratio", cacheReadRatio);
        check("cache creation ratio", cacheWriteRatio);
        check("one-hour cache creation ratio", cacheWriteHourRatio);
        check("price per call", perCall);
        check("price per second", perSecond);
        if (maxOutputTokens != null && (maxOutputTokens < 1 || maxOutputTokens > 10_000_000))
            throw Refused.invalid("The longest answer must lie between 1 and 10,000,000 tokens.");
        checkTiers(tiers);
        checkPictures(perPicture);
    }

    public ModelPrice(
            @Nullable BigDecimal inputRatio,
            BigDecimal completionRatio,
            BigDecimal cacheReadRatio,
            BigDecimal cacheWriteRatio,
            BigDecimal cacheWriteHourRatio,
            @Nullable BigDecimal perCall,
            @Nullable Integer maxOutputTokens) {
        this(
                inputRatio,
                completionRatio,
                cacheReadRatio,
                cacheWriteRatio,
                cacheWriteHourRatio,
                perCall,
                maxOutputTokens,
                null,
                List.of(),
                null,
                Map.of(),
                null);
    }

    /** A model priced by tokens with the usual cache prices: reads at the input price, writes at 1.25 and 2. */
    public static ModelPrice perToken(BigDecimal inputRatio, BigDecimal completionRatio) {
        return new ModelPrice(
                inputRatio, completionRatio, BigDecimal.ONE, new BigDecimal("1.25"), new BigDecimal("2"), null, null);
    }

    /** The prices of other tokens than text, none of which need be set. */
    public OwnRatios ownOrNone() {
        return own == null ? OwnRatios.NONE : own;
    }

    /** A token's price over an input token's; 0 for what is no token. */
    public BigDecimal ratio(Meter meter) {
        OwnRatios prices = ownOrNone();
        return switch (meter) {
            case INPUT -> BigDecimal.ONE;
            case CACHE_READ -> cacheReadRatio();
            case CACHE_WRITE_5M -> cacheWriteRatio();
            case CACHE_WRITE_1H -> cacheWriteHourRatio();
            case OUTPUT -> completionRatio();
            case REASONING -> requireNonNullElse(prices.reasoning(), completionRatio());
            case AUDIO_INPUT -> requireNonNullElse(prices.audioInput(), BigDecimal.ONE);
            case AUDIO_OUTPUT ->
                prices.audioCompletion() == null
                        ? completionRatio()
                        : prices.audioCompletion().multiply(requireNonNullElse(prices.audioInput(), BigDecimal.ONE));
            case IMAGE_INPUT -> requireNonNullElse(prices.imageInput(), BigDecimal.ONE);
            case IMAGE_OUTPUT -> requireNonNullElse(prices.imageOutput(), completionRatio());
            default -> BigDecimal.ZERO;
        };
    }

    /** USD; 0 if the model is not priced by the picture. */
    public BigDecimal dearestPicture() {
        return perPicture.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    public ModelPrice withOwn(@Nullable OwnRatios changed) {
        return with(changed, tiers, expression);
    }

    public ModelPrice withTiers(List<ContextTier> changed) {
        return with(own, changed, expression);
    }

    public ModelPrice withExpression(@Nullable Expression changed) {
        return with(own, tiers, changed);
    }

    private ModelPrice with(
            @Nullable OwnRatios ownRatios, List<ContextTier> contextTiers, @Nullable Expression formula) {
        return new ModelPrice(
                inputRatio,
                completionRatio,
                cacheReadRatio,
                cacheWriteRatio,
                cacheWriteHourRatio,
                perCall,
                maxOutputTokens,
                ownRatios,
                contextTiers,
                perSecond,
                perPicture,
                formula);
    }

    /** The same model priced in another way; only one of these is said. */
    public ModelPrice pricedBy(
            @Nullable BigDecimal input,
            @Nullable BigDecimal call,
            @Nullable BigDecimal second,
            Map<String, BigDecimal> picture) {
        return new ModelPrice(
                input,
                completionRatio,
                cacheReadRatio,
                cacheWriteRatio,
                cacheWriteHourRatio,
                call,
                maxOutputTokens,
                own,
                tiers,
                second,
                picture,
                expression);
    }

    /** The same model at so many times the price; an expression stays what it is. */
    public ModelPrice times(BigDecimal factor) {
        Map<String, BigDecimal> pictures = new HashMap<>();
        perPicture.forEach((picture, price) -> pictures.put(picture, times(price, factor)));
        return pricedBy(times(inputRatio, factor), times(perCall, factor), times(perSecond, factor), pictures);
    }

    private static @Nullable BigDecimal times(@Nullable BigDecimal price, BigDecimal factor) {
        if (price == null) return null;
        BigDecimal product = price.multiply(factor);
        return product.setScale(Math.min(product.scale(), DECIMALS_MAX), RoundingMode.HALF_UP);
    }

    public ModelPrice withRatios(
            BigDecimal completion, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal cacheWriteHour) {
        return new ModelPrice(
                inputRatio,
                completion,
                cacheRead,
                cacheWrite,
                cacheWriteHour,
                perCall,
                maxOutputTokens,
                own,
                tiers,
                perSecond,
                perPicture,
                expression);
    }

    static void check(String field, @Nullable BigDecimal ratio) {
        if (ratio == null) return;
        if (ratio.signum() < 0 || ratio.compareTo(RATIO_MAX) > 0)
            throw Refused.invalid("The " + field + " must lie between 0 and 1,000,000.");
        if (ratio.scale() > DECIMALS_MAX) throw Refused.invalid("The " + field + " has more than 12 decimals.");
    }

    private static void checkTiers(List<ContextTier> tiers) {
        if (tiers.size() > TIERS_MAX) throw Refused.invalid("A model has at most " + TIERS_MAX + " tiers.");
        for (int i = 1; i < tiers.size(); i++)
            if (tiers.get(i).above() <= tiers.get(i - 1).above())
                throw Refused.invalid("The thresholds of the tiers must rise: "
                        + tiers.get(i).above() + " follows " + tiers.get(i - 1).above() + ".");
    }

    private static void checkPictures(Map<String, BigDecimal> perPicture) {
        if (perPicture.size() > PICTURES_MAX)
            throw Refused.invalid("A model has at most " + PICTURES_MAX + " prices of pictures.");
        perPicture.forEach((picture, price) -> {
            if (picture.isBlank() || picture.length() > PICTURE_NAME_MAX)
                throw Refused.invalid("The size of a picture is written like 1024x1024 or 1024x1024/high.");
            check("price of a picture of " + picture, price);
        });
    }
}
