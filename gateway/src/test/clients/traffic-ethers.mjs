import { FetchRequest, HDNodeWallet, JsonRpcProvider } from 'ethers';

export async function connect(url, index) {
  const request = new FetchRequest(url);
  request.setThrottleParams({ maxAttempts: 1 });
  const provider = new JsonRpcProvider(request, undefined, { cacheTimeout: -1, pollingInterval: 200 });
  const wallet = HDNodeWallet.fromPhrase('test test test test test test test test test test test junk', '', `m/44'/60'/0'/0/${index}`).connect(provider);
  return {
    address: wallet.address,
    blockNumber: async () => Number(await provider.send('eth_blockNumber', [])),
    block: async (which) => {
      const block = await provider.getBlock(which);
      return block && { number: block.number, hash: block.hash };
    },
    balanceAt: async (number) => String(await provider.getBalance(wallet.address, number)),
    echo: (data) => provider.call({ to: '0x0000000000000000000000000000000000000004', data }),
    chainId: async () => Number(await provider.send('eth_chainId', [])),
    gasPrice: async () => BigInt(await provider.send('eth_gasPrice', [])),
    send: async () => (await wallet.sendTransaction({ to: '0x00000000000000000000000000000000000000bb', value: 1n })).hash,
    receipt: async (hash) => {
      const receipt = await provider.getTransactionReceipt(hash);
      return receipt && (receipt.status === 1 ? 'success' : 'reverted');
    },
  };
}
