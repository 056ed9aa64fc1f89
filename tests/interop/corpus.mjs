// What @digitalcredentials/verifier-core says of the corpus: {file: {verdict, said}} for every credential with a proof inside
// and for every presentation; it reads neither tokens nor pictures.
//
//     node tests/interop/corpus.mjs tests/corpus
//
// It looks at the clock and asks other hosts by itself. So the clock stands at the moment at which an entry is to be judged,
// and the only hosts there are are those of the corpus.
import {readFileSync} from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json')));
let now = Date.parse(manifest.at);

const Clock = globalThis.Date;
globalThis.Date = class extends Clock {
  constructor(...given) {
    super(...(given.length ? given : [now]));
  }
  static now() {
    return now;
  }
};

// The schema of Open Badges and the context of the national specification are on no host of the corpus.
globalThis.fetch = async request => {
  const file = manifest.hosts[request.url ?? String(request)];
  if(file === undefined) {
    return new Response('', {status: 404});
  }
  return new Response(readFileSync(path.join(folder, file)), {status: 200, headers: {'content-type': 'application/json'}});
};

const print = console.log;
console.log = console.info = console.warn = console.error = () => {};
const {verifyCredential, verifyPresentation} = await import('@digitalcredentials/verifier-core');

const named = ({name, message}) => name ?? message;
const SCHEMA = 'schema_check';  // it needs purl.imsglobal.org, and answers beside the log

// What it found wrong, and what it could not find out: in its log a step is valid, not valid, or has an error and no answer.
const wrong = ({log = [], errors = []}) => [
  ...errors.map(named),
  ...log.filter(({id, valid}) => valid === false && id !== 'registered_issuer').map(({id}) => id),
];
const unanswered = ({log = []}) => log
  .filter(({id, valid, error}) => valid === undefined && error && id !== 'registered_issuer' && id !== SCHEMA)
  .map(({id, error}) => `${id}: ${named(error)}`);

async function judge(document, asked) {
  if([document.type].flat().includes('VerifiablePresentation')) {
    const {presentationResult = {}, credentialResults, errors = []} = await verifyPresentation({
      ...(asked && {challenge: asked.challenge}),
      presentation: document, knownDIDRegistries: [],
    });
    const all = credentialResults ?? [];
    return answer(
      [...errors, ...(presentationResult.errors ?? [])].map(named).concat(
        presentationResult.signature === 'valid' ? [] : [`presentation ${presentationResult.signature}`], all.flatMap(wrong)),
      all.flatMap(unanswered));
  }
  const result = await verifyCredential({credential: document, knownDIDRegistries: []});
  const signature = result.log?.find(({id}) => id === 'valid_signature')?.valid === true;
  return answer(wrong(result).concat(signature || wrong(result).length ? [] : ['no valid_signature']), unanswered(result));
}

function answer(refused, open) {
  const verdict = refused.length ? 'invalid' : open.length ? 'indeterminate' : 'valid';
  return {verdict, said: [...new Set([...refused, ...open])].join(', ')};
}

const found = {};
for(const entry of manifest.credentials.filter(({file}) => file.endsWith('.json'))) {
  now = Date.parse(entry.at ?? manifest.at);
  const text = readFileSync(path.join(folder, entry.file), 'utf8');
  try {
    found[entry.file] = await judge(JSON.parse(text), entry.asked);
  } catch(error) {
    found[entry.file] = {verdict: 'invalid', said: error.name};
  }
}
print(JSON.stringify(found, null, 1));
