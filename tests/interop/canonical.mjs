// jsonld.js in its safe mode.
import jsonld from 'jsonld';
import {loader} from './documents.mjs';

/** Canonical N-Quads (RDFC-1.0) of each document, or {refused: code}. */
export async function canonize({supplied, documents}) {
  const {documentLoader} = loader(supplied);
  const options = {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, base: null, safe: true,
    rdfDirection: 'i18n-datatype'
  };
  const answers = [];
  for(const document of documents) {
    try {
      answers.push(await jsonld.canonize(document, options));
    } catch(error) {
      // What safe mode meets is told inside the error; the codes of the syntax stand on it.
      answers.push({refused: error.details?.event?.code ?? error.details?.code ?? error.message});
    }
  }
  return answers;
}
