// Verifies Open Badges with @digitalcredentials/verifier-core, the library behind the wallets and verifiers of the Digital
// Credentials Consortium. It brings contexts, resolves did:web and reads status lists itself, and takes nothing from the caller.
//
// stdin: {credentials: [credential, …]}
// stdout: {results: [{signature, status, error}, …]}, signature and status true, false or null (not answered)
import './only_localhost.mjs';
import {text} from 'node:stream/consumers';
import {verifyCredential} from '@digitalcredentials/verifier-core';

const {credentials} = JSON.parse(await text(process.stdin));

// It reports a JSON Schema that it cannot load on the console, with its trace; stdout is for the answer.
console.log = console.error = () => {};

const results = [];
for(const credential of credentials) {
  const {log = [], errors = []} = await verifyCredential({credential, knownDIDRegistries: []});
  const step = id => log.find(entry => entry.id === id);
  results.push({
    signature: step('valid_signature')?.valid ?? (errors.length ? false : null),
    status: step('revocation_status')?.valid ?? null,
    error: [...errors, step('revocation_status')?.error].filter(Boolean).map(({name, message}) => `${name}: ${message}`).join('; ')
  });
}
process.stdout.write(JSON.stringify({results}));
