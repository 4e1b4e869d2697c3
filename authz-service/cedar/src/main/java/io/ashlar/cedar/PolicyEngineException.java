package io.ashlar.cedar;

/** No decision could be made, or no policy set be prepared. Whoever asked for a decision must deny. */
public final class PolicyEngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PolicyEngineException(String message) {
        super(message);
    }

    public PolicyEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
