// Sends one transaction of every type that its library signs, and prints what became of each:
//   node submissions.mjs URL viem|ethers PRIVATE_KEY
import { createPublicClient, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { JsonRpcProvider, Wallet } from 'ethers';

const [url, client, key] = process.argv.slice(2);
const chainId = 1337;
const to = '0x00000000000000000000000000000000deadbeef';

async function withViem() {
  const account = privateKeyToAccount(key);
  const node = createPublicClient({ transport: http(url, { retryCount: 0 }) });
  const fees = { maxFeePerGas: 9_000_000_000n, maxPriorityFeePerGas: 1n };
  const common = { chainId, gas: 60_000n, to, value: 1n };
  const authorization = await account.signAuthorization({ chainId, nonce: 999, contractAddress: to });
  const types = {
    legacy: { ...common, type: 'legacy', gasPrice: 9_000_000_000n },
    2930: { ...common, type: 'eip2930', gasPrice: 9_000_000_000n, accessList: [{ address: to, storageKeys: [] }] },
    1559: { ...common, type: 'eip1559', ...fees },
    7702: { ...common, type: 'eip7702', ...fees, authorizationList: [authorization] },
    'without-chain': { ...common, chainId: undefined, type: 'legacy', gasPrice: 9_000_000_000n },
    'other-chain': { ...common, chainId: 1, type: 'eip1559', ...fees },
  };
  let nonce = await node.getTransactionCount({ address: account.address, blockTag: 'pending' });
  for (const [type, transaction] of Object.entries(types)) {
    const serializedTransaction = await account.signTransaction({ ...transaction, nonce });
    try {
      await node.sendRawTransaction({ serializedTransaction });
      nonce++;
      told(type, 'taken');
    } catch (failure) {
      told(type, failure.details ?? failure.message);
    }
  }
}

async function withEthers() {
  const provider = new JsonRpcProvider(url, chainId, { staticNetwork: true });
  const wallet = new Wallet(key, provider);
  const fees = { maxFeePerGas: 9_000_000_000n, maxPriorityFeePerGas: 1n };
  const common = { chainId, gasLimit: 60_000n, to, value: 1n };
  const types = {
    legacy: { ...common, type: 0, gasPrice: 9_000_000_000n },
    2930: { ...common, type: 1, gasPrice: 9_000_000_000n, accessList: [] },
    1559: { ...common, type: 2, ...fees },
    'without-chain': { ...common, chainId: 0n, type: 0, gasPrice: 9_000_000_000n },
    'other-chain': { ...common, chainId: 1, type: 2, ...fees },
  };
  let nonce = await provider.getTransactionCount(wallet.address, 'pending');
  for (const [type, transaction] of Object.entries(types)) {
    const raw = await new Wallet(key).signTransaction({ ...transaction, nonce });
    try {
      await provider.broadcastTransaction(raw);
      nonce++;
      told(type, 'taken');
    } catch (failure) {
      told(type, failure.error?.message ?? failure.info?.error?.message ?? failure.message);
    }
  }
  provider.destroy();
}

function told(type, what) {
  console.log(`${type}: ${what}`);
}

await (client === 'viem' ? withViem() : withEthers());
