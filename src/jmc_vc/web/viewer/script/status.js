// Status lists: a signed list of bits, unpacked no further than any honest one needs.
// https://www.w3.org/TR/vc-bitstring-status-list/

const LARGEST_LIST = 1 << 21; // bytes: sixteen million places

async function unpacked(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const parts = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return joined(...parts);
    length += value.length;
    if (length > LARGEST_LIST) {
      await reader.cancel();
      throw new Unknown("status.limit");
    }
    parts.push(value);
  }
}

/** Whether the bit at `index` is set; the first is the leftmost of the first byte. */
async function bitOf(encoded, index) {
  if (typeof encoded !== "string" || encoded[0] !== "u") throw new Unknown("status.encoding");
  let bits;
  try {
    bits = await unpacked(base64url(encoded.slice(1)));
  } catch (error) {
    if (error instanceof Unknown) throw error;
    throw new Unknown("status.encoding");
  }
  if (!Number.isSafeInteger(index) || index < 0 || index >= bits.length * 8) throw new Unknown("status.range");
  return (bits[index >> 3] & (0x80 >> (index & 7))) !== 0;
}

/** Read one list of a bundle: signed by the credential's issuer, the list that it says to be, and in force when the
    bundle was made. Whatever is wrong with it says nothing about the credential: it is not known then. */
async function isSet(list, issuer, index, at, find) {
  let graph, signer;
  try {
    if (list.signed?.length !== 1) throw new Unknown("status.verification");
    signer = await verifyStatements(list.signed[0], find);
    graph = new Graph(list.signed[0].document);
  } catch (error) {
    throw error.code === "viewer.no_webcrypto" ? error : new Unknown("status.verification");
  }
  const id = graph.only(TYPE, `${STATUS}BitstringStatusListCredential`);
  const subject = graph.iri(id, `${VC}credentialSubject`);
  if (graph.iri(id, `${VC}issuer`) !== issuer || signer.id.split("#")[0] !== issuer) throw new Unknown("status.issuer");
  if (id !== list.url || graph.text(subject, `${STATUS}statusPurpose`) !== list.form) {
    throw new Unknown("status.verification");
  }
  const [from, until] = [graph.text(id, `${VC}validFrom`), graph.text(id, `${VC}validUntil`)].map(moment);
  if (!(from - SKEW <= at && at <= until.getTime() + SKEW)) throw new Unknown("status.stale");
  return { set: await bitOf(graph.text(subject, `${STATUS}encodedList`), index), until };
}
