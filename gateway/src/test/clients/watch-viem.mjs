// Watches events and block numbers through an endpoint while it sends transactions that each leave one log; then
// prints one JSON line of what arrived. Filters or not is viem's own choice.
//   node watch-viem.mjs URL COUNT
import { createPublicClient, createWalletClient, defineChain, http, numberToHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { setTimeout as pause } from 'node:timers/promises';

const [url, count] = process.argv.slice(2);
const account = mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex: 3 });
const chain = defineChain({ id: 1337, name: 'test', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 }, rpcUrls: { default: { http: [url] } } });
const client = createPublicClient({ chain, transport: http(url, { retryCount: 0 }), pollingInterval: 100, cacheTime: 0 });
const wallet = createWalletClient({ account, chain, transport: http(url, { retryCount: 0 }) });

// Copies its call data into a log without topics.
const init = '0x67365f5f37365fa0005f5260086018f3';
const deployed = await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ data: init, gas: 200_000n }), timeout: 10_000 });
const address = deployed.contractAddress;

const seen = { logs: {}, blocks: [], errors: [] };
const failed = (error) => seen.errors.push(String(error.message).slice(0, 300));
const unwatchLogs = client.watchEvent({
  address,
  fromBlock: deployed.blockNumber + 1n,
  onLogs: (logs) => logs.forEach((log) => (seen.logs[log.data] = (seen.logs[log.data] ?? 0) + 1)),
  onError: failed,
});
const unwatchBlocks = client.watchBlockNumber({ emitMissed: true, onBlockNumber: (number) => seen.blocks.push(Number(number)), onError: failed });

const hashes = [];
let nonce = await client.getTransactionCount({ address: account.address });
for (let i = 0; i < Number(count); i++) {
  hashes.push(await wallet.sendTransaction({ to: address, data: numberToHex(i, { size: 32 }), gas: 100_000n, nonce: nonce++ }));
}
const until = Date.now() + 10_000;
while (Object.keys(seen.logs).length < Number(count) && Date.now() < until) await pause(100);
unwatchLogs();
for (let i = 0; i < Number(count); i++) {
  if (seen.logs[numberToHex(i, { size: 32 })]) continue;
  const mined = await client.getTransactionReceipt({ hash: hashes[i] }).catch(() => null);
  seen.errors.push(`log ${i} did not arrive; its transaction was ` + (mined ? `mined in block ${mined.blockNumber}` : 'never mined'));
}
unwatchBlocks();
process.stdout.write(JSON.stringify(seen) + '\n');
process.exit(0);
