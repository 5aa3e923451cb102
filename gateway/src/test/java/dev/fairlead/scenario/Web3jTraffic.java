package dev.fairlead.scenario;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;
import tools.jackson.databind.node.ObjectNode;

/// web3j, in this process: the same reads and writes as the JavaScript clients.
final class Web3jTraffic implements Traffic {
    private static final long CHAIN_ID = 1337;
    private static final Credentials ACCOUNT =
            Credentials.create("0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6");

    private final HttpService service;
    private final Web3j web3j;
    private final Thread thread;
    private final ObjectNode report = Anvil.JSON.createObjectNode();
    private volatile boolean running = true;
    private long calls;
    private long highest;

    private Web3jTraffic(String url) {
        var http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .readTimeout(Duration.ofSeconds(10))
                .build();
        service = new HttpService(url, http);
        web3j = Web3j.build(service);
        thread = Thread.ofPlatform().name("web3j").unstarted(this::callOn);
        report.put("client", "web3j").put("address", ACCOUNT.getAddress());
        for (String list : new String[] {"failures", "stepsBack", "conflicts", "transactions"}) report.putArray(list);
        for (String map : new String[] {"blocks", "balances"}) report.putObject(map);
    }

    static Web3jTraffic start(String url) {
        var traffic = new Web3jTraffic(url);
        traffic.thread.start();
        return traffic;
    }

    @Override
    public Seen end() {
        running = false;
        try {
            thread.join(Duration.ofSeconds(60));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Seen(report.put("calls", calls));
    }

    @Override
    public void close() {
        running = false;
        web3j.shutdown();
    }

    private void callOn() {
        while (running) {
            try {
                read();
                write();
            } catch (IOException | RuntimeException failure) {
                report.withArray("failures").add(failure.toString());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void read() throws IOException {
        head("blockNumber", checked(web3j.ethBlockNumber().send()).getBlockNumber());
        var latest = checked(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false)
                        .send())
                .getBlock();
        head("latest block", latest.getNumber());
        report.withObject("/blocks").put(latest.getNumber().toString(), latest.getHash());
        var balance =
                checked(web3j.ethGetBalance(ACCOUNT.getAddress(), DefaultBlockParameter.valueOf(latest.getNumber()))
                        .send());
        report.withObject("/balances")
                .put(latest.getNumber().toString(), balance.getBalance().toString());
        var batch = new BatchRequest(service)
                .add(web3j.ethChainId())
                .add(web3j.ethBlockNumber())
                .send();
        calls++;
        if (batch.getResponses().size() != 2)
            throw new IllegalStateException("a batch of two got " + batch.getResponses());
        batch.getResponses().forEach(this::checked);
    }

    private void write() throws IOException {
        var nonce = checked(web3j.ethGetTransactionCount(ACCOUNT.getAddress(), DefaultBlockParameterName.PENDING)
                        .send())
                .getTransactionCount();
        var transaction = RawTransaction.createEtherTransaction(
                CHAIN_ID,
                nonce,
                BigInteger.valueOf(21_000),
                "0x00000000000000000000000000000000000000cc",
                BigInteger.ONE,
                BigInteger.valueOf(1_000_000_000),
                BigInteger.valueOf(20_000_000_000L));
        String raw = Numeric.toHexString(TransactionEncoder.signMessage(transaction, ACCOUNT));
        String hash = checked(web3j.ethSendRawTransaction(raw).send()).getTransactionHash();
        report.withArray("transactions").add(hash);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (checked(web3j.ethGetTransactionReceipt(hash).send())
                .getTransactionReceipt()
                .isEmpty()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("no receipt for " + hash + " within 30 s");
            LockSupport.parkNanos(100_000_000);
        }
    }

    private void head(String what, BigInteger number) {
        if (number.longValue() < highest) {
            report.withArray("stepsBack").add(what + " " + highest + " -> " + number);
        }
        highest = Math.max(highest, number.longValue());
    }

    private <T extends Response<?>> T checked(T response) {
        calls++;
        if (response.hasError())
            throw new IllegalStateException(response.getError().getMessage());
        return response;
    }
}
