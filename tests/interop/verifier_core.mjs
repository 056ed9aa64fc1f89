// @digitalcredentials/verifier-core, the library behind the wallets and verifiers of the Digital Credentials Consortium. It
// brings contexts, resolves DIDs and reads status lists itself, and takes nothing from the caller.
import {verifyCredential} from '@digitalcredentials/verifier-core';

/** [{signature, status, error}, …], signature and status true, false or null (not answered). */
export async function verifyWithCore({credentials}) {
  const results = [];
  for(const credential of credentials) {
    const {log = [], errors = []} = await verifyCredential({credential, knownDIDRegistries: []});
    const step = id => log.find(entry => entry.id === id);
    results.push({
      signature: step('valid_signature')?.valid ?? (errors.length ? false : null),
      status: step('revocation_status')?.valid ?? null,
      error: [...errors, step('revocation_status')?.error].filter(Boolean).map(({name, message}) => `${name}: ${message}`)
        .join('; ')
    });
  }
  return results;
}
