package io.ashlar.authz.shadow;

/**
 * How two ways of deciding are compared.
 *
 * @param newPercent for how many of a hundred subjects policies answer, 0 to 100; the same subject always gets the same side, and
 *     raising it moves subjects one way only
 * @param inFlightMax comparisons under way at once; what comes beyond is answered but not compared, and counted as such
 * @param groupsMax kinds of differences told apart; what comes beyond is counted together
 * @param samplesMax differences kept as examples of each kind
 */
public record ShadowOptions(int newPercent, int inFlightMax, int groupsMax, int samplesMax) {

    /** The application's own checks answer, policies are watched: 64 comparisons at once, 1,000 kinds, 5 samples. */
    public static final ShadowOptions LEGACY_ANSWERS = new ShadowOptions(0, 64, 1_000, 5);

    /** Policies answer, the application's own checks are watched. */
    public static final ShadowOptions NEW_ANSWERS = LEGACY_ANSWERS.newPercent(100);

    public ShadowOptions {
        if (newPercent < 0 || newPercent > 100 || inFlightMax < 1 || groupsMax < 1 || samplesMax < 0) {
            throw new IllegalArgumentException("a bound is out of range");
        }
    }

    public ShadowOptions newPercent(int value) {
        return new ShadowOptions(value, inFlightMax, groupsMax, samplesMax);
    }

    public ShadowOptions inFlightMax(int value) {
        return new ShadowOptions(newPercent, value, groupsMax, samplesMax);
    }

    public ShadowOptions bounds(int kindsMax, int samplesOfEachMax) {
        return new ShadowOptions(newPercent, inFlightMax, kindsMax, samplesOfEachMax);
    }
}
