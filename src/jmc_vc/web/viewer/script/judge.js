// The judgement: each check on its own, with three outcomes; then one verdict. Nothing is shown that was not verified,
// and a verdict of `valid` needs every check to have passed.

const SKEW = 5 * 60 * 1000; // how far two clocks may differ
const REQUIRED = ["bundle", "proof", "key", "validity", "status", "issuer", "program"];
const OF_CREDENTIALS = ["@context", "_sd", "credentialSubject", "type", "vc", "vct", "verifiableCredential", "vp"];

/** A moment, read strictly: text with an offset. */
function moment(text) {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) throw new Failed("schema.datetime");
  return time;
}

/** The day in Japan on which a moment falls, as 2026-10-01. */
const day = (time) => new Date(time.getTime() + 9 * 3600 * 1000).toISOString().slice(0, 10);

/** What an error says; of one that nobody foresaw, that something could not be checked. */
function finding(error) {
  const { outcome, code, params } =
    error instanceof Failed || error instanceof Unknown ? error : new Unknown("viewer.unreadable");
  return { outcome, code, params };
}

/** Whether a text is a token with a credential or a presentation in it, and not a receipt or that of a login. */
function isCredentialToken(text) {
  try {
    const payload = JSON.parse(textOf(base64url(text.trim().split(".")[1])));
    return OF_CREDENTIALS.some((member) => Object.hasOwn(payload, member));
  } catch {
    return false;
  }
}

/** The bundle in a text; a Failed says that it is none. */
function readBundle(text) {
  let bundle;
  try {
    bundle = parsed(text);
  } catch {
    throw new Failed(isCredentialToken(text) ? "bundle.a_credential" : "bundle.syntax");
  }
  if (bundle?.["@context"] !== undefined) throw new Failed("bundle.a_credential");
  if (bundle?.type !== "CredentialBundle") throw new Failed("bundle.syntax");
  if (bundle.version !== "1.0") throw new Failed("bundle.version");
  return bundle;
}

/** The report on a bundle; `trust` has the DID document of the organization whose word is taken. */
async function judge(bundle, trust, today) {
  const report = { checks: {}, today };
  const check = async (id, work) => {
    try {
      report.checks[id] = { outcome: "pass", ...(await work()) };
    } catch (error) {
      report.checks[id] = finding(error);
    }
    return report.checks[id].outcome === "pass";
  };
  if (await check("bundle", () => checkBundle(bundle, trust, report))) {
    const genuine =
      (await check("proof", () => checkProof(bundle, report))) && (await check("key", () => checkKey(bundle, report)));
    if (genuine) {
      await check("validity", () => checkValidity(report));
      await check("status", () => checkStatus(bundle, report));
      await check("issuer", () => checkIssuer(bundle.register, report));
      await check("program", () => checkProgram(bundle.register, report.claims));
      report.register = bundle.register;
    } else {
      delete report.claims;
    }
  }
  report.summary = summaryOf(report);
  return report;
}

/** Everything that the organization signed, by the keys that are pinned in this page. */
async function checkBundle(bundle, trust, report) {
  const find = async (id, made) => {
    try {
      return await keyOf(trust, id, made);
    } catch (error) {
      throw error.code === "viewer.no_webcrypto" ? error : new Unknown("bundle.untrusted");
    }
  };
  const require = async (document) => {
    try {
      await verifyJson(document, find);
    } catch (error) {
      throw error instanceof Unknown ? error : new Failed("bundle.forged");
    }
  };
  await require(bundle);
  if (bundle.madeBy !== trust.id) throw new Failed("bundle.forged");
  await require(bundle.register);
  report.documents = {};
  for (const { did, text } of bundle.didHistories) {
    const history = parsed(text);
    await require(history);
    const last = history.versions.at(-1);
    const digested = `sha-256:${hex(await digest(utf8(jcs(last.document))))}`;
    if (history.did !== did || last.document.id !== did || last.digest !== digested) throw new Failed("bundle.forged");
    report.documents[did] = last.document;
  }
  report.at = moment(bundle.madeAt);
  return { code: "viewer.bundle_right" };
}

