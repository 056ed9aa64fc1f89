// The page: made of elements and plain text alone. Nothing of a file is ever read as markup.

let language = "ja";
const SVG = "http://www.w3.org/2000/svg";

function element(tag, attributes = {}, ...children) {
  const made = tag === "svg" || tag === "use" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((each) => each !== undefined && each !== ""));
  return made;
}

const icon = (name, size = 24) =>
  element(
    "svg",
    { class: "icon", width: size, height: size, "aria-hidden": "true" },
    element("use", { href: `#${name}` }),
  );

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function writtenDay(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return language === "ja" ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

function writtenTime(time) {
  const local = new Date(time.getTime() + 9 * 3600 * 1000).toISOString();
  const [hours, minutes] = local.slice(11, 16).split(":");
  const date = writtenDay(local.slice(0, 10));
  return language === "ja" ? `${date}${Number(hours)}時${minutes}分` : `${date}, ${hours}:${minutes} JST`;
}

function withEra(iso) {
  const written = writtenDay(iso);
  const year = Number(iso.slice(0, 4)) - 2018;
  if (language !== "ja" || iso < "2019-05-01") return written;
  const [, month, date] = iso.split("-").map(Number);
  return `${written}（令和${year === 1 ? "元" : year}年${month}月${date}日）`;
}

function written(value) {
  if (Array.isArray(value)) {
    if (value[0] !== "by") return value[language === "ja" ? 0 : 1];
    const date = writtenDay(day(value[1]));
    return language === "ja" ? `${date}まで` : `or before ${date}`;
  }
  if (value instanceof Date) return writtenTime(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? writtenDay(value) : String(value);
}

/** The sentence of a code in the language of the page. */
function say(code, params = {}) {
  const text = WORDS[code][language === "ja" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => written(params[name]));
}

const both = (value) => value?.[language] ?? value?.ja ?? "";
const isJapanese = (text) => /[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\u{20000}-\u{3ffff}]/u.test(text);
// --- what is said of the six questions, as the verification page does --------------------------------------------

const state = ({ tone, text }) => [icon(tone), element("span", {}, text)];
const axis = (id, tone, answer, params) => ({ id, tone, text: say(`axis.${id}.${answer}`, params) });

function authenticity({ proof, key }) {
  const byKey = { "key.revoked": "key_revoked", "key.unlogged": "unlogged", "key.log_unavailable": "log_unavailable" }[
    key?.code
  ];
  if (byKey) return axis("authenticity", key.outcome === "fail" ? "bad" : "unknown", byKey);
  if (proof?.outcome === "fail" || key?.outcome === "fail") {
    return axis("authenticity", "bad", proof?.code === "proof.crypto" ? "bad" : "not_issuers");
  }
  if (proof?.outcome === "pass" && key?.outcome === "pass") return axis("authenticity", "good", "good");
  return {
    id: "authenticity",
    tone: "unknown",
    text: say((proof?.outcome === "unknown" && proof.code) || "viewer.not_checked"),
  };
}

function integrity({ bundle, proof, program }) {
  if (bundle.outcome === "fail") return { id: "integrity", tone: "bad", text: say("viewer.file_changed") };
  if (proof?.code === "proof.crypto") return axis("integrity", "bad", "content_or_signature");
  if (proof?.outcome === "fail") return axis("integrity", "bad", "bad");
  if (proof?.outcome !== "pass") return axis("integrity", "unknown", "unknown");
  return program?.code === "program.match"
    ? axis("integrity", "bad", "not_approved_content")
    : axis("integrity", "good", "good");
}

function statusAxis({ status, validity }) {
  if (status.outcome === "fail") return axis("status", "bad", status.code.replace("status.", ""), status.params);
  if (validity.code === "validity.expired") return axis("status", "bad", "expired", { date: day(validity.params.end) });
  if (validity.code === "validity.not_yet") return axis("status", "bad", "not_yet", validity.params);
  if (status.outcome === "unknown") return { id: "status", tone: "unknown", text: say(status.code) };
  return validity.outcome === "pass"
    ? axis("status", "good", "good", status.params)
    : axis("status", "unknown", "unknown");
}

function accreditedThen({ issuer, program }) {
  const outcome = program.outcome === "pass" ? issuer.outcome : program.outcome;
  return axis(
    "accreditedOnAwardDate",
    { pass: "good", fail: "bad" }[outcome] ?? "unknown",
    { pass: "good", fail: "bad" }[outcome] ?? "unknown",
  );
}

/** A lost accreditation is told in a neutral tone: it takes nothing from a credential that was awarded before. */
function accreditedAtTheTime({ program }) {
  const { publicState, withdrawnAt, effectiveUntil } = program;
  if (["effective", "superseded"].includes(publicState)) return { tone: "good", text: say("viewer.accredited") };
  if (publicState === "suspended") return { tone: "neutral", text: say("axis.accreditedNow.suspended") };
  const date = publicState === "withdrawn" ? day(moment(withdrawnAt)) : effectiveUntil;
  return { tone: "neutral", text: say("axis.accreditedNow.ended", { date }) };
}

// --- the verdict --------------------------------------------------------------------------------------------------

const fact = (title, ...answers) =>
  element(
    "div",
    {},
    element("dt", {}, title),
    ...answers.map((each) => (each.tagName === "DD" ? each : element("dd", {}, each))),
  );

function part(id, title, note, ...content) {
  const heading = element("h2", { id }, title);
  const head = note === undefined ? heading : element("header", {}, heading, element("p", {}, note));
  return element("section", { class: "part", "aria-labelledby": id }, head, ...content);
}

/** What is told of a good credential when its lists have run out: it was good then, and nobody knows of now. */
const isOld = ({ summary, listsUntil, today }) => toneOf(summary) === "good" && today > listsUntil;

function headline(report) {
  const { summary } = report;
  const old = summary === "valid" && isOld(report) ? "viewer.was_valid" : undefined;
  const code = old ?? (summary === "forged_bundle" ? "bundle.forged" : `verdict.${summary}`);
  const [, first, rest] = /^(.+?[。.])\s*(.*)$/s.exec(say(code));
  return [first, rest];
}

/** Findings of a good credential that ask its reader for something. */
const TO_BE_DONE = ["key.revoked_issued_before", "key.revoked_logged_before"];

/** Why, in one sentence: the first finding that made the verdict; and of a good one what its reader should do. */
function reason(report) {
  const { key } = report.checks;
  if (toneOf(report.summary) === "good" && TO_BE_DONE.includes(key.code)) return say(key.code, key.params);
  const wanted = { bad: "fail", unknown: "unknown" }[toneOf(report.summary)];
  const found = REQUIRED.map((id) => report.checks[id]).find((each) => each?.outcome === wanted);
  return found && found.code !== "bundle.forged" ? say(found.code, found.params) : "";
}

const isLong = (text) => text.length > (language === "ja" ? 24 : 48);

function verdict(report) {
  const [first, rest] = headline(report);
  const tone = toneOf(report.summary);
  const lines = [rest, reason(report)]
    .filter(Boolean)
    .map((text, place) => element("p", place ? {} : { class: "lead" }, text));
  return element(
    "div",
    { class: `verdict ${tone}` },
    element(
      "div",
      { class: "wrap" },
      icon(tone, 96),
      element("h1", { id: "verdict", tabindex: "-1", ...(isLong(first) ? { class: "long" } : {}) }, first),
      element(
        "div",
        { class: "more" },
        ...lines,
        report.at ? element("p", { class: "as-of" }, say("viewer.as_of", { time: report.at })) : undefined,
        isOld(report) ? element("p", { class: "old" }, say("bundle.old", { time: report.listsUntil })) : undefined,
      ),
    ),
  );
}

function holder({ name, nameParts }) {
  if (name === undefined)
    return element("dd", {}, label("The credential does not contain a name that can be read."));
  if (!shownText(name).legible) return element("dd", {}, foreign(name));
  const parts = nameParts?.ja && [nameParts.ja.family, nameParts.ja.middle, nameParts.ja.given].filter(Boolean);
  const apart = (parts?.join(" ") === name ? parts : [name]).map((each) => shownText(each).text);
  const shown = element("bdi", { class: "name" });
  if (language !== "ja" && isJapanese(name)) shown.setAttribute("lang", "ja");
  apart.forEach((each, place) =>
    shown.append(place ? (language === "ja" ? "\u3000" : " ") : "", element("span", { class: "unit" }, each)),
  );
  const latin =
    nameParts?.latn &&
    (nameParts.order === "given-first"
      ? [nameParts.latn.given, nameParts.latn.middle, nameParts.latn.family]
      : [nameParts.latn.family, nameParts.latn.middle, nameParts.latn.given]
    )
      .filter(Boolean)
      .join(" ");
  const kana =
    language === "ja" && nameParts?.kana && [nameParts.kana.family, nameParts.kana.given].filter(Boolean).join(" ");
  const readings = [kana, latin].filter((each) => each && each !== name);
  const others = readings.map((each) => shownText(each).text).join(" / ");
  return element("dd", {}, shown, others ? small(element("bdi", {}, others)) : undefined, whole(name));
}

function facts({ claims, register, checks }) {
  const approved = checks.program.outcome === "pass";
  const title = approved ? both(register.program.content.title) : claims.title;
  const issuer = both(register.issuer.name);
  return element(
    "dl",
    { class: "facts facts-wide" },
    fact(label("Holder"), holder(claims)),
    fact(
      label("Credential"),
      element(
        "dd",
        {},
        foreign(title ?? "", "span", { class: "what" }),
        small(
          approved
            ? label("Program number %(number)s, version %(version)s", register.program)
            : label("As written by the issuer; not confirmed with the register"),
        ),
        approved ? undefined : whole(title ?? ""),
      ),
    ),
    fact(
      label("Awarding body"),
      element(
        "dd",
        {},
        foreign(issuer, "span", { class: "whom" }),
        small(label("Register number %(number)s", register.issuer)),
      ),
    ),
    fact(label("Award date"), withEra(day(moment(claims.awarded ?? claims.validFrom)))),
  );
}

function questions(report) {
  const rows = report.claims
    ? [
        [label("%(Accredited)s on award date"), accreditedThen(report.checks)],
        [say("viewer.accredited_title"), accreditedAtTheTime(report.register)],
        [label("Status"), statusAxis(report.checks)],
        [label("Identity check"), { tone: "neutral", text: say("axis.holder.unknown") }],
      ]
    : [
        [say("axis.authenticity.title"), authenticity(report.checks)],
        [say("axis.integrity.title"), integrity(report.checks)],
      ];
  return part(
    "three",
    label(report.claims ? "%(Accreditation)s and validity" : "Signature and content"),
    report.claims
      ? label("The validity of a credential and the %(accreditation)s of its program are separate matters.")
      : undefined,
    element(
      "dl",
      { class: "facts" },
      ...rows.map(([title, answer]) => fact(title, element("dd", { class: `state ${answer.tone}` }, ...state(answer)))),
    ),
  );
}

const OUTCOMES = { pass: "Passed", fail: "Not passed", unknown: "Could not be checked" };

function details(report) {
  const titles = REQUIRED.filter((id) => report.checks[id]);
  const sign = { pass: "good", fail: "bad", unknown: "unknown" };
  return part(
    "checks",
    label("Details of the checks"),
    say("viewer.details_note"),
    element(
      "ul",
      { class: "findings" },
      ...titles.map((id) => {
        const { outcome, code, params } = report.checks[id];
        return element(
          "li",
          { class: `state ${sign[outcome]}` },
          icon(sign[outcome]),
          element(
            "span",
            {},
            element(
              "b",
              {},
              `${say(`check.${id}`)}${language === "ja" ? "：" : ": "}${label(OUTCOMES[outcome])}`,
            ),
            " ",
            say(code, params),
            " ",
            element("code", {}, code),
          ),
        );
      }),
    ),
  );
}

/** Of a program that the register knows can be said what it is not; of anything else nothing is known. */
function notProven({ claims, checks }) {
  const said =
    claims && checks.program.outcome === "pass"
      ? ["viewer.not_since", "fixed.whatItDoesNotMean", "fixed.disclaimer"].map((code) => say(code))
      : [
          label("This organization has not examined what this credential certifies."),
          label("Decisions on hiring or treatment are the responsibility of the person who receives the credential."),
        ];
  return part(
    "not",
    label("What this result does not prove"),
    undefined,
    element("ul", { class: "bullets" }, ...said.map((text) => element("li", {}, text))),
  );
}

/** What to do about a credential that is not valid; of what could not be checked here, the reason says it. */
function nextStep({ summary }) {
  const code = summary === "forged_bundle" ? "viewer.next_forged_bundle" : `next.${summary}`;
  if (toneOf(summary) !== "bad" || !Object.hasOwn(WORDS, code)) return "";
  return part("next", label("What to do next"), undefined, element("p", {}, say(code)));
}

/** What happened to a credential that does not count, over what it said before: as the page of a verification has it. */
function lapsed({ summary, checks }) {
  const { status, validity } = checks;
  const code = summary === "suspended" && status.params.date ? "suspended_since" : summary;
  const params = summary === "expired" ? { date: day(validity.params.end) } : status.params;
  if (toneOf(summary) !== "bad") return undefined;
  return element(
    "p",
    { class: "lapse bad" },
    element("b", {}, icon("bad"), say(`verdict.${summary}.title`)),
    element("span", {}, say(`lapsed.${code}`, params)),
  );
}

function stamped({ summary }, ...content) {
  const shown = content.filter(Boolean);
  if (toneOf(summary) !== "bad") return element("div", {}, ...shown);
  const word = say(`verdict.${summary}.title`);
  const marks = Array.from({ length: 60 }, () => element("i", { "data-word": word }));
  return element("div", { class: "stamped" }, ...shown, element("div", { class: "stamp bad", "aria-hidden": "true" }, ...marks));
}

/** The whole result. */
function result(report, again) {
  const rest = element("div", { class: "wrap" });
  if (report.claims) rest.append(stamped(report, facts(report)), nextStep(report));
  else rest.append(nextStep(report), part("nothing", label("Content"), undefined, element("p", {}, label(NOTHING_SHOWN))));
  rest.append(questions(report));
  if (report.claims && isAltered(report.claims)) rest.append(element("p", { class: "note" }, label(ALTERED)));
  if (report.claims) rest.append(stamped(report, lapsed(report), says(report), outcomes(report)));
  rest.append(notProven(report), details(report), again);
  return [verdict(report), rest];
}
