package io.ashlar.authz.planning;

/** Ends the translation of one policy; caught by {@link Planner}, which goes on to the next to name all. */
final class NotTranslatableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * What stands where.
     *
     * @param place where, as a pointer into the policy's JSON form: {@code /conditions/0/body/||}
     */
    NotTranslatableException(String place, String message) {
        super(message);
        this.place = place;
    }

    String place() {
        return place;
    }
}
