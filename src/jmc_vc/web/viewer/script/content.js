// What a credential says, as the page of a verification says it: in the register's words and in one language where the
// register has them, and in the issuer's own otherwise.

const ALTERED =
  "The credential contains characters that cannot be seen, or that turn the direction of writing. They are shown as “�”. They may be meant to make it read otherwise than it is.";
const NOTHING_SHOWN =
  "The content is not shown, because it could not be confirmed that the issuer wrote it.";

/** A label of the pages by its English text, its places filled. */
function label(text, places = {}) {
  return LABELS[text][language === "ja" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => String(places[name]));
}

/** What the value of a vocabulary is called. */
const named = (vocabulary, code) => VOCABULARIES[vocabulary]?.[code]?.[language === "ja" ? 0 : 1] ?? code;
const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 10 });
const small = (text) => element("small", {}, text);

/** A text of a stranger: what cannot be seen in it is shown, in its own direction, and at most so much of it. */
function foreign(text, tag = "bdi", attributes = {}, most = MOST) {
  const found = shownText(text, most);
  if (!found.legible) return element("span", { class: "quiet" }, label("(no legible characters)"));
  const inner = element("bdi", language !== "ja" && isJapanese(found.text) ? { lang: "ja" } : {}, found.text);
  return tag === "bdi" ? inner : element(tag, attributes, inner);
}

/** All of a text, where that is more than is shown. */
function whole(text, most = MOST) {
  if (!shownText(text, most).cut) return undefined;
  return element(
    "details",
    { class: "whole no-print" },
    element("summary", {}, label("Show the full text")),
    element("p", {}, foreign(text, "bdi", {}, WHOLE)),
  );
}

/** Whether something in what the credential says cannot be seen as it was written. */
const isAltered = ({ name, title, description, criteria, issuerName, results }) =>
  [name, title, description, criteria, issuerName, ...results.flatMap((each) => [each.name, each.value, each.level])]
    .filter((text) => typeof text === "string")
    .some((text) => shownText(text, WHOLE).altered);

function level({ scheme, value, claim }) {
  const said = "%(scheme)s level %(value)s (indicative, declared by the issuer)";
  return label(
    claim === "comparable" ? "Comparable to %(scheme)s level %(value)s (confirmed in review)" : said,
    { scheme, value },
  );
}

function otherLevel({ scheme, value, status }) {
  const text = /^\d+$/.test(value) ? "%(scheme)s level %(value)s (%(status)s)" : "%(scheme)s %(value)s (%(status)s)";
  return label(text, { scheme, value, status: named("level-reference-status", status).toLowerCase() });
}

function credit({ system, value, status }) {
  const isAwarded = status === "awarded";
  if (system !== "JP_TANI") {
    const text = isAwarded ? "%(system)s %(value)s awarded" : "%(system)s %(value)s (indicative)";
    return label(text, { system: named("credit-system", system), value: number(value) });
  }
  const texts = isAwarded
    ? ["%(value)s credit (45 h of study) awarded", "%(value)s credits (45 h of study each) awarded"]
    : ["%(value)s credit of 45 h of study (indicative)", "%(value)s credits of 45 h of study (indicative)"];
  return label(texts[value === 1 ? 0 : 1], { value: number(value) });
}

function participation({ mode, place }) {
  const said = named("participation-mode", mode);
  return place ? label("%(mode)s (%(place)s)", { mode: said, place: both(place) }) : said;
}

function score({ level: reached, levelId, value, percent, most, status }, assessment) {
  const code = levelId?.slice(levelId.lastIndexOf("-") + 1);
  const known = assessment?.result.levels?.find((each) => each.code === code);
  if (known) return both(known.name);
  if (reached !== undefined) return shownText(reached).text;
  if (value !== undefined) {
    const written = shownText(value).text;
    if (most !== undefined) {
      return label("%(value)s of %(most)s points", { value: written, most: shownText(String(most)).text });
    }
    return percent ? label("%(value)s points", { value: written }) : written;
  }
  return { Completed: label("Passed"), Failed: label("Not passed") }[status] ?? "—";
}

function resultLine(each, assessment) {
  if (!assessment) {
    const method = each.name === undefined ? "—" : shownText(each.name).text;
    return element("dd", {}, element("bdi", {}, label("%(method)s: %(score)s", { method, score: score(each) })));
  }
  const { method, weight, description, passCriterion } = assessment;
  const places = { method: named("assessment-method", method), weight: number(weight), score: score(each, assessment) };
  return element(
    "dd",
    {},
    label("%(method)s (%(weight)s%%): %(score)s", places),
    small(both(description)),
    small(label("Pass criterion: %(criterion)s", { criterion: both(passCriterion) })),
  );
}

/** Results in the order in which the program has its assessments. */
function results({ results: found, achievement }, assessments) {
  const place = ({ of }) => assessments.findIndex(({ id }) => of === `${achievement}#${id}`);
  const ordered = [...found].sort((one, two) => place(one) - place(two) || (one.of < two.of ? -1 : 1));
  return ordered.map((each) => resultLine(each, assessments[place(each)]));
}

function says({ claims, register, checks }) {
  const { content } = register.program;
  const approved = checks.program.outcome === "pass";
  const rows = [];
  if (approved) {
    const levels = [level(content.level), ...(content.level.other ?? []).map((each) => small(otherLevel(each)))];
    rows.push(fact(label("Level (indicative)"), element("dd", {}, ...levels)));
    const credits = (content.workload.credits ?? []).map(credit).join(language === "ja" ? "、" : "; ");
    const hours = label("%(hours)s hours", { hours: number(content.workload.notionalHours) });
    rows.push(
      fact(label("Notional learning hours"), element("dd", {}, hours, credits ? small(credits) : undefined)),
    );
  }
  if (claims.results.length) {
    rows.push(fact(label("Assessment"), ...results(claims, approved ? content.assessment : [])));
  }
  if (approved) {
    const security = named("assessment-security", content.assessmentSecurity);
    rows.push(fact(label("Supervision and identity verification"), security));
    rows.push(fact(label("Form of participation"), participation(content.participation)));
  } else {
    for (const [title, text] of [
      ["Description by the issuer", claims.description],
      ["Criteria of the issuer", claims.criteria],
    ]) {
      if (text === undefined) continue;
      const said = [foreign(text, "bdi", {}, MOST_OF_A_TEXT), whole(text, MOST_OF_A_TEXT)];
      rows.push(fact(label(title), element("dd", {}, ...said)));
    }
  }
  if (claims.learned.every((each) => each !== undefined)) {
    const [from, until] = claims.learned.map((each) => writtenDay(day(moment(each))));
    rows.push(fact(label("Period of learning"), language === "ja" ? `${from}～${until}` : `${from} to ${until}`));
  }
  const end = claims.validUntil ? withEra(day(moment(claims.validUntil))) : label("None");
  rows.push(fact(label("Expiry"), end));
  return part("content", label("What the credential says"), undefined, element("dl", { class: "facts" }, ...rows));
}

function outcomes({ register, checks }) {
  if (checks.program.outcome !== "pass") return undefined;
  const found = register.program.content.learningOutcomes.map(({ statement, kind }) =>
    element("li", {}, element("p", {}, both(statement)), small(named("outcome-kind", kind))),
  );
  const list = element("ol", { class: "outcomes" }, ...found);
  return part("outcomes", label("Learning outcomes"), label("What the holder can do"), list);
}
