// Where the checkers of @digitalbazaar get documents from: contexts of their own packages, contexts that the caller
// supplies, and everything else over https (did:web documents, status lists), as any verifier out there would.
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import {suiteContext as ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';

/** A document loader, and the list of addresses that it fetched. `supplied`: url → context document. */
export function loader(supplied = {}) {
  const bundled = new Map([...credentialContexts, ...dataIntegrity.contexts, ...ed25519Signature2020.contexts]);
  const fetched = [];

  const read = async url => {
    fetched.push(url);
    const answer = await fetch(url, {headers: {accept: 'application/json, application/ld+json, */*;q=0.1'}});
    if(!answer.ok) {
      throw new Error(`${url} answered ${answer.status}`);
    }
    return answer.json();
  };

  const load = async url => {
    if(bundled.has(url)) {
      return bundled.get(url);
    }
    if(url in supplied) {
      return supplied[url];
    }
    if(url.startsWith('did:web:')) {
      return dereference(await read(documentAddress(url)), url);
    }
    if(url.startsWith('did:key:')) {
      return dereference(keyDocument(url), url);
    }
    return read(url);
  };

  const documentLoader = async url => ({contextUrl: null, documentUrl: url, document: await load(url)});
  return {documentLoader, fetched};
}

/** did:web:host%3Aport:a:b → https://host:port/a/b/did.json */
function documentAddress(didUrl) {
  const [host, ...path] = didUrl.split('#')[0].slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${host}/${path.length ? path.join('/') : '.well-known'}/did.json`;
}

/** The document of a did:key, which says all in itself. */
function keyDocument(didUrl) {
  const id = didUrl.split('#')[0];
  const publicKeyMultibase = id.slice('did:key:'.length);
  const method = {id: `${id}#${publicKeyMultibase}`, type: 'Multikey', controller: id, publicKeyMultibase};
  return {
    '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY],
    id,
    verificationMethod: [method],
    assertionMethod: [method.id]
  };
}

/** The DID document, or the verification method in it that `didUrl` names. */
function dereference(document, didUrl) {
  if(!didUrl.includes('#')) {
    return document;
  }
  const method = document.verificationMethod?.find(({id}) => id === didUrl);
  if(!method) {
    throw new Error(`the DID document has no ${didUrl}`);
  }
  return {'@context': MULTIKEY, ...method};
}
