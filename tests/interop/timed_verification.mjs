// The Node side of the rows `verify/service…` of `make bench`: judges credentials with @digitalcredentials/verifier-core, as
// often as it is told to in a given time, and lives as long as the benchmark, so that its compiler has warmed up.
//
// The first line of stdin is the material: {documents: {address: text, …}, pools: {name: [json text, …]}}. Whatever the
// verifier would fetch is at hand in `documents`, at no cost but that of handing it over, and is never too old; its own
// caches of DID documents and of compiled schemas are as it ships them. Each further line is {work: name, seconds},
// answered by {count, seconds}.
import {Pace, next, tell} from './pace.mjs';

const {documents, pools} = await next();

globalThis.fetch = async request => {
  const text = documents[request.url ?? String(request)];
  return new Response(text ?? '', {status: text === undefined ? 404 : 200, headers: {'content-type': 'application/json'}});
};
console.log = console.error;  // where the verifier says what it misses
console.warn = () => {};  // what its schema compiler thinks of the style of schemas
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

async function judge(text) {
  const {log = [], errors = [], additionalInformation = []} = await verifyCredential({
    credential: JSON.parse(text), knownDIDRegistries: [],
  });
  const found = id => log.find(entry => entry.id === id)?.valid === true;
  const conforms = additionalInformation.every(({results}) => results.every?.(({result}) => result.valid));
  if(errors.length || !found('valid_signature') || !found('revocation_status') || !conforms) {
    throw new Error(`not accepted: ${JSON.stringify({log, errors, additionalInformation})}`);
  }
}

const paces = Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, new Pace(judge, pool)]));

for(let order; (order = await next());) {
  tell(await paces[order.work].measure(order.seconds));
}