/** The issuer's signature, in the first form that this page can read; and with it what the credential says. */
async function checkProof(bundle, report) {
  const { issuer, id, forms } = bundle.credential;
  const form = forms.find((each) => each.format !== "sd-jwt");
  if (!form) throw new Unknown("proof.suite_unsupported");
  const find = async (name, made) => {
    const [did, kid] = name.split("#");
    if (did !== issuer) throw new Failed("key.binding");
    if (made.getTime() - SKEW > report.at.getTime()) throw new Failed("proof.created", { created: made });
    const row = rowOf(bundle, kid);
    // A key that was reported is for no use in the DID document; what its signatures are worth, the log tells.
    return row?.state === "compromised"
      ? multikey(row.publicKeyMultibase)
      : keyOf(report.documents[issuer], name, made);
  };
  report.signatures = [];
  if (form.format === "jwt") {
    const read = await verifyToken(form.text, issuer, find);
    report.signatures.push(read);
    report.claims = claimsOfJson(credentialIn(read.payload));
    if ((read.payload.iss ?? issuer) !== issuer || (read.payload.jti ?? id) !== id)
      throw new Failed("viewer.statements");
    report.expires = read.payload.exp === undefined ? undefined : new Date(read.payload.exp * 1000);
  } else {
    await checkEmbedded(form, report, bundle.site.namespace, find);
  }
  for (const { expires } of report.signatures) {
    if (expires !== undefined && moment(expires).getTime() + SKEW < report.at) {
      throw new Failed("proof.expired", { end: moment(expires) });
    }
  }
  const { claims } = report;
  if (claims.issuer !== issuer || claims.id !== id) throw new Failed("viewer.statements");
  return { code: "proof.verified" };
}

/** Every proof in a JSON credential. What is shown comes from what one of them signed, and all sign the same. */
async function checkEmbedded(form, report, namespace, find) {
  const document = parsed(form.text);
  const proofs = listed(document.proof);
  if (proofs.length === 0) throw new Failed("proof.missing");
  let statements;
  for (const proof of proofs) {
    const signed = listed(form.signed).find((each) => each.proofValue === proof.proofValue);
    if (signed) {
      if (statements !== undefined && statements !== signed.document) throw new Unknown("proof.suite_unsupported");
      statements = signed.document;
      report.signatures.push(await verifyStatements(signed, find));
    } else {
      report.signatures.push(await verifyJson({ ...document, proof }, find));
    }
  }
  report.claims =
    statements === undefined ? claimsOfJson(document) : claimsOfStatements(new Graph(statements), namespace);
}

/** What the signatures are worth by the public log. A copy that was signed anew counts like what it was made of. */
async function checkKey(bundle, report) {
  if (bundle.log.entries.length === 0) throw new Unknown("key.log_unavailable");
  let note = { code: "key.bound" };
  for (const signature of report.signatures) {
    signature.logged = await recordOf(bundle.log, signature);
    const said = worth(bundle, signature);
    if (NOTES.indexOf(said.code) > NOTES.indexOf(note.code)) note = said;
  }
  return note;
}

/** What is said of a key that is right, the least to be noticed first. */
const NOTES = ["key.bound", "key.retired", "key.revoked_issued_before", "key.revoked_logged_before"];

function worth(bundle, { id, logged }) {
  const row = rowOf(bundle, id.split("#")[1]);
  const since = stolenSince(row);
  if (logged === undefined) {
    throw since === undefined ? new Failed("key.unlogged") : new Failed("key.revoked", { since });
  }
  const first = rowOf(bundle, logged.firstKid);
  if (first === undefined) throw new Unknown("key.log_unavailable");
  const doubtful = stolenSince(first);
  if (doubtful !== undefined && !(logged.firstAt < doubtful)) throw new Failed("key.revoked", { since: doubtful });
  if (since === undefined) return { code: ["retired", "destroyed"].includes(row?.state) ? "key.retired" : "key.bound" };
  return { code: logged.at < since ? "key.revoked_logged_before" : "key.revoked_issued_before", params: { since } };
}

/** From when on others may have had the key; undefined of one of which nobody reported that. */
const stolenSince = (row) => (row?.state === "compromised" ? moment(row.compromisedSince) : undefined);

const rowOf = (bundle, kid) => bundle.register.keys.find((each) => each.kid === kid);

/** The credential's own period. That it has ended by now needs nobody's word, so the clock counts too. */
function checkValidity({ claims, expires, at, today }) {
  const now = Math.max(at.getTime(), today.getTime());
  const start = moment(claims.validFrom);
  const ends = [claims.validUntil === undefined ? undefined : moment(claims.validUntil), expires].filter(Boolean);
  if (start - SKEW > now) throw new Failed("validity.not_yet", { start });
  for (const end of ends) {
    if (end.getTime() + SKEW < now) throw new Failed("validity.expired", { end });
  }
  return { code: "validity.current" };
}

/** Both lists, at the place of the credential. */
async function checkStatus(bundle, report) {
  const { statusList, statusIndex, issuer } = bundle.credential;
  for (const each of report.claims.statuses.filter((one) => one.type === "BitstringStatusListEntry")) {
    const named = bundle.statusLists.some((list) => list.url === each.list && list.form === each.purpose);
    if (!named || each.index !== String(statusIndex)) throw new Unknown("status.index");
  }
  const set = {};
  for (const form of ["revocation", "suspension"]) {
    const list = bundle.statusLists.find((each) => each.form === form);
    if (list?.url !== `${bundle.site.baseUrl}/status/${statusList}/${form}`) throw new Unknown("status.retrieval");
    try {
      const found = await isSet(list, issuer, statusIndex, report.at, (id, made) =>
        keyOf(report.documents[issuer], id, made),
      );
      set[form] = found.set;
      report.listsUntil = !report.listsUntil || found.until < report.listsUntil ? found.until : report.listsUntil;
    } catch (error) {
      throw error instanceof Unknown ? error : new Unknown("status.verification");
    }
  }
  if (set.revocation) throw revoked(recorded(bundle, "revoked"), report.at);
  if (set.suspension) {
    const since = recorded(bundle, "suspended")?.since;
    throw new Failed("status.suspended", since === undefined ? {} : { date: day(moment(since)) });
  }
  return { code: "status.clear", params: { time: report.at } };
}

