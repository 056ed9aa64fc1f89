// What a credential says, in one shape, read from signed statements or from signed JSON. Nothing else is ever shown.

const VC = "https://www.w3.org/2018/credentials#";
const OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
const SCHEMA = "https://schema.org/";
const STATUS = "https://www.w3.org/ns/credentials/status#";

const listed = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function claimsOfStatements(graph, namespace) {
  const jmc = `${namespace}#`;
  const id = graph.only(TYPE, `${OB}OpenBadgeCredential`);
  const subject = graph.iri(id, `${VC}credentialSubject`);
  const achievement = graph.iri(subject, `${OB}achievement`);
  const identities = graph.nodes(subject, `${OB}identifier`);
  const plainName = identities.find(
    (each) => graph.text(each, `${OB}identityType`) === "name" && graph.text(each, `${OB}hashed`) === "false",
  );
  const described = graph.nodes(achievement, `${OB}resultDescription`);
  return {
    id,
    issuer: graph.iri(id, `${VC}issuer`),
    issuerName: graph.text(graph.iri(id, `${VC}issuer`), `${SCHEMA}name`),
    name: plainName === undefined ? undefined : graph.text(plainName, `${OB}identityHash`),
    nameParts: graph.json(subject, `${jmc}recipientName`),
    achievement,
    title: graph.text(achievement, `${SCHEMA}name`),
    titles: graph.byLanguage(achievement, `${jmc}title`),
    description: graph.text(achievement, `${SCHEMA}description`),
    criteria: narrativeOf(graph, graph.iri(achievement, `${OB}criteria`)),
    learned: ["Start", "End"].map((which) => graph.text(subject, `${OB}activity${which}Date`)),
    awarded: graph.text(id, `${OB}awardedDate`),
    validFrom: graph.text(id, `${VC}validFrom`),
    validUntil: graph.text(id, `${VC}validUntil`),
    version: graph.json(id, `${jmc}programVersion`),
    testData: graph.text(id, `${jmc}testData`) === "true",
    statuses: graph.nodes(id, `${VC}credentialStatus`).map((entry) => ({
      type: graph.iri(entry, TYPE)?.replace(STATUS, ""),
      list: graph.iri(entry, `${STATUS}statusListCredential`),
      index: graph.text(entry, `${STATUS}statusListIndex`),
      purpose: graph.text(entry, `${STATUS}statusPurpose`),
    })),
    results: graph.nodes(subject, `${OB}result`).map((each) => {
      const of = graph.text(each, `${OB}resultDescription`);
      const level = graph.text(each, `${OB}achievedLevel`);
      return {
        of: described.includes(of) ? of : undefined,
        name: described.includes(of) ? graph.text(of, `${SCHEMA}name`) : undefined,
        value: graph.text(each, `${SCHEMA}value`),
        percent: described.includes(of) && graph.text(of, `${OB}resultType`) === "Percent",
        most:
          described.includes(of) && graph.text(of, `${OB}resultType`) === "RawScore"
            ? graph.text(of, `${OB}valueMax`)
            : undefined,
        levelId: level,
        level: level === undefined ? undefined : graph.text(level, `${SCHEMA}name`),
        status: graph.text(each, `${OB}status`),
      };
    }),
  };
}

const narrativeOf = (graph, criteria) => (criteria === undefined ? undefined : graph.text(criteria, `${OB}narrative`));

function claimsOfJson(document) {
  const types = listed(document.type);
  if (!types.includes("OpenBadgeCredential") && !types.includes("AchievementCredential"))
    throw new Failed("viewer.statements");
  const subject = document.credentialSubject ?? {};
  const achievement = subject.achievement ?? {};
  const described = listed(achievement.resultDescription);
  const levels = described.flatMap((each) => listed(each.rubricCriterionLevel));
  return {
    id: document.id,
    issuer: document.issuer?.id ?? document.issuer,
    issuerName: document.issuer?.name,
    name: listed(subject.identifier).find((each) => each.identityType === "name" && each.hashed === false)
      ?.identityHash,
    nameParts: subject["jmc:recipientName"],
    achievement: achievement.id,
    title: achievement.name,
    titles: achievement["jmc:title"] ?? {},
    description: achievement.description,
    criteria: achievement.criteria?.narrative,
    learned: [subject.activityStartDate, subject.activityEndDate],
    awarded: document.awardedDate,
    validFrom: document.validFrom,
    validUntil: document.validUntil,
    version: document["jmc:programVersion"],
    testData: document["jmc:testData"] === true,
    statuses: listed(document.credentialStatus).map((each) => ({
      type: each.type,
      list: each.statusListCredential,
      index: each.statusListIndex,
      purpose: each.statusPurpose,
    })),
    results: listed(subject.result).map((each) => {
      const of = described.find((one) => one.id === each.resultDescription);
      return {
        of: each.resultDescription,
        name: of?.name,
        value: each.value,
        percent: of?.resultType === "Percent",
        most: of?.resultType === "RawScore" ? of.valueMax : undefined,
        levelId: each.achievedLevel,
        level: levels.find((one) => one.id === each.achievedLevel)?.name,
        status: each.status,
      };
    }),
  };
}

/** The credential in the payload of a token: that of Open Badges has it beside its claims, or under `vc`. */
const credentialIn = (payload) => payload.vc ?? payload;
