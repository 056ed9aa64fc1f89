// Canonical N-Quads (RDFC-1.0) by jsonld.js in its safe mode.
//
// stdin: {supplied: {url: context}, documents: [document, …]}
// stdout: [n-quads or {refused: code}, …]
import {text} from 'node:stream/consumers';
import jsonld from 'jsonld';
import {loader} from './documents.mjs';

const {supplied, documents} = JSON.parse(await text(process.stdin));
const {documentLoader} = loader(supplied);
const options = {
  algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, base: null, safe: true, rdfDirection: 'i18n-datatype'
};

const canonical = [];
for(const document of documents) {
  try {
    canonical.push(await jsonld.canonize(document, options));
  } catch(error) {
    // What safe mode meets is told inside the error; the codes of the syntax stand on it.
    canonical.push({refused: error.details?.event?.code ?? error.details?.code ?? error.message});
  }
}
console.log(JSON.stringify(canonical));