/** What the organization has on record of a state that a list tells: the lists say neither since when, nor why. */
const recorded = ({ credential: { status } }, state) => (status?.state === state ? status : undefined);

const REPLACED = ["data_error_replaced", "superseded"]; // for these reasons it is called replaced

function revoked(record, at) {
  const date = record === undefined ? ["by", at] : day(moment(record.since));
  if (REPLACED.includes(record?.reason)) return new Failed("status.replaced", { date });
  const reason = VOCABULARIES["revocation-reason"][record?.reason] ?? WORDS["viewer.no_reason"];
  return new Failed("status.revoked", { date, reason });
}

function checkIssuer({ issuer, asOf }, { claims, signatures }) {
  if (issuer.did !== claims.issuer) throw new Failed("viewer.statements");
  const awarded = day(moment(claims.awarded ?? claims.validFrom));
  const date = issuer.registeredUntil;
  if (awarded < issuer.registeredFrom || awarded > (date ?? awarded)) {
    throw new Failed("issuer.not_registered_then", { awardedDate: awarded });
  }
  if (date && signatures.some(({ logged }) => day(logged.firstAt) > date)) {
    throw new Failed("issuer.signed_after_end", { date });
  }
  if (date && day(moment(asOf)) > date) return { code: "issuer.ended_since", params: { date } };
  if (issuer.state === "suspended") return { code: "issuer.suspended_now" };
  if (claims.issuerName !== issuer.name.ja && claims.issuerName !== issuer.name.en) {
    return { code: "issuer.name_differs" };
  }
  return { code: "issuer.registered" };
}

/** The version that the credential names is the one in the extract, with the content that was approved, and it was
    accredited on the award date. Of the achievement, what is shown is compared. */
async function checkProgram({ program }, claims) {
  const { version, titles } = claims;
  const { title, description } = program.content;
  const content = `sha-256:${hex(await digest(utf8(jcs(program.content))))}`;
  const agrees =
    version?.programNumber === program.number &&
    version.version === program.version &&
    version.contentDigest === program.contentDigest &&
    content === program.contentDigest &&
    claims.title === title.ja &&
    titles.ja === title.ja &&
    titles.en === title.en &&
    claims.description === description.ja &&
    claims.achievement?.endsWith(`/programs/${program.number}/v/${program.version}`) &&
    claims.results.every(({ of }) => program.content.assessment.some(({ id }) => of === `${claims.achievement}#${id}`));
  if (!agrees) throw new Failed("program.match");
  if (claims.awarded === undefined) throw new Failed("program.no_award_date");
  const awardedDate = day(moment(claims.awarded));
  const withdrawn = program.withdrawnAt !== undefined && day(moment(program.withdrawnAt)) < awardedDate;
  const interrupted = program.suspensions.some(
    ({ from, until }) => from < awardedDate && (until === undefined || awardedDate < until),
  );
  if (awardedDate < program.effectiveFrom || awardedDate > program.effectiveUntil || withdrawn || interrupted) {
    throw new Failed("program.not_accredited_then", { awardedDate });
  }
  return { code: "program.accredited_then", params: { awardedDate } };
}

const MILD = {
  "status.revoked": "revoked",
  "status.replaced": "replaced",
  "status.suspended": "suspended",
  "validity.expired": "expired",
};

/** One of the sentences on top: a failure goes before what is not known, and the gravest failure first. */
function summaryOf({ checks, at, register }) {
  const findings = REQUIRED.map((id) => checks[id]);
  const failures = findings.filter((each) => each?.outcome === "fail");
  if (checks.bundle.outcome === "fail") return "forged_bundle";
  if (failures.some(({ code }) => !Object.hasOwn(MILD, code))) return "not_trustworthy";
  const mild = Object.keys(MILD).find((code) => failures.some((each) => each.code === code));
  if (mild) return MILD[mild];
  if (!findings.every((each) => each?.outcome === "pass") || !at) return "indeterminate";
  return ["ended", "withdrawn"].includes(register.program.publicState) ? "valid_accreditation_ended" : "valid";
}

const TONES = { valid: "good", valid_accreditation_ended: "good", indeterminate: "unknown" };
const toneOf = (summary) => TONES[summary] ?? "bad";
