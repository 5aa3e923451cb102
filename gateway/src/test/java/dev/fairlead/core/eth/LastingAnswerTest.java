package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingAnswerTest {
    private static final String HASH = "0x" + "aB".repeat(32);
    private static final String SMALL = "0x" + "ab".repeat(32);

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    eth_getBlockByHash                    | ["HASH",true]                                            | true
                    eth_getHeaderByHash                   | ["HASH"]                                                 | true
                    eth_getBlockTransactionCountByHash    | ["HASH"]                                                 | true
                    eth_getTransactionByBlockHashAndIndex | ["HASH","0x0"]                                           | true
                    eth_getBalance                        | ["0x01",{"blockHash":"HASH"}]                            | true
                    eth_getBalance                        | ["0x01",{"blockHash":"HASH","requireCanonical":false}]   | true
                    eth_getBalance                        | ["0x01",{"blockHash":"HASH","requireCanonical":true}]    | false
                    eth_getBalance                        | ["0x01",{"blockHash":"HASH","RequireCanonical":true}]    | false
                    eth_getBalance                        | ["0x01",{"blockHash":"HASH","blockNumber":"0x1"}]        | false
                    eth_getBalance                        | ["0x01","latest"]                                        | false
                    eth_getBalance                        | ["0x01","0x5"]                                           | false
                    eth_getBalance                        | ["0x01"]                                                 | false
                    eth_call                              | [{"to":"0x01"},{"blockHash":"HASH"}]                     | true
                    eth_call                              | [{"to":"0x01"},"finalized"]                              | false
                    eth_getProof                          | ["0x01",[],{"blockHash":"HASH"}]                         | true
                    eth_estimateGas                       | [{"to":"0x01"},{"blockHash":"HASH"}]                     | false
                    eth_getBlockByNumber                  | ["0x5",false]                                            | false
                    eth_getTransactionByHash              | ["HASH"]                                                 | false
                    eth_getTransactionReceipt             | ["HASH"]                                                 | false
                    eth_getLogs                           | [{"blockHash":"HASH"}]                                   | true
                    eth_getLogs                           | [{"fromBlock":"0x1","toBlock":"0x2"}]                    | false
                    eth_getLogs                           | [{"toBlock":"finalized"}]                                | false
                    eth_getBlockReceipts                  | ["HASH"]                                                 | true
                    eth_getBlockReceipts                  | [{"blockHash":"HASH","requireCanonical":true}]           | false
                    eth_getBlockReceipts                  | ["0x5"]                                                  | false
                    debug_traceBlockByHash                | ["HASH"]                                                 | false
                    my_getBlockByHash                     | ["HASH"]                                                 | false
                    """)
    void whichAnswersLast(String name, String params, boolean lasts) {
        Method method = MethodTable.of(name);
        Slice json = Slice.of(params.replace("HASH", HASH));

        assertThat(LastingAnswer.isOf(method, BlockRef.of(method, json), json)).isEqualTo(lasts);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    eth_getBlockByHash                    | {"hash":"HASH","number":"0x5"}             | true
                    eth_getBlockByHash                    | {"hash":"OTHER","number":"0x5"}            | false
                    eth_getBlockByHash                    | {"number":"0x5"}                           | false
                    eth_getBlockByHash                    | {"hash":"HASH","l1BatchNumber":null}       | false
                    eth_getBlockByHash                    | {"hash":"HASH","transactions":[{"to":null}]}| true
                    eth_getBlockByHash                    | {}                                         | false
                    eth_getBlockByHash                    | null                                       | false
                    eth_getTransactionByBlockHashAndIndex | {"hash":"0x01","to":null}                  | true
                    eth_getTransactionByBlockHashAndIndex | {"hash":"0x01","blockHash":null}           | false
                    eth_getBalance                        | "0x5"                                      | true
                    eth_getBalance                        | null                                       | false
                    eth_getLogs                           | []                                         | false
                    eth_getLogs                           | [{"address":"0x01","removed":false}]       | true
                    eth_getLogs                           | [{"address":"0x01","blockHash":null}]      | false
                    eth_getBlockReceipts                  | [{"contractAddress":null,"to":null},{"to":"0x01"}] | true
                    eth_getBlockReceipts                  | [{"to":null},{"l1BatchNumber":null}]       | false
                    eth_getBlockReceipts                  | [null]                                     | false
                    """)
    void whatIsStillToComeIsNotWhole(String name, String result, boolean isWhole) {
        Method method = MethodTable.of(name);
        String text = result.replace("HASH", SMALL).replace("OTHER", "0x" + "0".repeat(64));

        assertThat(LastingAnswer.isWhole(method, named(method), Slice.of(text))).isEqualTo(isWhole);
    }

    @Test
    void theTableHasEveryMethodThatIsNamed() {
        for (String name : new String[] {"eth_getBlockByHash", "eth_getProof"}) {
            assertThat(MethodTable.isListed(name)).isTrue();
        }
    }

    private static BlockRef named(Method method) {
        return BlockRef.of(method, Slice.of("[\"" + HASH + "\"]")) instanceof BlockRef.Hash hash
                ? hash
                : new BlockRef.Hash(SMALL);
    }
}
