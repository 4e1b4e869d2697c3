package io.ashlar.export.store;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The bucket's calls. Blocking, thread-safe; what fails is thrown as {@link IOException}. */
@Singleton
public final class ObjectStore {

    private static final Duration LINK_MIN = Duration.ofMinutes(1);
    private static final Duration LINK_MAX = Duration.ofMinutes(5);

    private final StoreConfig config;
    private final S3Client client;
    private final S3Presigner presigner;

    ObjectStore(StoreConfig config) {
        if (config.linkDuration().compareTo(LINK_MIN) < 0
                || config.linkDuration().compareTo(LINK_MAX) > 0) {
            throw new IllegalArgumentException("ashlar.export.s3.link-duration must be 1 to 5 minutes");
        }
        this.config = config;
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(config.accessKey(), config.secretKey()));
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(config.pathStyle())
                .chunkedEncodingEnabled(false)
                .build();
        this.client = S3Client.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(style)
                // Servers besides AWS do not know the newer trailing checksums; the receipt has digests of its own.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(config.callTimeout()))
                .overrideConfiguration(override -> override.apiCallTimeout(config.callTimeout()))
                .build();
        this.presigner = S3Presigner.builder()
                .endpointOverride(config.publicEndpoint().orElse(config.endpoint()))
                .region(Region.of(config.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(style)
                .build();
    }

    void close(@Observes ShutdownEvent event) {
        presigner.close();
        client.close();
    }

    /** The key of an attempt's file. */
    public static String key(UUID tenant, UUID job, long fence, String extension) {
        return "exports/" + tenant + "/" + job + "/" + fence + "." + extension;
    }

    /** Begins a file in parts; the upload's id. */
    String begin(String key, String mediaType) throws IOException {
        return call(() -> client.createMultipartUpload(
                        request -> request.bucket(config.bucket()).key(key).contentType(mediaType))
                .uploadId());
    }

    /** Sends one part, from 1; its tag. */
    String part(String key, String uploadId, int number, Path file) throws IOException {
        return call(() -> client.uploadPart(
                        request -> request.bucket(config.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        RequestBody.fromFile(file))
                .eTag());
    }

    /** Makes the file of its parts. */
    void complete(String key, String uploadId, List<String> tags) throws IOException {
        List<CompletedPart> parts = IntStream.range(0, tags.size())
                .mapToObj(i -> CompletedPart.builder()
                        .partNumber(i + 1)
                        .eTag(tags.get(i))
                        .build())
                .toList();
        call(() -> client.completeMultipartUpload(request -> request.bucket(config.bucket())
                .key(key)
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts))));
    }

    /** Ends an upload without a file; harmless if it has ended. */
    public void abort(String key, String uploadId) throws IOException {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(config.bucket()).key(key).uploadId(uploadId));
        } catch (NoSuchUploadException e) {
            return;
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw new IOException("S3 refused to abort an upload: " + e.statusCode(), e);
            }
        } catch (SdkException e) {
            throw new IOException("S3 is out of reach", e);
        }
    }

    /** Removes a file; harmless if there is none. */
    public void delete(String key) throws IOException {
        call(() ->
                client.deleteObject(request -> request.bucket(config.bucket()).key(key)));
    }

    /** A link for whoever holds it, good for {@link StoreConfig#linkDuration()}. */
    public URI link(String key, String fileName) {
        return link(key, fileName, config.linkDuration());
    }

    URI link(String key, String fileName, Duration duration) {
        return URI.create(presigner
                .presignGetObject(presign -> presign.signatureDuration(duration)
                        .getObjectRequest(request -> request.bucket(config.bucket())
                                .key(key)
                                .responseContentDisposition("attachment; filename=\"" + fileName + "\"")))
                .url()
                .toString());
    }

    /** Whether the bucket answers. */
    void probe() throws IOException {
        call(() -> client.headBucket(request -> request.bucket(config.bucket())));
    }

    private interface Call<T> {
        T run();
    }

    private static <T> T call(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (S3Exception e) {
            throw new IOException(
                    "S3 refused: " + e.statusCode() + " " + e.awsErrorDetails().errorCode(), e);
        } catch (SdkException e) {
            throw new IOException("S3 is out of reach: " + e.getMessage(), e);
        }
    }
}
