// Canonical N-Quads (RDFC-1.0) by jsonld.js in its safe mode.
//
// stdin: {supplied: {url: context}, documents: [document, …]}
// stdout: [n-quads, …]
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
  canonical.push(await jsonld.canonize(document, options));
}
console.log(JSON.stringify(canonical));
