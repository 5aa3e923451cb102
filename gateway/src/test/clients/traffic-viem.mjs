import { createPublicClient, createWalletClient, defineChain, http } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

export async function connect(url, index) {
  const account = mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex: index });
  const chain = defineChain({ id: 1337, name: 'test', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 }, rpcUrls: { default: { http: [url] } } });
  const transport = http(url, { retryCount: 0, batch: { batchSize: 20 } });
  const single = createPublicClient({ chain, transport: http(url, { retryCount: 0 }), cacheTime: 0 });
  const batched = createPublicClient({ chain, transport, cacheTime: 0 });
  const wallet = createWalletClient({ account, chain, transport: http(url, { retryCount: 0 }) });
  return {
    address: account.address,
    blockNumber: async () => Number(await batched.getBlockNumber()),
    block: async (which) => {
      const block = await single.getBlock(which === 'latest' ? {} : { blockNumber: BigInt(which) });
      return { number: Number(block.number), hash: block.hash };
    },
    balanceAt: async (number) => String(await single.getBalance({ address: account.address, blockNumber: BigInt(number) })),
    echo: async (data) => (await single.call({ to: '0x0000000000000000000000000000000000000004', data })).data,
    chainId: () => batched.getChainId(),
    gasPrice: () => batched.getGasPrice(),
    send: () => wallet.sendTransaction({ to: '0x00000000000000000000000000000000000000aa', value: 1n }),
    receipt: async (hash) => {
      try {
        return (await single.getTransactionReceipt({ hash })).status;
      } catch (failure) {
        if (failure.name === 'TransactionReceiptNotFoundError') return null;
        throw failure;
      }
    },
  };
}
