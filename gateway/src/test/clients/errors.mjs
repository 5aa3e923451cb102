// Makes one call through an endpoint that refuses it; prints one JSON line: what the client made of the error, and how
// often it sent the call.
//   node errors.mjs viem|ethers URL METHOD
import { createPublicClient, http } from 'viem';
import { FetchRequest, JsonRpcProvider } from 'ethers';

const [kind, url, method] = process.argv.slice(2);
let sent = 0;

async function viem() {
  const onFetchRequest = () => { sent++; };
  const client = createPublicClient({ transport: http(url, { retryDelay: 1, onFetchRequest }) });
  await client.request({ method, params: [] });
}

async function ethers() {
  const request = new FetchRequest(url);
  request.preflightFunc = async (each) => { sent++; return each; };
  const provider = new JsonRpcProvider(request, 31337, { staticNetwork: true, batchMaxCount: 1 });
  await provider.send(method, []);
}

try {
  await { viem, ethers }[kind]();
  process.stdout.write(JSON.stringify({ error: null, sent }) + '\n');
} catch (failure) {
  process.stdout.write(JSON.stringify({ error: kind === 'viem' ? failure.name : failure.code, sent }) + '\n');
}
process.exit(0);
