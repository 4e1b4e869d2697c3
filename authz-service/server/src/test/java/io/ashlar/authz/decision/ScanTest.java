package io.ashlar.authz.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ScanTest {

    /** However large the pages are, one after the other they hold what fits, once and in order. */
    @Property
    void pagesAddUpToWhatFits(
            @ForAll @Size(max = 60) Set<@AlphaChars @StringLength(min = 1, max = 3) String> names,
            @ForAll @Size(max = 30) Set<@AlphaChars @StringLength(min = 1, max = 1) String> initials,
            @ForAll @IntRange(min = 1, max = 20) int limit,
            @ForAll @IntRange(min = 1, max = 20) int looksMax) {
        List<String> sorted = names.stream().sorted().toList();
        SortedSet<String> fitting = new TreeSet<>(
                sorted.stream().filter(name -> fits(name, initials)).toList());
        List<String> found = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (after != null) {
            Scan.Page page = Scan.page(sorted, after, limit, looksMax, name -> fits(name, initials));
            assertThat(page.names()).hasSizeLessThanOrEqualTo(Math.min(limit, looksMax));
            found.addAll(page.names());
            after = page.next();
            assertThat(++pages).as("each page goes on").isLessThanOrEqualTo(sorted.size() + 1);
        }
        assertThat(found).containsExactlyElementsOf(fitting);
    }

    /** With room to look at all, the last page is never empty unless it is the only one. */
    @Property
    void noPageIsEmptyForNothing(
            @ForAll @Size(max = 40) Set<@AlphaChars @StringLength(min = 1, max = 2) String> names,
            @ForAll @Size(max = 30) Set<@AlphaChars @StringLength(min = 1, max = 1) String> initials,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        List<String> sorted = names.stream().sorted().toList();
        Scan.Page page = Scan.page(sorted, "", limit, sorted.size() + 1, name -> fits(name, initials));
        while (page.next() != null) {
            page = Scan.page(sorted, page.next(), limit, sorted.size() + 1, name -> fits(name, initials));
            assertThat(page.names()).isNotEmpty();
        }
    }

    private static boolean fits(String name, Set<String> initials) {
        return initials.contains(name.substring(0, 1));
    }
}
