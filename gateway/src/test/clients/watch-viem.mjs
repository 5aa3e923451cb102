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

const sent = [];
let nonce = await client.getTransactionCount({ address: account.address });
for (let i = 0; i < Number(count); i++) {
  const request = await wallet.prepareTransactionRequest({ to: address, data: numberToHex(i, { size: 32 }), gas: 100_000n, nonce: nonce++ });
  const serializedTransaction = await wallet.signTransaction(request);
  sent.push({ serializedTransaction, hash: await wallet.sendRawTransaction({ serializedTransaction }) });
}
const missing = () => sent.filter((_, i) => !seen.logs[numberToHex(i, { size: 32 })]);
const mined = (one) => client.getTransactionReceipt({ hash: one.hash }).catch(() => null);
const until = Date.now() + 15_000;
for (let rounds = 1; missing().length > 0 && Date.now() < until; rounds++) {
  await pause(100);
  if (rounds % 20 > 0) continue;
  // The nodes of the test network may forget what comes while they take over a block.
  for (const one of missing()) if (!(await mined(one))) await wallet.sendRawTransaction(one).catch(() => null);
}
unwatchLogs();
for (const one of missing()) {
  const receipt = await mined(one);
  seen.errors.push('a log did not arrive; its transaction was ' + (receipt ? `mined in block ${receipt.blockNumber}` : 'never mined'));
}
unwatchBlocks();
process.stdout.write(JSON.stringify(seen) + '\n');
process.exit(0);
